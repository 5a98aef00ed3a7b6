import { type Fault, type Problem, problemOf } from "./problem.ts";

/** What a command has to say: a document for programs, the same set for people, and what is wrong in spite of it. */
export type Shown = { json: object; text: string; problem?: Fault | undefined };

/**
 * Runs a command and prints what it shows: text, or with `json` one document on standard output. Gives the exit code:
 * 0 done, 1 failed, 2 misused.
 */
export async function present(json: boolean, run: () => Promise<Shown>): Promise<number> {
  try {
    const { json: document, text, problem } = await run();
    if (json)
      print(JSON.stringify(problem === undefined ? document : { ok: false, fault: problem, ...document }, null, 2));
    else if (text !== "") print(clean(text));
    if (problem !== undefined && !json) complain(problem.message);
    return problem === undefined ? 0 : 1;
  } catch (error) {
    return presentProblem(json, problemOf(error));
  }
}

export function presentProblem(json: boolean, problem: Problem): number {
  const { code, message, exitCode } = problem;
  if (json) print(JSON.stringify({ ok: false, fault: { code, message } }, null, 2));
  else complain(message);
  return exitCode;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);
export const complain = (text: string) => void process.stderr.write(`${clean(text)}\n`);

/** Feeds and files are others' words: no control character of theirs may move the cursor or colour the screen. */
const clean = (text: string) => text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, "");

/** Rows as columns, two spaces apart, under a head; the last column may be as long as it likes. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ""))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell + " ".repeat((widths[at] ?? 0) - width(cell))))
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns of a terminal that a text takes: marks none, East Asian letters and emoji two. */
const width = (text: string) =>
  Array.from(text.normalize("NFC").replace(/\p{M}/gu, "")).reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);

/** `1 reader`, `2 readers`, `12,340 readers`. */
export const counted = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
export const number = (n: number) => n.toLocaleString("en-US");
