import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import { addExamples, type Context, parseDate, resolveNewsletter, runLocally } from "../command.ts";
import { columns, type Output } from "../terminal/output.ts";
import { misuse } from "../terminal/problem.ts";

type Flags = { from?: string; days: number };
type Sync = { allowOrigin: string[] };

/** Registers `calendar`. */
export function registerCalendar(program: Command): void {
  const calendar = program
    .command("calendar [newsletter]")
    .description("List when the next editions are due, from the config alone; works without a running system")
    .option("--from <date>", "First date (default: today)", parseDate)
    .option("--days <n>", "Number of days, 1 to 400", parseDays, 14);
  addExamples(runLocally(calendar, showCalendar), "calendar daily", "calendar daily --from 2027-03-27 --days 3");
  const sync = calendar
    .command("sync <address> <file>")
    .description("Fetch a calendar of dates to skip (.ics) by its address into a file of this repository")
    .option("--allow-origin <url>", "Allow fetching from this private origin; can be repeated", collect, []);
  addExamples(runLocally(sync, syncCalendar), "calendar sync https://example.org/holidays.ics calendars/holidays.ics");
}

const collect = (value: string, before: string[]): string[] => [...before, value];

async function syncCalendar({ args: [address = "", file = ""], options }: Pick<Context<Sync>, "args" | "options">) {
  const [{ config }, { syncCalendarFile }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("./calendar-sync.ts"),
  ]);
  const newsletter = Object.values(config.newsletters).find(({ skip }) => skip.includes(file));
  return syncCalendarFile({
    ...{ address, file, root: fileURLToPath(root), now: Date.now() },
    allowOrigins: [...config.allowOrigins, ...options.allowOrigin],
    skippedIn: newsletter?.timeZone,
  });
}

function parseDays(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 400) return Number(text);
  throw new InvalidArgumentError("It is not a number of days from 1 to 400.");
}

async function showCalendar({ args: [given], options }: Pick<Context<Flags>, "args" | "options">): Promise<Output> {
  const [{ config }, { calendarOf }, { calendarDays }, { localDate }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/config/calendars.ts"),
    import("#domain/time/calendar.ts"),
    import("#domain/time/instant.ts"),
  ]);
  const name = await resolveNewsletter(given);
  const newsletter = Object.hasOwn(config.newsletters, name) ? config.newsletters[name] : undefined;
  if (newsletter === undefined) {
    throw misuse(
      `There is no newsletter "${name}" in the config. It has: ${Object.keys(config.newsletters).join(", ")}.`,
    );
  }
  const from = options.from ?? localDate(new Date().toISOString(), newsletter.timeZone);
  const days = calendarDays(calendarOf(newsletter, readInRepository), from, options.days).map(
    ({ date, dueAt, local, note, skipped }) => ({ date, dueAt, local, note, skipped }),
  );
  return { json: days, text: calendarText(days, newsletter.timeZone) };
}

const root = new URL("../../", import.meta.url);

/** Paths in the config are relative to the repository, wherever the command runs. */
const readInRepository = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), "utf8");

type Day = { date: string; dueAt: string | null; local: string | null; note: string | null };

function calendarText(days: readonly Day[], timeZone: string): string {
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
  const rows = days.map(({ date, dueAt, local, note }) => [
    `${weekday.format(Date.parse(`${date}T00:00:00Z`))} ${date}`,
    local === null ? "skipped" : local.slice(local.startsWith(date) ? 11 : 0, 16).replace("T", " "),
    dueAt === null ? "" : `${dueAt.slice(0, 16).replace("T", " ")}`,
    note ?? "",
  ]);
  return columns(["DATE", `DUE (${timeZone})`, "DUE (UTC)", "NOTE"], rows);
}
