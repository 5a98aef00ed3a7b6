/**
 * `node infra/bundling/slim-packages.ts`, run by npm's prepare: copies packages into infra/compiled/, without what
 * esbuild can't tell is unused.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, slimClients, slimZod } from "./esbuild-options.ts";

/**
 * The SDK's clients, with a literal key for the HTTP traits of their operations. With the published computed key,
 * esbuild can't remove unused operations: 90 KB in command.
 */
function writeClient(name: string, folder: string): void {
  const published = join(root, "node_modules", name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(published, "dist-es"), join(folder, "dist-es"), { recursive: true });
  cpSync(join(published, "package.json"), join(folder, "package.json"));
  rewrite(join(folder, "dist-es", "schemas"), withLiteralKeys);
  rewrite(join(folder, "dist-es", "models"), (source) => source.replace(prototypes, ""));
}

function rewrite(folder: string, change: (source: string) => string): void {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }
}

/**
 * Each error class sets its prototype again, because its base class set its own. Without both, it has the one of its
 * class: 5 KB less in command.
 */
const prototypes = /^ +Object\.setPrototypeOf\(this, \w+\.prototype\);\n/gm;

/** `const _h = "http";` */
const constant = /^const (\w+) = ("[^"\\]*");$/gm;
/** `[_h]:` */
const computed = /\[(\w+)\]:/g;

function withLiteralKeys(source: string): string {
  const values = new Map([...source.matchAll(constant)].map(([, name = "", value = ""]) => [name, value]));
  return source.replace(computed, (whole, name) => (values.has(name) ? `[${values.get(name)}]:` : whole));
}

/** Each kind of schema names the function that makes its JSON schema: 18 KB in each function, and only `push` makes one. */
function writeZod(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, "node_modules/zod"), folder, {
    recursive: true,
    filter: (path) => !/\.(cjs|cts|d\.ts)$|\/src$/.test(path),
  });
  const path = join(folder, "v4/classic/schemas.js");
  const source = readFileSync(path, "utf8");
  const slim = source
    .replace(/^ +inst\._zod\.processJSONSchema = .*;\n/gm, "")
    .replace(/createToJSONSchemaMethod\(this, \{\}\)\(params\)/, "undefined")
    .replace(/createStandardJSONSchemaMethod\(this, "(?:input|output)"\)/g, "undefined");
  writeFileSync(path, slim);
}

/** Copies those that aren't there yet; `again` copies all, after npm may have brought others. */
export function writeSlimPackages({ again = false } = {}): void {
  const isWanted = (folder: string) => again || !existsSync(folder);
  for (const [name, folder] of Object.entries(slimClients)) if (isWanted(folder)) writeClient(name, folder);
  if (isWanted(slimZod.zod)) writeZod(slimZod.zod);
}

if (import.meta.main) {
  writeSlimPackages({ again: true });
  process.stdout.write(`infra: zod and ${Object.keys(slimClients).length} clients of the SDK made slim\n`);
}
