import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { root } from "./esbuild-options.ts";

/** Modules with machine code, and the name CDK has for the machine that runs it. */
export type Carried = { modules: readonly string[]; architecture: { name: string } };

/**
 * Puts modules with machine code, for Linux with glibc as Lambda has it, beside a function's code. On such a machine they
 * are those that npm installed here, and no network is needed; on others npm brings them.
 */
export function carry({ modules, architecture }: Carried, output: string): void {
  const cpu = architecture.name === "x86_64" ? "x64" : "arm64";
  if (modules.every((name) => fits(name, cpu))) {
    for (const name of modules.flatMap((one) => [...closure(one)])) {
      cpSync(join(root, "node_modules", name), join(output, "node_modules", name), { recursive: true });
    }
  } else install(modules, cpu, output);
}

function install(modules: readonly string[], cpu: string, output: string): void {
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, "package.json"), JSON.stringify({ private: true }));
  const wanted = modules.map((name) => `${name}@${read(name).version}`);
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

const read = (name: string) =>
  Package.parse(JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")));

/** A module and all it needs, as far as it is installed here. */
function closure(name: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(name) || !existsSync(join(root, "node_modules", name))) return seen;
  seen.add(name);
  const { dependencies, optionalDependencies } = read(name);
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) closure(needed, seen);
  return seen;
}

/** Whether the machine code of this module that npm installed here is for the function's machine. */
const fits = (name: string, cpu: string) =>
  Object.keys(read(name).optionalDependencies)
    .filter((one) => one.endsWith(`linux-${cpu}`))
    .every((one) => existsSync(join(root, "node_modules", one)));
