import { languageOf } from "../../language.ts";
import { LocalDate } from "../../time/instant.ts";
import { timeZoneNamed } from "../../time/time-zones.ts";
import type { Columns } from "./columns.ts";
import type { ImportedStatus, ImportRow, ListLine } from "./import-row.ts";
import { saysNo, saysYes, statusOf } from "./status-words.ts";

/**
 * A line of a list with our field names. If it is contradictory, the part that ends the subscription counts, because an
 * import must not mail someone who left.
 */
export function readRow(columns: Columns, { line, cells, endedOn }: ListLine): ImportRow {
  const all = cellsOf(columns, cells);
  const cell = (column: string) => all(column).find((text) => text !== "") ?? "";
  const own = ownStatus(columns, all);
  const { status, statusText } = endedOn !== undefined && own.status === "active" ? endedOn : own;
  const evidence = columns.evidence.flatMap((column) => {
    const value = cell(column);
    return value === "" ? [] : [`${column} ${value}`];
  });
  return {
    line,
    address: bareAddress(cell(columns.address)).slice(0, 1000),
    status,
    statusText: statusText === null ? null : statusText.slice(0, 60),
    endedOn: own.status === status ? null : (endedOn?.line ?? null),
    evidence: evidence.length === 0 ? null : evidence.join(", ").slice(0, 200),
    preferences: columns.isOwn ? preferencesIn(cell) : {},
  };
}

/** Choices that aren't valid here are left out. */
function preferencesIn(cell: (column: string) => string): ImportRow["preferences"] {
  const [zone, language, pausedUntil] = [timeZoneNamed(cell("zone")), cell("language"), cell("pauseduntil")];
  return {
    ...(zone !== undefined && { zone }),
    ...(languageOf(language) !== undefined && { language: language.slice(0, 20) }),
    ...(LocalDate.safeParse(pausedUntil).success && { pausedUntil }),
  };
}

/** The cells of all columns of a name; files have columns twice. */
const cellsOf =
  ({ names }: Columns, cells: readonly string[]) =>
  (column: string): string[] =>
    names.flatMap((name, at) => (name === column ? [(cells[at] ?? "").trim()] : []));

function ownStatus(columns: Columns, cells: (column: string) => string[]): Pick<ImportRow, "status" | "statusText"> {
  const known = (status: ImportedStatus) => ({ status, statusText: null });
  const stated = columns.status.flatMap(cells).map((text) => ({ text, status: statusOf(text) }));
  const isEnd = ({ status }: { status: ImportedStatus | undefined }) =>
    status !== undefined && status !== "active" && status !== "unknown";
  const ended = stated.find(isEnd)?.status ?? columns.ended.find((one) => cells(one.column).some(tests[one.if]))?.as;
  if (ended !== undefined) return known(ended);
  const unknown = stated.find(({ status }) => status === "unknown");
  if (unknown !== undefined) return { status: "unknown", statusText: unknown.text };
  const neverSubscribed = columns.optedIn.length > 1 && !columns.optedIn.flatMap(cells).some(saysYes);
  return known(neverSubscribed ? "unconfirmed" : "active");
}

const tests = { yes: saysYes, no: saysNo, notYes: (cell: string) => !saysYes(cell) };

/**
 * Lists contain `Ann Lee <ann@example.com>` and `mailto:`; Excel puts an apostrophe before a formula's first character.
 */
function bareAddress(text: string): string {
  const unguarded = /^'[=+\-@]/.test(text) ? text.slice(1) : text;
  const wrapped = /<([^<>]*)>\s*$/.exec(unguarded)?.[1];
  return (wrapped ?? unguarded).replace(/^mailto:/i, "").trim();
}
