import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Folder } from "./folder.ts";

/** What the terminal is for while functions run in this process: our words; theirs go into the log. */
export type Output = {
  /** Prints to standard output. */
  print(text: string): void;
  /** Prints to standard error. */
  warn(text: string): void;
  /** A line for the log file alone. */
  log(line: string): void;
  /** Where the log is. */
  logFile: string;
};

/**
 * Keeps the terminal for the person at it: whatever the functions and libraries in this process write goes to
 * `logs/functions.log`, as CloudWatch would keep it in a deployment.
 */
export function takeOutput(folder: Folder): Output {
  const logFile = join(folder.path, "logs", "functions.log");
  const file: WriteStream = createWriteStream(logFile, { flags: "a" });
  const out = process.stdout.write.bind(process.stdout);
  const err = process.stderr.write.bind(process.stderr);
  process.stdout.write = toFile(file);
  process.stderr.write = toFile(file);
  return {
    print: (text) => void out(`${text}\n`),
    warn: (text) => void err(`${text}\n`),
    log: (line) => void file.write(`${new Date().toISOString()} ${line}\n`),
    logFile,
  };
}

function toFile(file: WriteStream): typeof process.stdout.write {
  return (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => (typeof encoding === "string" ? file.write(chunk, encoding, done) : file.write(chunk, encoding));
}
