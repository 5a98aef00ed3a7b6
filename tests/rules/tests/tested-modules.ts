import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { posix } from "node:path";
import { parse } from "acorn";

/** A file's text by its path. */
type Files = ReadonlyMap<string, string>;

export const productionFiles = (): Files => read("{domain,usecases,adapters,functions,templates,cli,local}/**/*.ts");

/** Tests, and the fixtures that they share. */
export const testFiles = (): Files => read("tests/**/*.ts");

const read = (glob: string): Files =>
  new Map(globSync(glob, { exclude: ["**/*.d.ts"] }).map((file) => [file, readFileSync(file, "utf8")]));

/**
 * Modules of rules and use cases that decide something and have no test. A module is tested if a test has its name, or
 * a test or a fixture imports it. It is tested as part of another module if that one is in the same folder and is
 * tested itself; a use case also if a page or command that runs it has a test with its own name.
 */
export function untestedModules(production: Files, tests: Files): string[] {
  const usersOf = usersByModule(production);
  const isNamed = (file: string) => tests.has(`tests/${file.replace(/\.ts$/, ".test.ts")}`);
  const imported = new Set([...tests].flatMap(([file, text]) => importsOf(file, text)));
  const isTested = (file: string, seen: readonly string[] = []): boolean =>
    isNamed(file) ||
    imported.has(file) ||
    (usersOf.get(file) ?? []).some((user) =>
      isBeside(user, file)
        ? !seen.includes(user) && isTested(user, [...seen, file])
        : file.startsWith("usecases/") && isNamed(user),
    );
  return [...production]
    .filter(([file, text]) => /^(domain|usecases)\//.test(file) && decides(text) && !isTested(file))
    .map(([file]) => file)
    .toSorted();
}

/** In the same folder, or named after it: `domain/config.ts` beside what is in `domain/config/`. */
const isBeside = (user: string, file: string): boolean =>
  posix.dirname(user) === posix.dirname(file) || user === `${posix.dirname(file)}.ts`;

function usersByModule(production: Files): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const [file, text] of production)
    for (const module of importsOf(file, text)) users.set(module, [...(users.get(module) ?? []), file]);
  return users;
}

/** What a file imports for use; a type decides nothing. */
const importsOf = (file: string, text: string): string[] =>
  [...text.matchAll(/^(?!import type).*(?:from|import\()\s*"([#.][^"]+)"/gm)].map(([, spec = ""]) =>
    spec.startsWith("#") ? spec.slice(1) : posix.join(posix.dirname(file), spec),
  );

const branches = new Set(["IfStatement", "ConditionalExpression", "SwitchStatement", "LogicalExpression"]);

/** Whether it exports a function, and one of its functions has a branch. */
function decides(text: string): boolean {
  const exportsFunction = /^export (?:async )?function\b|^export const \w+(?:: [^=]+)? =\s*(?:async )?\(?/m.test(text);
  return (
    exportsFunction && hasBranch(parse(stripTypeScriptTypes(text), { ecmaVersion: "latest", sourceType: "module" }))
  );
}

function hasBranch(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("type" in node && typeof node.type === "string" && branches.has(node.type)) return true;
  return Object.values(node).some(hasBranch);
}
