import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";

/** Native modules, and CDK's name for the target architecture. */
export type Carried = { modules: readonly string[]; architecture: { name: string } };

/**
 * Adds native modules for Lambda (Linux with glibc) to a function's code. On such a machine, they are copied from the
 * installation in `from`, without a network; on others, npm downloads them.
 */
export function carry({ modules, architecture }: Carried, output: string, from: string): void {
  const cpu = architecture.name === "x86_64" ? "x64" : "arm64";
  const found = modules.map((name) => ({ name, folder: installed(name, from) }));
  if (found.every(({ folder }) => folder !== undefined && fits(folder, cpu))) {
    for (const { name, folder = "" } of found) {
      for (const [needed, place] of closure(name, folder)) {
        cpSync(place, join(output, "node_modules", needed), { recursive: true, dereference: true });
      }
    }
  } else install(found, cpu, output);
}

type Found = { name: string; folder: string | undefined };

function install(modules: readonly Found[], cpu: string, output: string): void {
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, "package.json"), JSON.stringify({ private: true }));
  const wanted = modules.map(({ name, folder }) => (folder === undefined ? name : `${name}@${read(folder).version}`));
  const platform = ["--os=linux", `--cpu=${cpu}`, "--libc=glibc"];
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", ...platform, ...wanted], {
      cwd: output,
    });
  } catch (error) {
    console.error(
      `npm could not bring ${wanted.join(", ")} for Linux ${cpu}, which the function needs. Is there a network?`,
    );
    throw error;
  }
}

const Names = z.record(z.string(), z.string()).default({});
const Package = z.object({ version: z.string(), dependencies: Names, optionalDependencies: Names });

const read = (folder: string) => Package.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));

/** The folder from which Node would load a module for code in `from`, if installed. */
function installed(name: string, from: string): string | undefined {
  const folder = join(from, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return realpathSync(folder);
  const above = dirname(from);
  return above === from ? undefined : installed(name, above);
}

/** A module and its installed dependencies, with their folders. */
function closure(name: string, folder: string, seen: Map<string, string> = new Map()): Map<string, string> {
  if (seen.has(name)) return seen;
  seen.set(name, folder);
  const { dependencies, optionalDependencies } = read(folder);
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const place = installed(needed, folder);
    if (place !== undefined) closure(needed, place, seen);
  }
  return seen;
}

/** Whether the installed native code of this module is for the function's architecture. */
const fits = (folder: string, cpu: string) =>
  Object.keys(read(folder).optionalDependencies)
    .filter((one) => one.endsWith(`linux-${cpu}`))
    .every((one) => installed(one, folder) !== undefined);
