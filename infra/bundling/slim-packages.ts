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
  rewrite(join(folder, "dist-es", "models"), withErrorsByFunction);
}

function rewrite(folder: string, change: (source: string) => string): void {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }
}

/** An error's class as published, without the line that sets its prototype again because its base class set its own. */
const errorClass =
  /^export class (\w+) extends __BaseException \{\n +static shapeId = "([^"]+)";\n +name = "\1";\n +\$fault = "(\w+)";\n((?: +\w+;\n)*) +constructor\(opts\) \{\n +super\(\{\n +name: "\1",\n +\$fault: "\3",\n +\.\.\.opts,\n +\}\);\n((?: +this\.\w+ = opts\.\w+;\n)*) +\}\n\}$/gm;
const prototypes = /^ +Object\.setPrototypeOf\(this, \w+\.prototype\);\n/gm;

/** The same class, made of what differs. */
const makeErrorClass = `
const __errorClass = (shapeId, $fault, members) => {
    const name = shapeId.slice(shapeId.indexOf("#") + 1);
    return class extends __BaseException {
        static shapeId = shapeId;
        name = name;
        $fault = $fault;
        constructor(opts) {
            super({ name, $fault, ...opts });
            for (const member of members) this[member] = opts[member];
        }
    };
};
`;

/**
 * A client's errors, all of which its schemas name, made by one function: 25 KB less in command. A class that is written
 * in another way stays as it is.
 */
function withErrorsByFunction(source: string): string {
  const short = source.replace(prototypes, "").replace(errorClass, (_, name, shapeId, fault, members: string) => {
    const names = JSON.stringify(members.match(/\w+/g) ?? []);
    return `export const ${name} = __errorClass("${shapeId}", "${fault}", ${names});`;
  });
  return short.includes("__errorClass(") ? short.replace(/^import .*;\n/, (line) => line + makeErrorClass) : short;
}

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
