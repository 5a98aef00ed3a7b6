/**
 * `node infra/bundling/carry.js OUTPUT ARCHITECTURE MODULE…`: puts modules with machine code, for Linux with glibc as
 * Lambda has it, beside a function's one file. On such a machine they are those that npm installed here, and no network is needed;
 * on others npm brings them. Plain JavaScript, for CDK runs it with whatever Node there is.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [output = "", architecture = "", ...modules] = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const cpu = architecture === "x86_64" ? "x64" : "arm64";

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));

/**
 * A module and all it needs, as far as it is installed here.
 * @param {string} name
 * @param {Set<string>} seen
 */
function closure(name, seen) {
  if (seen.has(name) || !existsSync(join(root, "node_modules", name))) return seen;
  seen.add(name);
  const { dependencies = {}, optionalDependencies = {} } = read(name);
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) closure(needed, seen);
  return seen;
}

/**
 * Whether the machine code of this module that npm installed here is for the function's machine.
 * @param {string} name
 */
const fits = (name) =>
  Object.keys(read(name).optionalDependencies ?? {})
    .filter((one) => one.endsWith(`linux-${cpu}`))
    .every((one) => existsSync(join(root, "node_modules", one)));

if (modules.every(fits)) {
  for (const name of modules.flatMap((one) => [...closure(one, new Set())])) {
    cpSync(join(root, "node_modules", name), join(output, "node_modules", name), { recursive: true });
  }
} else {
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
