import { globSync, readFileSync } from "node:fs";
import { root } from "../bundling/esbuild-options.ts";

/** A field of a schema with the comment above it. */
// bounded: our own schemas
const commented = /^( *)(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n +(\w+): (?=[A-Z]\w*[.,]|z\b)/gm;
/** A field of a schema, on any line. */
const field = /\b(\w+): (?=[A-Z]\w*\b[.,)} ]|z\b)/g;

/**
 * The comments of the config's fields by name, from its schemas, because TypeScript drops them from derived types.
 * Names of several fields are left out, because a comment could be wrong for the other field.
 */
export function fieldComments(): ReadonlyMap<string, string> {
  const files = ["domain/config.ts", ...globSync("domain/config/*.ts", { cwd: root })];
  const text = files.map((file) => readFileSync(`${root}${file}`, "utf8")).join("\n");
  const names = [...text.matchAll(field)].map(([, name = ""]) => name);
  const isOnlyOne = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
  const found = [...text.matchAll(commented)].filter(([, , , name = ""]) => isOnlyOne(name));
  return new Map(
    found.map(([, indent = "", comment = "", name = ""]) => [name, comment.replaceAll(`\n${indent}`, "\n")]),
  );
}

/** Adds the comments above their fields in a declaration file. */
export function withFieldComments(types: string, comments: ReadonlyMap<string, string>): string {
  return types.replaceAll(/^( +)(\w+): z\./gm, (line, indent: string, name: string) => {
    const comment = comments.get(name);
    return comment === undefined ? line : `${indent}${comment.replaceAll("\n", `\n${indent}`)}\n${line}`;
  });
}
