/**
 * `node infra/bundling/slim-clients.ts`, run by npm's prepare: copies the SDK's clients into infra/compiled/, with a
 * literal key for the HTTP traits of their operations. With the published computed key, esbuild can't remove unused
 * operations: 90 KB in command.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, slimClients } from "./esbuild-options.ts";

/** `const _h = "http";` */
const constant = /^const (\w+) = ("[^"\\]*");$/gm;
/** `[_h]:` */
const computed = /\[(\w+)\]:/g;

function slim(source: string): string {
  const values = new Map([...source.matchAll(constant)].map(([, name = "", value = ""]) => [name, value]));
  return source.replace(computed, (whole, name) => (values.has(name) ? `[${values.get(name)}]:` : whole));
}

/** Copies those that aren't there yet; `again` copies all, after npm may have brought others. */
export function writeSlimClients({ again = false } = {}): void {
  for (const [name, folder] of Object.entries(slimClients)) if (again || !existsSync(folder)) write(name, folder);
}

function write(name: string, folder: string): void {
  const published = join(root, "node_modules", name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(published, "dist-es"), join(folder, "dist-es"), { recursive: true });
  cpSync(join(published, "package.json"), join(folder, "package.json"));
  const schemas = join(folder, "dist-es", "schemas");
  for (const file of readdirSync(schemas)) {
    const path = join(schemas, file);
    writeFileSync(path, slim(readFileSync(path, "utf8")));
  }
}

if (import.meta.main) {
  writeSlimClients({ again: true });
  process.stdout.write(`infra: ${Object.keys(slimClients).length} clients of the SDK made slim\n`);
}
