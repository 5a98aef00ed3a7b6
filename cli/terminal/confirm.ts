import { createInterface } from "node:readline/promises";

/** Whether to ask a person: never in a script, and not with --yes. */
export const canAsk = ({ yes }: { yes?: boolean }): boolean =>
  yes !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Asks a question on the terminal; anything but yes is no. */
export async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
