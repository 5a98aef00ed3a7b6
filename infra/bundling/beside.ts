import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Carried, carry } from "./carry.ts";

/** What lies in a function's folder besides its own code. */
export type Beside = {
  /** Modules with machine code, which cannot be part of a bundle. */
  carries?: Carried;
  /** Files that the config names, by their paths. */
  files?: readonly string[];
  /** The process that reads feeds, which starts from a file of its own. */
  hasFeedWorker?: boolean;
};

/** Puts files and modules beside a function's code. `from` says below which folders they are looked for. */
export function putBeside(
  output: string,
  { carries, files = [] }: Beside,
  from: { files: string; modules: string },
): void {
  if (carries !== undefined) carry(carries, output, from.modules);
  for (const file of files) {
    mkdirSync(dirname(join(output, file)), { recursive: true });
    cpSync(join(from.files, file), join(output, file));
  }
}
