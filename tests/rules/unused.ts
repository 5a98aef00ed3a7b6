import { posix } from "node:path";

/** A file's text by its path. */
export type Files = ReadonlyMap<string, string>;

type Use = { readonly file: string; readonly name: string };
/** Who uses a module, and which name of it; `*` takes all of them. */
type Uses = ReadonlyMap<string, readonly Use[]>;

const statement = /^(?:import|export)\s+(?:type\s+)?([^;"'()]*?)\s*from\s+["']([#.][^"']+)["']/gm;
const wholeModule = /\bimport\(\s*(?:new URL\()?["']([#.][^"']+)["']|^import ["']([#.][^"']+)["']/gm;
const declared =
  /^export (?:async )?(?:const|function\*?|class|type|interface|let) (\w+)|^export (?:type )?\{([^}]*)\}/gm;

const resolve = (file: string, spec: string): string =>
  spec.startsWith("#") ? spec.slice(1) : posix.join(posix.dirname(file), spec);

const namesIn = (list: string, which: "before as" | "after as"): string[] =>
  list
    .split(",")
    .map((one) => one.trim().replace(/^type\s+/, ""))
    .filter((one) => one !== "")
    .map((one) => one.split(/\s+as\s+/).at(which === "before as" ? 0 : -1) ?? one);

function usesIn(files: Files): Uses {
  const uses = new Map<string, Use[]>();
  const add = (module: string, file: string, name: string) =>
    uses.set(module, [...(uses.get(module) ?? []), { file, name }]);
  for (const [file, text] of files) {
    for (const [, clause = "", spec = ""] of text.matchAll(statement)) {
      const list = /\{([\s\S]*)\}/.exec(clause)?.[1];
      for (const name of list === undefined ? ["*"] : namesIn(list, "before as")) add(resolve(file, spec), file, name);
    }
    for (const [, loaded, ran] of text.matchAll(wholeModule)) add(resolve(file, loaded ?? ran ?? ""), file, "*");
  }
  return uses;
}

const exportsOf = (text: string): string[] =>
  [...text.matchAll(declared)].flatMap(([, name, list]) => (name ? [name] : namesIn(list ?? "", "after as")));

const isTest = (file: string): boolean => file.startsWith("tests/");
const occurrences = (text: string, name: string): number => text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;

/** Each export that no other file uses, as `file name`. */
export function unusedExports(files: Files): string[] {
  const uses = usesIn(files);
  return [...files].flatMap(([file, text]) => {
    const used = new Set(uses.get(file)?.map(({ name }) => name));
    return used.has("*")
      ? []
      : exportsOf(text)
          .filter((name) => !used.has(name))
          .map((name) => `${file} ${name}`);
  });
}

/** Production code that nothing but tests uses, not even its own module: its tests keep it alive. */
export function onlyTested(files: Files): string[] {
  const uses = usesIn(files);
  return [...files].flatMap(([file, text]) => {
    if (isTest(file)) return [];
    const users = (uses.get(file) ?? []).filter((use) => !isTest(use.file));
    if (users.some(({ name }) => name === "*")) return [];
    return exportsOf(text)
      .filter((name) => !users.some((use) => use.name === name) && occurrences(text, name) === 1)
      .map((name) => `${file} ${name}`);
  });
}

/**
 * Exports of production code that only tests of other modules use, which shouldn't know its internals. @param isAbout
 * whether a test is about a module
 */
export function exportedForOthers(files: Files, isAbout: (test: string, module: string) => boolean): string[] {
  const uses = usesIn(files);
  return [...files].flatMap(([file, text]) => {
    const users = uses.get(file) ?? [];
    if (isTest(file) || users.some(({ name }) => name === "*")) return [];
    return exportsOf(text)
      .map((name) => ({ name, by: users.filter((use) => use.name === name).map((use) => use.file) }))
      .filter(({ by }) => by.length > 0 && by.every(isTest) && !by.some((test) => isAbout(test, file)))
      .map(({ name }) => `${file} ${name}`);
  });
}

/** Files that no other one loads. @param isStarted whether something besides an import starts it */
export function unusedFiles(files: Files, isStarted: (file: string) => boolean): string[] {
  const uses = usesIn(files);
  return [...files.keys()].filter((file) => !uses.has(file) && !isStarted(file));
}
