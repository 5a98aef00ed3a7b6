import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline, Readable, Transform } from "node:stream";
import type { Options, Parser } from "csv-parse";
import { Problem } from "../terminal/problem.ts";

/** A list as CSV, read from a file in whatever encoding and with whatever separator it has, in flat memory. */
export type ListFile = { header: string[] | null; records: () => AsyncIterable<ListRecord> };
export type ListRecord = { line: number; cells: string[] };

/** How much is read to detect encoding and separator. */
const SNIFFED = 64 * 1024;
/** A line that is longer most likely has an unbalanced quotation mark before it. */
const LONGEST_RECORD = 128 * 1024;

/** Opens a list. @throws Problem where it is not text, or has no line */
export async function openListFile(file: string): Promise<ListFile> {
  const start = await readStart(file);
  refuseBinary(file, start);
  const encoding = encodingOf(start) ?? (await encodingThroughout(file));
  const text = new TextDecoder(encoding).decode(start);
  if (text.trim() === "") throw new Problem("bad-request", `${file} is empty: it needs a line for each address.`);
  if (text.includes("\0"))
    throw new Problem("bad-request", `${file} is not a text file. Save it as CSV (UTF-8) and try again.`);
  const separator = SEPARATOR_LINE.exec(text)?.[1];
  const at = separator === undefined ? 1 : 2;
  const form = { encoding, delimiter: separator ?? delimiterOf(text) };
  const first = await recordAt(file, at, form);
  const header = first.some((cell) => cell.includes("@")) ? null : first;
  const hasRows = header === null && isRowOfAddresses(first);
  async function* records() {
    const from = header === null ? at : at + 1;
    for await (const { record, info } of parseWithLines(file, { ...form, from })) {
      if (record.every((cell) => cell.trim() === "")) continue;
      for (const cells of hasRows ? addressesOf(record) : [record]) yield { line: info.lines, cells };
    }
  }
  return { header, records };
}

const isFilled = (cell: string): boolean => cell.trim() !== "";
const isRowOfAddresses = (record: string[]): boolean => record.filter(isFilled).every((cell) => cell.includes("@"));

/** Mail programs copy addresses as a row. Each counts as a record. */
const addressesOf = (record: string[]): string[][] =>
  isRowOfAddresses(record) ? record.filter(isFilled).map((address) => record.map(() => address)) : [record];

async function readStart(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).isDirectory()) throw new Problem("bad-request", `Can't read ${file}: it is a folder.`);
    const handle = await open(file);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFFED), 0, SNIFFED, 0);
    await handle.close();
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("bad-request", `Can't read ${file}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function refuseBinary(file: string, start: Buffer): void {
  if (start.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") {
    throw new Problem(
      "bad-request",
      `${file} is an Excel workbook or a zip file. Save it as CSV (UTF-8) and try again.`,
    );
  }
  if (start.subarray(0, 4).toString("latin1") === "\u00d0\u00cf\u0011\u00e0") {
    throw new Problem("bad-request", `${file} is an old Excel workbook. Save it as CSV (UTF-8) and try again.`);
  }
}

/** By the byte order mark, or by the zeros that UTF-16 has in Latin text. */
function encodingOf(start: Buffer): string | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (const [at, byte] of start.subarray(0, 2000).entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const few = Math.min(start.length, 2000) / 8;
  if ((zeros[1] ?? 0) > few) return "utf-16le";
  return (zeros[0] ?? 0) > few ? "utf-16be" : undefined;
}

/** UTF-8 if it is valid, else Windows-1252. */
async function encodingThroughout(file: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Excel writes the separator into a line of its own. */
const SEPARATOR_LINE = /^sep=([,;\t|])(?=[\r\n])/i;

/** The most frequent separator in the first line, outside quotation marks. */
function delimiterOf(text: string): string {
  const [line = ""] = text.replaceAll(/"[^"]*"/g, "").split(/\r\n|\r|\n/);
  const count = (sign: string) => line.split(sign).length - 1;
  const [best] = [",", ";", "\t", "|"].sort((a, b) => count(b) - count(a));
  return best ?? ",";
}

async function recordAt(file: string, at: number, form: Form): Promise<string[]> {
  for await (const { record } of parseWithLines(file, { ...form, from: at, to: at })) return record;
  return [];
}

/** The encoding as TextDecoder names it. */
type Form = Omit<Options, "encoding"> & { encoding: string };
type Parsed = { record: string[]; info: { lines: number } };

async function* parseWithLines(file: string, { encoding, ...options }: Form): AsyncGenerator<Parsed> {
  const csv = await import("csv-parse");
  const parser: Parser = csv.parse({
    ...options,
    // Files that were joined from several have several.
    record_delimiter: ["\r\n", "\n", "\r"],
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  pipeline(createReadStream(file), decoding(encoding), parser, () => undefined);
  try {
    for await (const parsed of Readable.from(parser)) yield parsed;
  } catch (error) {
    throw new Problem(
      "bad-request",
      `${file} is not CSV as far as it can be read: ${reasonOf(error)} Nothing was imported.`,
    );
  } finally {
    parser.destroy();
  }
}

function decoding(encoding: string): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk, _, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = /line (\d+)/.exec(message)?.[1] ?? "the last";
  if (/Quote Not Closed/i.test(message))
    return `a quotation mark is not closed, before line ${line}. Close or remove it.`;
  if (/Max Record Size/i.test(message))
    return `line ${line} is longer than 128 KB, or a quotation mark before it is not closed. Shorten the line, or close the mark.`;
  return `${message}.`;
}
