import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "acorn";
import { checkSync } from "recheck";

/** A regular expression and the line it is written in, from 1. */
type Pattern = { file: string; line: number; source: string; flags: string };

/** Copies of published packages, made smaller at installation. */
const PUBLISHED = /^infra\/compiled\//;
const CODE = "{domain,usecases,adapters,functions,templates,cli,local,infra}/**/*.{ts,js}";
/** Modules whose import does nothing but define, so what they build of strings can be seen by importing them. */
const IMPORTABLE = ["domain/**/*.ts", "adapters/{feed-parsing,fetch,email-reading}/**/*.ts"];
const NOT_IMPORTABLE = /feed-parsing\/worker\/worker(?:-process)?\.ts$/;

/**
 * Says that an input is bounded, so its pattern may take more than linear time: `// bounded: 80 characters`. Not
 * exponential time: 80 characters are enough for that.
 */
const BOUNDED = /\bbounded: .*\d|\bbounded: .*\bour own\b/;

/** Every literal of production code. */
export const literals = (): Pattern[] =>
  globSync(CODE)
    .filter((file) => !PUBLISHED.test(file))
    .sort()
    .flatMap((file) => literalsOf(file, readFileSync(file, "utf8")));

export function literalsOf(file: string, text: string): Pattern[] {
  const plain = file.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
  const found: Pattern[] = [];
  visit(parse(plain, { ecmaVersion: "latest", sourceType: "module", locations: true, allowHashBang: true }), (node) => {
    if (node.type !== "Literal" || node.regex === undefined) return;
    found.push({ file, line: node.loc.start.line, source: node.regex.pattern, flags: node.regex.flags });
  });
  return found;
}

type Node = { type: string; loc: { start: { line: number } }; regex?: { pattern: string; flags: string } };

function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isNode(value)) look(value);
  for (const [name, child] of Object.entries(value)) if (name !== "regex") visit(child, look);
}

const isNode = (value: object): value is Node => "type" in value && "loc" in value && typeof value.type === "string";

/** Every pattern that modules put together out of strings while they are imported. */
export async function built(): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, [source, flags]: [string | RegExp, string | undefined]) {
      const made = new target(source, flags);
      const [, , caller = ""] = (new Error().stack ?? "").split("\n");
      const [, file, line] = caller.includes("node_modules")
        ? []
        : (/\/((?:domain|adapters)\/[^:\s]+):(\d+)/.exec(caller) ?? []);
      if (file !== undefined) found.push({ file, line: Number(line), source: made.source, flags: made.flags });
      return made;
    },
  });
  try {
    for (const file of IMPORTABLE.flatMap((glob) => globSync(glob)).filter((one) => !NOT_IMPORTABLE.test(one)))
      await import(pathToFileURL(file).href);
  } finally {
    globalThis.RegExp = original;
  }
  return found;
}

/** Verdicts of earlier runs by pattern, since one takes up to seconds. */
const CACHE = "node_modules/.cache/patterns.json";

/** The patterns that take more than linear time, or can't be judged, and aren't marked as bounded; exponential ones anyway. */
export function faultsOf(patterns: readonly Pattern[], lines = readLines): string[] {
  const known = readCache();
  const faults = patterns.flatMap((pattern) => {
    const key = `/${pattern.source}/${pattern.flags}`;
    known[key] ??= verdict(pattern);
    const isMarkedSo = isMarked(lines(pattern.file), pattern.line) && !known[key].includes("exponential");
    return known[key] === "safe" || isMarkedSo
      ? []
      : [`${pattern.file}:${pattern.line} ${known[key]}: ${key.slice(0, 200)}`];
  });
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify(known));
  return faults;
}

function verdict({ source, flags }: Pattern): string {
  const result = checkSync(source, flags, { timeout: 10_000 });
  if (result.status === "vulnerable" && result.checker === "fuzz" && !isSlow(source, flags, result.attack.string))
    return "safe";
  if (result.status === "vulnerable") return `takes ${result.complexity.summary} time`;
  return result.status === "safe" ? "safe" : `can't be judged (${result.error.kind})`;
}

/**
 * Lookarounds and back references are only tried out, in a machine that counts steps otherwise than V8 takes them: such
 * an attack counts if it works.
 */
function isSlow(source: string, flags: string, attack: string): boolean {
  const before = process.cpuUsage();
  new RegExp(source, flags).test(attack);
  const { user, system } = process.cpuUsage(before);
  return user + system > SLOW;
}
/** Microseconds. An attack that works takes seconds. */
const SLOW = 300_000;

/** On its own line, or in the comment right above. */
const isMarked = (lines: readonly string[], line: number): boolean =>
  [line - 1, line - 2].some((at) => BOUNDED.test(lines[at] ?? ""));

const readLines = (file: string): string[] => readFileSync(file, "utf8").split("\n");

function readCache(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(CACHE, "utf8"));
  } catch {
    return {};
  }
}
