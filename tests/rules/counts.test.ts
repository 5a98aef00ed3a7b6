import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { counted } from "#domain/counted.ts";

/** Numbers beside nouns: none, one and thousands of something are all written as a person would write them. */

const nouns =
  "articles|batches|bytes|calls|candidates|characters|days|decisions|deliveries|doubles|editions|editors|emails|entries|functions|groups|headlines|hours|invocations|items|lines|mails|messages|minutes|paragraphs|people|pixels|polls|readers|recipients|results|rows|seconds|sources|stories|subscribers|times|words";
/** A value in a template before a plural noun. */
const valueAndNoun = new RegExp(String.raw`\$\{((?:[^{}]|\{[^{}]*\})*)\} (?:[a-z]+ )?(?:${nouns})\b`, "g");

/** The code before asks whether it is one, or the value is a limit that never is. */
const isNeverOne = (before: string, value: string): boolean =>
  /=== 1 \?|> 1\b|\bone\s+\?/.test(before.slice(-180) + value) ||
  /^(?:[A-Z][A-Z_]*(?: \/ [\d_A-Z]+)?|limits\.\w+|(?:ms|timeout) \/ 1000)$/.test(value);

/** Other values that are never one, by file, and why. */
const neverOne: Readonly<Record<string, readonly string[]>> = {
  // A name and its number of editions come before the word, not a count of it.
  "cli/sources/sources.ts": ["source.title"],
  "functions/desk/routes/newsroom.ts": ["renamed.value.source.title"],
  // Days from two on; hours and minutes before.
  "cli/editions/approve.ts": ["Math.round(minutes / 1440)"],
  "functions/desk/browser/live.ts": ["Math.floor(minutes / 1440)"],
  "functions/desk/parts/words.ts": ["Math.round(minutes / 1440)"],
  "domain/edition/choosing/scoring/score.ts": [
    "Math.round(minutes / 1440)",
    "Math.round(hours)",
    "Math.round(hours / 24)",
    // Those of a story with several sources, of a subject with several articles, of a text with several paragraphs.
    "count(sources.length)",
    "count(subject.articles)",
    "count(body.length).toLowerCase()",
  ],
  // More than several minutes, dozens of batches, thousands of bytes.
  "domain/doctor/diagnose-account.ts": ["Math.round(Math.abs(clockOffset) / 60_000)"],
  "functions/desk/office/sending/cohorts.ts": ["number(cohorts.length)"],
  "functions/desk/office/sending/sending.ts": ["number(edition.bytes.html)", "number(edition.bytes.text)"],
  "functions/desk/views/edition/edition-inbox.ts": ["number(bytes.html)", "number(bytes.text)"],
  // Settings and limits.
  "cli/setup/production-access.ts": ["number(daily)"],
  "cli/system/cost.ts": ["size"],
  "domain/doctor/diagnose-system.ts": ["seconds"],
  "domain/edition/content/picture-size.ts": ["height", "width"],
  "functions/desk/views/edition/preview.ts": ["cut.preheader"],
  "local/host/lambda-api.ts": ["limit"],
  "local/host/invoker.ts": ["seconds.toFixed(2)"],
  "local/samples/bring.ts": ["outletIds.length", "added", "reports.reduce((sum, report) => sum + report.fresh, 0)"],
  "usecases/delivery/freeze/dispatch.ts": ["groups"],
  // None and one of them are answered before.
  "usecases/delivery/operate/resolve.ts": ["named.length"],
};

const countsIn = (source: string, known: readonly string[] = []): string[] =>
  [...source.matchAll(valueAndNoun)].flatMap(({ 1: value = "", index }) =>
    isNeverOne(source.slice(0, index), value) || known.includes(value) ? [] : [value],
  );

describe("counts in texts", () => {
  test("have a noun that agrees", () => {
    const files = globSync("{adapters,cli,domain,functions,infra,local,templates,usecases}/**/*.ts").toSorted();
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) =>
      countsIn(readFileSync(file, "utf8"), neverOne[file]).map((value) => `${file}: ${value}`),
    );
    expect(found).toEqual([]);
  });

  test("are found where a noun can't agree", () => {
    expect(countsIn(`\`SES allows \${quota} recipients\``)).toEqual(["quota"]);
    expect(countsIn(`\`\${rows.reduce((sum, { n }) => sum + n, 0)} new articles\``)).toHaveLength(1);
    expect(countsIn(`n === 1 ? "1 reader" : \`\${n} readers\``)).toEqual([]);
    expect(countsIn(`\`at most \${MOST_FIELDS} words\``)).toEqual([]);
  });

  test.each([
    [0, "0 readers"],
    [1, "1 reader"],
    [2, "2 readers"],
    [1000, "1,000 readers"],
    [1_234_567, "1,234,567 readers"],
  ])("%i", (n, text) => {
    expect(counted(n, "reader")).toBe(text);
  });

  test("take a plural of their own", () => {
    expect([1, 2].map((n) => counted(n, "delivery needs", "deliveries need"))).toEqual([
      "1 delivery needs",
      "2 deliveries need",
    ]);
  });
});
