import { type Columns, columnKey } from "./formats.ts";
import type { ImportedStatus, ImportRow, ListLine } from "./import-row.ts";

/** Other systems' names for a reader's status. */
const words: Readonly<Record<Exclude<ImportedStatus, "unknown">, readonly string[]>> = {
  active:
    "active subscribed confirmed enabled regular premium free paid comp complimentary gifted trialed member true yes 1".split(
      " ",
    ),
  unsubscribed:
    "unsubscribed disabled cancelled canceled inactive removed optedout left deleted archived false no 0 moved".split(
      " ",
    ),
  bounced: "bounced cleaned invalid undeliverable bouncing hardbounced hardbounce".split(" "),
  complained: "complained complaint spam spammy junk abuse blocklisted blacklisted blocked".split(" "),
  unconfirmed: "unconfirmed unactivated pending validating notconfirmed nonsubscribed".split(" "),
};

const isYes = (text: string) => text !== "" && !/^(false|no|0|null|none|-)$/i.test(text);

/**
 * A line of a list with our field names. If it is contradictory, the part that ends the subscription counts, because an
 * import must not mail someone who left.
 */
export function readRow(columns: Columns, { line, cells }: ListLine): ImportRow {
  const cell = (column: string | undefined) =>
    column === undefined ? "" : (cells[columns.names.indexOf(column)] ?? "").trim();
  const { status, statusText } = statusOf(columns, cell);
  const evidence = columns.evidence.flatMap((column) => {
    const value = cell(column);
    return value === "" ? [] : [`${column} ${value}`];
  });
  return {
    line,
    address: bareAddress(cell(columns.address)).slice(0, 1000),
    status,
    statusText: statusText === null ? null : statusText.slice(0, 60),
    evidence: evidence.length === 0 ? null : evidence.join(", ").slice(0, 200),
  };
}

function statusOf(
  columns: Columns,
  cell: (column: string | undefined) => string,
): Pick<ImportRow, "status" | "statusText"> {
  const known = (status: ImportedStatus) => ({ status, statusText: null });
  const ended = columns.ended.find(({ column }) => isYes(cell(column)));
  const text = cell(columns.status);
  const word = columnKey(text);
  const named = Object.entries(words).find(([, all]) => all.includes(word))?.[0];
  const stated = importedStatusOf(named);
  if (stated !== undefined && stated !== "active") return known(stated);
  if (ended !== undefined) return known(ended.as);
  if (columns.subscribed !== undefined && !isYes(cell(columns.subscribed))) return known("unsubscribed");
  if (text === "" || stated === "active") return known("active");
  return { status: "unknown", statusText: text };
}

const importedStatusOf = (name: string | undefined): ImportedStatus | undefined =>
  name === "active" || name === "unsubscribed" || name === "bounced" || name === "complained" || name === "unconfirmed"
    ? name
    : undefined;

/**
 * Lists contain `Ann Lee <ann@example.com>` and `mailto:`; Excel puts an apostrophe before a formula's first character.
 */
function bareAddress(text: string): string {
  const unguarded = /^'[=+\-@]/.test(text) ? text.slice(1) : text;
  const wrapped = /<([^<>]*)>\s*$/.exec(unguarded)?.[1];
  return (wrapped ?? unguarded).replace(/^mailto:/i, "").trim();
}
