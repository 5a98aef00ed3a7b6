import { columnsOfFile } from "#domain/audience/import/columns.ts";
import type { ListLine } from "#domain/audience/import/import-row.ts";
import { ImportedStatus } from "#domain/audience/import/import-row.ts";
import { readRow } from "#domain/audience/import/read-row.ts";
import { addressTable } from "./address-table.ts";

type Choices = { header: readonly string[] | null; format?: string | undefined; map: Readonly<Record<string, string>> };

/** A line's number and its status in one number. */
const STATUSES = ImportedStatus.options;

/**
 * Finds the lines of a file that end a subscription which another line begins. They may be far apart, and the function
 * only sees a part of the file at a time.
 */
export function endedLines({ header, format, map }: Choices) {
  const ended = addressTable();
  let columns: ReturnType<typeof columnsOfFile>;
  const read = (line: ListLine) => {
    columns ??= columnsOfFile({ header, first: line.cells }, { format, map });
    return columns && readRow(columns.columns, line);
  };
  return {
    /** Must see every line before the first call of `mark`. */
    note(line: ListLine): void {
      const row = read(line);
      if (row === undefined || row.status === "active") return;
      ended.add(row.address, line.line * STATUSES.length + STATUSES.indexOf(row.status));
    },
    /** The line with the one that ends it. */
    mark(line: ListLine): ListLine {
      const row = read(line);
      const found = row?.status === "active" ? ended.get(row.address) : undefined;
      const status = found === undefined ? undefined : STATUSES[found % STATUSES.length];
      if (found === undefined || status === undefined) return line;
      return { ...line, endedOn: { line: Math.floor(found / STATUSES.length), status, statusText: null } };
    },
    /** The column of the addresses in a file without a header, the same for all parts of the file. */
    map: (): Record<string, string> =>
      columns && header === null ? { email: columns.columns.address, ...map } : { ...map },
  };
}
