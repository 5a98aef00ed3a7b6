import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The results for one corpus. A case is right, or wrong with what was found. */
export type Tally = {
  readonly corpus: string;
  readonly cases: number;
  readonly wrong: readonly string[];
  readonly note: string;
};

export const tally = (corpus: string, cases: number, wrong: readonly string[], note = ""): Tally => ({
  corpus,
  cases,
  wrong,
  note,
});

/** A corpus file as JSON; what is in it is checked where it is used. */
export const readJson = <T>(folder: string, file: string): T => JSON.parse(readFileSync(join(folder, file), "utf8"));

export const oneLine = (text: string) => text.replace(/\s+/gu, " ").trim();
