import { type Command, InvalidArgumentError } from "commander";
import { addExamples, type Context, parseDate, runRemotely } from "../command.ts";
import { columns, type Output } from "../terminal/output.ts";

type Flags = { date?: string; days: number };

/** Registers `log`. */
export function registerLog(program: Command): void {
  const log = program
    .command("log [newsletter]")
    .description("List who did what, newest first: decisions, approvals, changes to sources and readers")
    .option("--date <date>", "Only the edition of this date", parseDate)
    .option("--days <n>", "Number of days to go back, 1 to 31", parseDays, 7);
  addExamples(runRemotely(log, showLog), "log", "log daily --date 2026-11-24");
}

function parseDays(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31) return Number(text);
  throw new InvalidArgumentError("It is not a number of days from 1 to 31.");
}

async function showLog({ invoke, args: [newsletter], options }: Context<Flags>): Promise<Output> {
  const { entries } = await invoke("log", { newsletter, date: options.date, days: options.days });
  const rows = entries.map(({ at, by, what, newsletter: name, date: day, before, after }) => [
    `${at.slice(0, 16).replace("T", " ")}`,
    by,
    [name, day].filter((one) => one !== null).join(" "),
    what,
    [before, after].filter((one) => one !== null).join(" → "),
  ]);
  const text =
    rows.length === 0 ? "No changes in this time." : columns(["WHEN (UTC)", "WHO", "EDITION", "DID", "CHANGE"], rows);
  return { json: { entries }, text };
}
