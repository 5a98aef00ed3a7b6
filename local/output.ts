import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Folder } from "./folder.ts";

/** The terminal is for our own messages while functions run in this process; their output goes into the log. */
export type Output = {
  /** Prints to standard output. */
  print(text: string): void;
  /** Prints to standard error. */
  warn(text: string): void;
  /** Writes a line only to the log file. */
  log(line: string): void;
  /** The log's path. */
  logFile: string;
  /** Lets this process write to the terminal again. */
  giveBack(): void;
};

/**
 * Redirects the output of functions and libraries in this process to `logs/functions.log`, like CloudWatch in a
 * deployment.
 */
export function takeOutput(folder: Folder): Output {
  const logFile = join(folder.path, "logs", "functions.log");
  const file: WriteStream = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  const { stdout, stderr } = process;
  const [stdoutWrite, stderrWrite] = [stdout.write, stderr.write];
  const out = stdoutWrite.bind(stdout);
  const err = stderrWrite.bind(stderr);
  stdout.write = toFile(file);
  stderr.write = toFile(file);
  return {
    print: (text) => void out(`${text}\n`),
    warn: (text) => void err(`${text}\n`),
    log: (line) => void file.write(`${new Date().toISOString()} ${line}\n`),
    logFile,
    giveBack: () => {
      stdout.write = stdoutWrite;
      stderr.write = stderrWrite;
    },
  };
}

function toFile(file: WriteStream): typeof process.stdout.write {
  return (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => (typeof encoding === "string" ? file.write(chunk, encoding, done) : file.write(chunk, encoding));
}
