import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { type NamedDate, readIcs, uniqueDates, writeIcs } from "#domain/time/ics.ts";
import type { Output } from "../terminal/output.ts";
import { counted } from "../terminal/output.ts";
import { misuse, Problem } from "../terminal/problem.ts";

type SyncOptions = {
  address: string;
  /** Path in the repository. */
  file: string;
  root: string;
  allowOrigins: readonly string[];
  /** The time zone of a newsletter that skips the file's dates; undefined: none does. */
  skippedIn: string | undefined;
  now: number;
};

/** Bytes; readIcs takes no more characters. */
const LIMIT = 1_000_000;
/** Whole years that are kept before this one and after it. */
const YEARS = { before: 1, after: 5 };

/**
 * Fetches a calendar and writes its dates into a file of the repository. Only dates and names are written, in our own
 * format, so nothing else of a foreign file gets in, and the same dates give the same bytes.
 */
export async function syncCalendarFile(options: SyncOptions): Promise<Output> {
  const { file, address, skippedIn } = options;
  const path = placeOf(options);
  const before = await knownDates(path, options);
  const after = datesAround(options.now, await fetchDates(options));
  const [last] = after.slice(-1);
  if (last === undefined) {
    throw new Problem(
      "bad-request",
      `${address} has no dates from ${firstYear(options.now)} on. Nothing was written. Check that it is the calendar you mean.`,
    );
  }
  const added = without(after, before);
  const removed = without(before, after);
  const isChanged = added.length + removed.length > 0;
  if (isChanged) await replaceFile(path, writeIcs(after));
  const isNamed = skippedIn !== undefined;
  return {
    json: { file, address, dates: after.length, last: last.date, changed: isChanged, added, removed },
    text: isChanged
      ? changeText(options, { after, added, removed, isNamed })
      : `${file} is up to date: ${counted(after.length, "date")}, the last ${last.date}.`,
  };
}

/** @throws misuse for a path outside of the repository, or of another kind of file */
function placeOf({ file, root }: SyncOptions): string {
  const path = resolve(root, file);
  const top = resolve(root) + sep;
  if (!file.toLowerCase().endsWith(".ics"))
    throw misuse(`"${file}" must end in .ics: the config tells calendars by it.`);
  if (!path.startsWith(top)) throw misuse(`"${file}" is outside of the repository. Give a path inside it.`);
  return path;
}

async function knownDates(path: string, { file, now }: SyncOptions): Promise<NamedDate[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  try {
    return datesAround(now, readIcs(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem("bad-request", `${file} isn't a calendar, so it is not overwritten: ${why} Remove it first.`);
  }
}

async function fetchDates({ address, allowOrigins, skippedIn }: SyncOptions): Promise<NamedDate[]> {
  const fetchCalendar = openFetcher({
    allowOrigins,
    limit: LIMIT,
    accept: "text/calendar, text/plain;q=0.5, */*;q=0.1",
    advice: () => "Check the address in a browser.",
  });
  // Calendar programs use this scheme for HTTP.
  const answer = await fetchCalendar({ url: address.replace(/^webcals?:/i, "https:") });
  if (answer.kind === "unchanged") throw new Problem("bad-request", `${address} said that nothing changed, unasked.`);
  if (answer.kind !== "fetched") throw new Problem("bad-request", `${answer.message} Nothing was written.`);
  try {
    return readIcs(new TextDecoder().decode(answer.bytes), skippedIn);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem("bad-request", `${address} can't be used: ${why} Nothing was written.`);
  }
}

const yearOf = (now: number) => new Date(now).getUTCFullYear();
const firstYear = (now: number) => `${yearOf(now) - YEARS.before}-01-01`;

/** Only relevant years: no archive, and not a century of a yearly event. */
function datesAround(now: number, dates: readonly NamedDate[]): NamedDate[] {
  const until = `${yearOf(now) + YEARS.after}-12-31`;
  return uniqueDates(dates.filter(({ date }) => date >= firstYear(now) && date <= until));
}

const without = (some: readonly NamedDate[], others: readonly NamedDate[]): NamedDate[] => {
  const known = new Set(others.map(({ date, name }) => `${date} ${name}`));
  return some.filter(({ date, name }) => !known.has(`${date} ${name}`));
};

/** Written completely, then renamed. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

type Change = {
  after: readonly NamedDate[];
  added: readonly NamedDate[];
  removed: readonly NamedDate[];
  isNamed: boolean;
};

const SHOWN = 40;

function changeText({ file }: SyncOptions, { after, added, removed, isNamed }: Change): string {
  const lines = [
    ...removed.map(({ date, name }) => `  - ${date}  ${name}`),
    ...added.map(({ date, name }) => `  + ${date}  ${name}`),
  ];
  const rest = lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more`] : [];
  const next = isNamed
    ? "Commit it and deploy: npx cdk deploy"
    : `No newsletter skips it yet: add skip: "${file}" to one in broadsheet.config.ts.`;
  return [`Wrote ${file}: ${counted(after.length, "date")}.`, ...lines.slice(0, SHOWN), ...rest, next].join("\n");
}
