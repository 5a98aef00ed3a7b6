import { basename } from "node:path";
import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { counted, number } from "../terminal/output.ts";
import { misuse, Problem, problemOf } from "../terminal/problem.ts";
import { openProgress, workCounts } from "../terminal/progress.ts";
import { addressTable } from "./address-table.ts";
import { garbageCollector } from "./collect-garbage.ts";
import { endedLines } from "./ended-lines.ts";
import { type ListFile, type ListRecord, openListFile } from "./list-file.ts";

type ImportOptions = { format?: string; map?: string; dryRun?: boolean; ask?: boolean };

/** Registers `subscriber import`. */
export function registerImport(subscriber: Command): void {
  const command = subscriber
    .command("import <newsletter> <file>")
    .description("Import a list in CSV, with the consent it records")
    .option("--format <name>", "Format, if its columns don't tell, such as mailchimp")
    .option("--map <columns>", "Columns by name, such as email=Mail,status=State,time=Joined")
    .option("--dry-run", "Show what would happen, and write nothing")
    .option("--ask", "Ask those who never confirmed, by a confirmation email");
  addExamples(
    runRemotely(command, importList),
    "subscriber import daily members.csv --dry-run",
    "subscriber import daily list.csv --map email=Mail",
  );
}

/** Rows in one call; the function accepts no more. */
const CHUNK = 500;
/** Chunks after which garbage is collected: a megabyte or two of rows each time. */
const COLLECT_EVERY = 4;
/** Most rows whose details are kept, so memory stays flat; refused and left-alone rows take precedence. */
const DETAILS = 10_000;

type Detail = CommandOutput<"subscriber import">["rows"][number];
type ImportOutcome = Detail["outcome"];
type Totals = { format: string; rows: number; details: Detail[] } & Record<ImportOutcome, number>;

async function importList({
  invoke,
  args: [newsletter = "", path = ""],
  options,
  by,
}: Context<ImportOptions>): Promise<Output> {
  const file = await openListFile(path);
  const dryRun = options.dryRun === true;
  const { header } = file;
  const format = options.format === undefined ? {} : { format: options.format };
  const ended = endedLines({ header, map: mapOf(options.map), ...format });
  // The whole file is read once before anything is sent, so a truncated file imports nothing.
  const count = await noteAll(file, ended);
  if (count === 0) throw new Problem("bad-request", `${path} has a header and no lines after it.`);
  const chosen = { map: ended.map(), ask: options.ask === true, ...format };
  const common = { newsletter, file: basename(path), header, dryRun, by, ...chosen };
  const none = { rows: 0, new: 0, unchanged: 0, leftAlone: 0, asked: 0, refused: 0 };
  const totals: Totals = { format: "csv", ...none, details: [] };
  const seen = addressTable();
  const progress = openProgress({ silent: options.json === true || count <= CHUNK, done: "processed" });
  const collectChunks = garbageCollector(COLLECT_EVERY);
  for await (const chunk of chunked(file.records())) {
    collectChunks();
    const rows = chunk.map(ended.mark);
    const answered = await invoke("subscriber import", { ...common, rows }).catch((error) => {
      throw totals.rows === 0 ? error : interrupted(problemOf(error), totals);
    });
    totals.format = answered.format;
    for (const { outcome: given, ...row } of answered.rows) {
      // A dry run stores nothing, so it can't see that an address came before.
      const outcome = dryRun && given === "new" && !seen.add(row.address, row.line) ? "unchanged" : given;
      add(totals, { ...row, outcome });
    }
    progress.show(workCounts(count, count - totals.rows));
  }
  progress.close();
  return outputOf(newsletter, totals, dryRun);
}

/** Notes who has left by any line. @returns the number of lines */
async function noteAll(file: ListFile, ended: ReturnType<typeof endedLines>): Promise<number> {
  const collect = garbageCollector(CHUNK * COLLECT_EVERY);
  let count = 0;
  for await (const record of file.records()) {
    ended.note(record);
    count += 1;
    collect();
  }
  return count;
}

function add(totals: Totals, detail: Detail): void {
  totals.rows += 1;
  totals[detail.outcome] += 1;
  const { details } = totals;
  const isNotable = detail.outcome !== "new" && detail.outcome !== "unchanged";
  if (details.length < DETAILS) details.push(detail);
  else if (isNotable) replacePlain(details, detail);
}

/** A refused or left-alone line replaces the last other one. */
function replacePlain(details: Detail[], detail: Detail): void {
  const at = details.findLastIndex(({ outcome }) => outcome === "new" || outcome === "unchanged");
  if (at >= 0) details.splice(at, 1);
  if (details.length < DETAILS) details.push(detail);
}

function mapOf(text: string | undefined): Record<string, string> {
  const pairs = (text ?? "").split(",").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [field = "", ...column] = pair.split("=");
      if (!["email", "status", "time"].includes(field) || column.length === 0) {
        throw misuse(`--map takes email=COLUMN, status=COLUMN and time=COLUMN, joined by commas; not "${pair}".`);
      }
      return [field, column.join("=")];
    }),
  );
}

/** Lambda takes 6 MB a call; cells are mostly ASCII, and JSON adds little. */
const CHUNK_CHARACTERS = 1_500_000;

async function* chunked(records: AsyncIterable<ListRecord>): AsyncGenerator<ListRecord[]> {
  let chunk: ListRecord[] = [];
  let characters = 0;
  for await (const record of records) {
    chunk.push(record);
    characters += record.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (chunk.length < CHUNK && characters < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = [];
    characters = 0;
  }
  if (chunk.length > 0) yield chunk;
}

const interrupted = ({ code, message, exitCode }: Problem, { rows }: Totals) =>
  new Problem(
    code,
    `${message}\n${counted(rows, "line was", "lines were")} processed by then. Run the same command again: it goes on with the rest.`,
    exitCode,
  );

/** Lines shown of each kind. */
const SHOWN = 20;

function outputOf(newsletter: string, totals: Totals, dryRun: boolean): Output {
  const { format, rows, new: added, unchanged, leftAlone, asked, refused, details } = totals;
  const counts = [
    [added, dryRun ? "would be added" : "added"],
    [unchanged, "unchanged"],
    [leftAlone, "left alone"],
    [asked, dryRun ? "would be asked to confirm" : "asked to confirm"],
    [refused, "refused"],
  ] as const;
  const parts = counts.flatMap(([n, what]) => (n === 0 ? [] : [`${number(n)} ${what}`]));
  const lines = (["leftAlone", "refused"] as const).flatMap((kind) => {
    const all = details.filter(({ outcome }) => outcome === kind);
    const shown = all.slice(0, SHOWN).map(({ line, address, reason }) => `  line ${line}: ${address}: ${reason}`);
    return all.length > SHOWN
      ? [...shown, `  and ${number(totals[kind] - SHOWN)} more ${kind === "refused" ? "refused" : "left alone"}`]
      : shown;
  });
  const omitted = rows - details.length;
  return {
    json: {
      format,
      rows,
      new: added,
      unchanged,
      leftAlone,
      asked,
      refused,
      details,
      ...(omitted > 0 ? { omitted } : {}),
    },
    text: [`${counted(rows, "line")} of ${format} for ${newsletter}: ${parts.join(", ")}.`, ...lines].join("\n"),
  };
}
