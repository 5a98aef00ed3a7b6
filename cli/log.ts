import { type Command, InvalidArgumentError } from "commander";
import { asks, date, examples, type Given } from "./leaf.ts";
import { columns, type Shown } from "./output.ts";

type Flags = { date?: string; days: number };

/** `log`: who did what. */
export function registerLog(program: Command): void {
  const log = program
    .command("log [newsletter]")
    .description("who did what, newest first: decisions, approvals, sources, readers added or removed")
    .option("--date <date>", "what was done to the edition of that date", date)
    .option("--days <n>", "so many days back, 1 to 31", days, 7);
  examples(asks(log, showLog), "log", "log daily --date 2026-11-24");
}

function days(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31) return Number(text);
  throw new InvalidArgumentError("It is a number of days, 1 to 31.");
}

async function showLog({ door, args: [newsletter], options }: Given<Flags>): Promise<Shown> {
  const { entries } = await door("log", { newsletter, date: options.date, days: options.days });
  const rows = entries.map(({ at, by, what, newsletter: name, date: day, before, after }) => [
    `${at.slice(0, 16).replace("T", " ")}`,
    by,
    [name, day].filter((one) => one !== null).join(" "),
    what,
    [before, after].filter((one) => one !== null).join(" → "),
  ]);
  const text = rows.length === 0 ? "Nobody changed anything." : columns(["when (UTC)", "who", "of", "what", ""], rows);
  return { json: { entries }, text };
}
