import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { proseOf, scanSource } from "./plain-english/scan.ts";
import { commands, fileNames, isPlain, keptNames, nameWords, phrases, type Rule } from "./plain-english/words.ts";

const rooms = "{adapters,bench,cli,domain,functions,infra,local,templates,usecases}";
/** Compiled files are made from others; the samples are newspaper stories, the word lists and catalogues are data. */
const isLeftOut = (file: string) =>
  /\/compiled\/|^local\/samples\/(?:barrier|first|second|outlets)\.ts$|^templates\/words\/(?!en\.|catalogue)|common-words\.ts$/.test(
    file,
  );
const sources = globSync(`${rooms}/**/*.{ts,js}`)
  .filter((file) => !isLeftOut(file))
  .toSorted();
const documents = globSync(["*.md", "docs/**/*.md"]).toSorted();

type Found = { file: string; line: number; text: string };

const linesOf = (found: readonly Found[]): string[] => found.map(({ file, line, text }) => `${file}:${line} ${text}`);

/** What breaks a rule in a text that begins on a line of a file. */
function wordsIn(
  text: string,
  file: string,
  line: number,
  rules: readonly Rule[] = [...phrases, ...commands],
): Found[] {
  return rules.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)]
      .filter(({ index }) => !isPlain(text, index))
      .map((match) => ({
        file,
        line: line + text.slice(0, match.index).split("\n").length - 1,
        text: `"${match[0]}" → ${instead}`,
      })),
  );
}

const pieces = sources.flatMap((file) => scanSource(readFileSync(file, "utf8")).map((piece) => ({ ...piece, file })));

describe("plain English", () => {
  test("in texts: pages, messages, help, emails, logs, alarms", () => {
    // A word alone is a key or a value of the code, not a text that a person reads.
    const texts = pieces.filter(({ kind, text }) => kind === "text" && /\s/.test(text));
    expect(texts.length).toBeGreaterThan(2_000);
    expect(linesOf(texts.flatMap(({ text, file, line }) => wordsIn(text, file, line)))).toEqual([]);
  });

  test("in documents", () => {
    const found = documents.flatMap((file) => [
      ...wordsIn(proseOf(readFileSync(file, "utf8")), file, 1, phrases),
      ...wordsIn(readFileSync(file, "utf8"), file, 1, commands),
    ]);
    expect(linesOf(found)).toEqual([]);
  });

  test("in comments", () => {
    const comments = pieces.filter(({ kind }) => kind === "comment");
    expect(linesOf(comments.flatMap(({ text, file, line }) => wordsIn(text, file, line)))).toEqual([]);
  });

  test("in the tests: their names and comments", () => {
    const found = globSync("tests/**/*.ts")
      .filter((file) => !file.includes("plain-english"))
      .toSorted()
      .flatMap((file) => {
        const source = readFileSync(file, "utf8");
        const lines = source.split("\n");
        return scanSource(source)
          .filter(({ kind, line }) => kind === "comment" || (kind === "text" && isTestName(lines, line)))
          .flatMap(({ text, line }) => wordsIn(text, file, line));
      });
    expect(linesOf(found)).toEqual([]);
  });

  test("in the names of the code", () => {
    const found = pieces
      .filter(({ kind }) => kind === "code")
      .flatMap(({ text, file, line }) =>
        [...text.matchAll(/[A-Za-z_$][\w$]*/g)].flatMap(({ 0: name, index }) => {
          const bad = wordsOf(name).find((word) => Object.hasOwn(nameWords, word));
          if (bad === undefined || keptNames[name]?.some((area) => file.startsWith(area))) return [];
          const at = line + text.slice(0, index).split("\n").length - 1;
          return [{ file, line: at, text: `${name} → ${nameWords[bad]}` }];
        }),
      );
    expect(linesOf(found)).toEqual([]);
  });

  test("in the names of files", () => {
    const found = [...sources, ...globSync("tests/**/*.ts")]
      .filter((file) => fileNames.test(basename(file).replace(/(?:\.test)?\.[a-z]+$/, "")))
      .map((file) => ({ file, line: 1, text: "has a name that does not say what it holds" }));
    expect(linesOf(found)).toEqual([]);
  });
});

/** Whether the text on this line, from 1, is the name of a test: it follows the call, or the end of its table. */
const isTestName = (lines: readonly string[], line: number): boolean =>
  /^\s*(?:describe|it|test)\b|^\s*\]\)\(|^\s*\}\)\(|\)\($/.test(lines[line - 1] ?? "") ||
  /\b(?:describe|it|test)[\w.]*\($|\)\($/.test(lines[line - 2] ?? "");

/** `askedAgain` → asked, again; `NEAR_MS` → near, ms. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[ _$]+/);

describe("the scanner", () => {
  test("tells texts, comments and code apart", () => {
    const source = [
      "// one",
      'const a = "two" + `three $[four("five", `six $[{ b: 7 }}`)} eight`; /* nine */',
      "const quote = /[\"'`/]/g; const c = d / 2; // ten",
    ]
      .join("\n")
      .replaceAll("$[", "$" + "{");
    const of = (kind: string) =>
      scanSource(source)
        .filter((piece) => piece.kind === kind)
        .map(({ text }) => text);
    expect(of("text")).toEqual(["two", "three ", "five", "six ", " eight"]);
    expect(of("comment")).toEqual(["// one", "/* nine */", "// ten"]);
    expect(of("code").join("")).toContain("four(");
    expect(scanSource(source).find(({ text }) => text === "five")?.line).toBe(2);
  });

  test.each([
    ["Ask its publisher to mend it.", "mend"],
    ["This is no feed.", "is no f"],
    ["There is no feed.", undefined],
    ["It is no longer read.", undefined],
    ["npx broadsheet up", "npx broadsheet"],
    ["npx --no-install broadsheet up", undefined],
  ])("%s", (text, word) => {
    expect(wordsIn(text, "a.ts", 1).map((found) => found.text.split('"')[1])).toEqual(word === undefined ? [] : [word]);
  });
});
