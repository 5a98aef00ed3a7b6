import { readFile, writeFile } from "node:fs/promises";
import { counted } from "./output.ts";
import { Problem } from "./problem.ts";

/** @returns what was written, as a sentence; undefined for standard output */
export async function writeOutput(file: string | undefined, content: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  if (file === "-") {
    process.stdout.write(content);
    return undefined;
  }
  await writeFile(file, content).catch((error: NodeJS.ErrnoException) => {
    throw new Problem("bad-request", `Can't write ${file}: ${whyOf(error)}.`);
  });
  return `Wrote ${file}, ${counted(Buffer.byteLength(content), "byte")}.`;
}

/** Reads a file of UTF-8 text. @throws Problem if it can't be read or is in another encoding */
export async function readText(file: string): Promise<string> {
  const bytes = await (file === "-" ? readInput() : readFile(file)).catch((error: NodeJS.ErrnoException) => {
    throw new Problem("bad-request", `Can't read ${file}: ${whyOf(error)}.`);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("bad-request", `${file} is not UTF-8 text. Save it as UTF-8 and try again.`);
  }
}

async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const reasons: Record<string, string> = {
  ENOENT: "no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  ENOTDIR: "part of its path is not a folder",
};
const whyOf = ({ code, message }: NodeJS.ErrnoException) => reasons[code ?? ""] ?? message;

/** The value of a JSON text; undefined if it isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
