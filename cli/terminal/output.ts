import { type Fault, type Problem, problemOf } from "./problem.ts";

/**
 * A command's result: a document for programs, the same facts as text for people, and the problem it ended with.
 * `exitCode` 1 without a problem: it worked and found faults.
 */
export type Output = { json?: object; text: string; problem?: Fault | undefined; exitCode?: 0 | 1 };

/** The system that a command was given for: its stack and region. */
type Place = { stack?: string | undefined; region?: string | undefined };

/** Advice with commands of this program as a person has to type them: for the same system. */
export function forPlace(text: string, { stack, region }: Place): string {
  const place = `${stack === undefined ? "" : ` --stack ${stack}`}${region === undefined ? "" : ` --region ${region}`}`;
  return place === "" ? text : text.replace(/npx --no-install broadsheet(?= [a-z])/g, `$&${place}`);
}

/**
 * Runs a command and prints its output: text, or with `json` one document on standard output.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function present(json: boolean, run: () => Promise<Output>, place: Place = {}): Promise<number> {
  try {
    const { json: document, text, problem, exitCode = 0 } = await run();
    if (json && document !== undefined)
      print(
        forPlace(
          JSON.stringify(problem === undefined ? document : { ok: false, fault: problem, ...document }, null, 2),
          place,
        ),
      );
    else if (!json && text !== "") print(forPlace(withoutControls(text), place));
    if (problem !== undefined && !json) printError(forPlace(problem.message, place));
    return problem === undefined ? exitCode : 1;
  } catch (error) {
    return presentProblem(json, problemOf(error), place);
  }
}

export function presentProblem(json: boolean, problem: Problem, place: Place = {}): number {
  const { code, exitCode } = problem;
  const message = forPlace(problem.message, place);
  if (json) print(JSON.stringify({ ok: false, fault: { code, message } }, null, 2));
  else printError(message);
  return exitCode;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);
export const printError = (text: string) => void process.stderr.write(`${withoutControls(text)}\n`);

/** Text from feeds and files could otherwise move the cursor or colour the screen. */
const withoutControls = (text: string) => text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, "");

/** A table with two spaces between its columns; the last column can have any length. */
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

/** Columns that a text takes on a terminal: none for combining marks, two for East Asian letters and emoji. */
const width = (text: string) =>
  Array.from(text.normalize("NFC").replace(/\p{M}/gu, "")).reduce((sum, sign) => sum + (WIDE.test(sign) ? 2 : 1), 0);

/** `1 reader`, `2 readers`, `12,340 readers`. */
export const counted = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
export const number = (n: number) => n.toLocaleString("en-US");
