import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Labelled headlines: `DIR/index.json` and `DIR/slice-NN.jsonl`. Headlines of one `group` tell the same story. */
export type Headline = { id: string; title: string; url: string; published: string; publisher: string; group: string };

export type Slice = {
  slice: string;
  mode: string;
  /** Groups that people wouldn't agree on: their pairs aren't scored. */
  ambiguous_group_pairs: [string, string][];
  rows: Headline[];
};

/** Which group a way of grouping puts a headline in, by its id. */
export type Labels = ReadonlyMap<string, number>;

/** Reads the slices, in the order that the index gives. */
export function readSlices(dir: string): Slice[] {
  const index: Omit<Slice, "rows">[] = JSON.parse(readFileSync(join(dir, "index.json"), "utf8"));
  const files = new Set(readdirSync(dir));
  return index
    .filter(({ slice }) => files.has(`${slice}.jsonl`))
    .map((entry) => ({ ...entry, rows: readRows(join(dir, `${entry.slice}.jsonl`)) }));
}

function readRows(file: string): Headline[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
