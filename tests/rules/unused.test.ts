import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { roomsOfTheirOwn, subjectOf } from "./tests/test-places.ts";
import { exportedForOthers, type Files, onlyTested, unusedExports, unusedFiles } from "./unused.ts";

const rooms = "{domain,usecases,adapters,functions,templates,cli,local,infra,bench,tests}";
const files: Files = new Map(
  globSync([`${rooms}/**/*.{ts,js}`, "*.config.ts"], { exclude: ["**/compiled/**", "**/*.d.ts"] }).map((file) => [
    file,
    readFileSync(file, "utf8"),
  ]),
);
const { dependencies, devDependencies, ...rest } = z
  .looseObject({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    scripts: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const scripts = Object.values(rest.scripts).join("\n");
const configs: Files = new Map([
  ["package.json", scripts],
  ["cdk.json", readFileSync("cdk.json", "utf8")],
]);

/** A test of that name or of its folder, or what tests of many modules share. */
function isAbout(file: string, module: string): boolean {
  const room = file.split("/")[1] ?? "";
  if (!file.endsWith(".test.ts") || room in roomsOfTheirOwn) return true;
  const subject = subjectOf(file) ?? "";
  return (
    subject === module || posix.dirname(module).startsWith(subject) || posix.dirname(subject) === posix.dirname(module)
  );
}

/** Whether it is started by Lambda, Node or vitest, or loaded by a computed name; then another file has its path. */
const isStarted = (file: string): boolean =>
  /\.test\.ts$|\.config\.ts$|\/handler\.ts$/.test(file) ||
  [...files, ...configs].some(
    ([other, text]) =>
      other !== file &&
      (text.includes(file.split("/").slice(-2).join("/")) || text.includes(`"./${posix.basename(file)}"`)),
  );

/** Modules whose exports are used from outside the repository's own imports, each with who uses them. */
const usedElsewhere: Readonly<Record<string, string>> = {
  "infra/package/index.ts": "anyone who installs the package",
  "infra/bundling/config-data.js": "bundles, in place of the config",
};

/** Packages that are run under another name. */
const commands: Readonly<Record<string, string>> = { "aws-cdk": "cdk" };

/** Whether some file names a package; one of types goes by what it types. */
function isNamed(name: string): boolean {
  const used = name.startsWith("@fontsource/") ? name.split("/")[1] : (commands[name] ?? name.replace("@types/", ""));
  const asWord = new RegExp(`(?:^|["'\\s/])${used}["'\\s/:]`, "m");
  return [...files.values(), scripts].some((text) => asWord.test(text));
}

const sample = (texts: Record<string, string>): Files => new Map(Object.entries(texts));

describe("code that nothing uses", () => {
  test("there is no export that no other file uses", () => {
    expect(files.size).toBeGreaterThan(1000);
    expect(unusedExports(files).filter((one) => !((one.split(" ")[0] ?? "") in usedElsewhere))).toEqual([]);
  });

  test("there is no code that only its tests keep alive; the adapters in memory are there for tests", () => {
    expect(onlyTested(files).filter((one) => !/^(adapters\/memory|bench|infra\/package)\//.test(one))).toEqual([]);
  });

  test("what is exported for tests is for those of its own module; any may use the simulator's events", () => {
    expect(exportedForOthers(files, isAbout).filter((one) => !one.startsWith("local/"))).toEqual([]);
  });

  test("there is no file that nothing loads", () => {
    expect(unusedFiles(files, isStarted)).toEqual([]);
  });

  test("there is no package that nothing loads or runs", () => {
    const names = Object.keys({ ...dependencies, ...devDependencies });
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !isNamed(name))).toEqual([]);
  });
});

describe("the search for it", () => {
  const used = { "domain/a.ts": "export const one = 1;", "domain/b.ts": 'import { one } from "./a.ts";' };

  test("takes an import by name, of a whole module, and by import()", () => {
    expect(unusedExports(sample(used))).toEqual([]);
    for (const text of ['import * as a from "#domain/a.ts";', 'const a = await import("./a.ts");']) {
      expect(unusedExports(sample({ ...used, "domain/b.ts": text }))).toEqual([]);
    }
  });

  test("finds an export that no one imports, also under another name and as a type", () => {
    const more = "const two = 2;\nexport { two as second };\nexport type Three = 3;\nexport async function four() {}";
    expect(unusedExports(sample({ ...used, "domain/c.ts": more }))).toEqual([
      "domain/c.ts second",
      "domain/c.ts Three",
      "domain/c.ts four",
    ]);
  });

  test("finds what only a test uses, but not where its module does", () => {
    const tested = {
      "domain/a.ts": "export const dead = 1;\nexport const part = 2;\nexport const whole = part + 1;",
      "domain/b.ts": 'import { whole } from "./a.ts";',
      "tests/domain/a.test.ts": 'import { dead, part } from "#domain/a.ts";',
    };
    expect(onlyTested(sample(tested))).toEqual(["domain/a.ts dead"]);
    expect(exportedForOthers(sample(tested), () => true)).toEqual([]);
    expect(exportedForOthers(sample(tested), () => false)).toEqual(["domain/a.ts dead", "domain/a.ts part"]);
  });

  test("finds a file that nothing loads", () => {
    expect(unusedFiles(sample(used), (file) => file === "domain/b.ts")).toEqual([]);
    expect(unusedFiles(sample(used), () => false)).toEqual(["domain/b.ts"]);
  });
});
