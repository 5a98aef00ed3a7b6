import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Carried, carry } from "./carry.ts";

/** Further content of a function's folder, besides its own code. */
export type Beside = {
  /** Native modules, which can't be part of a bundle. */
  carries?: Carried;
  /** Files named in the config, by their paths. */
  files?: readonly string[];
  /** The process that reads feeds, which has its own file. */
  hasFeedWorker?: boolean;
};

/** Adds files and modules to a function's code. `from`: folders in which to look for them. */
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
