import { stripTypeScriptTypes } from "node:module";
import { parse } from "acorn";

/** `lines`: from its first to its last; `own`: without those of the functions in it. */
type Measured = { readonly file: string; readonly name: string; readonly lines: number; readonly own: number };

type Node = { readonly type: string; readonly loc?: { start: { line: number }; end: { line: number } } };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

const nameIn = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string"
    ? value.name
    : undefined;

/** What a node names: itself, its variable, or its property. */
const nameOf = (node: Node): string | undefined =>
  ["id", "key"].map((field) => nameIn(Object.entries(node).find(([key]) => key === field)?.[1])).find(Boolean);

/** Every function of a file, the inner ones first. */
export function functionsIn(file: string, text: string): Measured[] {
  const code = file.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
  const found: Measured[] = [];
  /** Adds the functions in a value, and gives how many lines the outermost of them take. */
  function measure(value: unknown, name: string): number {
    if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + measure(one, name), 0);
    if (!isNode(value)) return 0;
    const named = nameOf(value) ?? name;
    const inner = Object.values(value).reduce((sum: number, one) => sum + measure(one, named), 0);
    if (!/Function/.test(value.type) || value.loc === undefined) return inner;
    const lines = value.loc.end.line - value.loc.start.line + 1;
    found.push({ file, name: named, lines, own: lines - inner });
    return lines;
  }
  measure(parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true, allowHashBang: true }), "?");
  return found;
}
