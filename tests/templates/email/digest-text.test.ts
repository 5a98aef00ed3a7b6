import { describe, expect, test } from "vitest";
import { fill, readerValues, renderDigest } from "#templates/email/digest.ts";
import { columns, wrap } from "#templates/text/wrap.ts";
import { parse, visibleText } from "../../testing/dom.ts";
import { arabic, arabicLook, editions, look, plain, usual } from "../../testing/editions/editions.ts";

const values = readerValues({ unsubscribeUrl: `https://news.example/unsubscribe/${"t".repeat(85)}` });

describe.each(Object.entries(editions))("the text part of the edition: %s", (name, { content, look }) => {
  const email = fill(renderDigest(content, look), values);
  const lines = email.text.split("\n");

  test("B38: has lines of at most 78 columns, except for addresses, which are whole on a line of their own", () => {
    for (const line of lines.filter((line) => columns(line) > 78)) expect(line).toMatch(/^\s*\S*https?:\/\/\S+$/);
    expect(lines).toContain(values.unsubscribe);
    expect(lines).toContain(look.archiveUrl);
    expect(lines).toContain(look.editionUrl);
  });

  test("B33, B37, B38: has neither tags nor entities nor fillers, and no white space at a line's end", () => {
    if (name !== "hostile") expect(email.text).not.toMatch(/<\/?[a-z]|&\w+;|\{\{|\}\}/i);
    expect(email.text).not.toMatch(/\u2007|\uFEFF|\u034F|\t| $/m);
    expect(email.text).not.toMatch(/\n{3,}/);
    expect(email.text.endsWith("\n")).toBe(true);
  });

  test("B37, B39: says what the HTML shows, in its order", () => {
    const html = tokens(visibleText(parse(email.html)));
    const text = tokens(
      email.text.replaceAll(
        /^\s*\d+\.\s|https?:\/\/(news|gull|gazette|dakhil|moewe|mouette)\.example\S*|^[-=]+$/gm,
        " ",
      ),
    );
    expect(inCommon(html, text) / Math.max(html.length, text.length)).toBeGreaterThanOrEqual(0.95);
  });
});

/** Words as they are read: no marks of direction, no punctuation that only one part has. */
const tokens = (text: string): string[] =>
  text.replaceAll(/[\u2066-\u2069\u202A-\u202E\u200B]/g, "").match(/[\p{L}\p{N}\p{M}’'.-]+/gu) ?? [];

/** The length of the longest common sequence. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [i, other] of b.entries()) {
      next.push(word === other ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const joined = (text: string) => text.replace(/\s+/g, " ");

describe("what a person reads", () => {
  const { text } = fill(renderDigest(usual, look), values);

  test("begins with the newsletter's name and the date", () => {
    expect(text).toMatch(
      /^The Daily Broadsheet\nMonday,? 23 November 2026\n18 stories · 2 minutes\n=+\n\nHarbour Gazette\n/,
    );
  });

  test("B20, B38: has every paragraph and every headline, whole, and numbers the headlines", () => {
    for (const paragraph of usual.lead.paragraphs) expect(joined(text)).toContain(paragraph);
    for (const [i, { title }] of usual.headlines.entries()) expect(joined(text)).toContain(` ${i + 1}. ${title} `);
    const numbers = Array.from(text.matchAll(/^ ?(\d+)\. /gm), ([, number]) => Number(number));
    expect(numbers).toEqual(usual.headlines.map((_, i) => i + 1));
  });

  test("puts a headline's sources and its address below it, set in", () => {
    expect(text).toContain(
      " 3. Rail union and operator agree on a four-day timetable trial\n" +
        "    The Gull · also in Harbour Gazette, Inland Post, Union Review and 3\n" +
        "    others\n" +
        "    https://gull.example/2026/11/23/story-3?edition=morning&page=3\n",
    );
  });

  test("ends with where to subscribe, for someone it was forwarded to", () => {
    const { text, html } = renderDigest(usual, look);
    expect(text).toContain(`Forwarded to you? Subscribe:\n${look.archiveUrl}/subscribe\n`);
    expect(html).toContain(`href="${look.archiveUrl}/subscribe"`);
  });

  test("of a plain digest is its letters, without addresses that do not exist", () => {
    const { text } = fill(renderDigest(plain, look), values);
    for (const paragraph of plain.lead.paragraphs) expect(joined(text)).toContain(paragraph);
    for (const { title } of plain.headlines) expect(joined(text)).toContain(title);
    expect(text.match(/https?:/g)).toHaveLength(5);
  });

  test("sets Latin names apart in an Arabic edition", () => {
    expect(renderDigest(arabic, arabicLook).text).toContain("\u2068Harbour Gazette\u2069");
  });
});

test("B31: braces without a space between them are broken between, never within, their placeholders", () => {
  const braces = (n: number) => "a{{{}}}\\{".repeat(n);
  for (let n = 1; n < 20; n++) {
    const lead = { ...usual.lead, title: braces(n), paragraphs: [`${"x".repeat(n)}${braces(20)}`] };
    const { text } = renderDigest({ ...usual, lead }, look);
    expect(text.replace(/\{\{\w+\}\}/g, "")).not.toMatch(/[{}]/);
  }
});

describe("breaking lines", () => {
  test.each<[string, string, number, string[]]>([
    ["at spaces", "one two three four", 9, ["one two", "three", "four"]],
    ["not where all fits", "one two", 7, ["one two"]],
    ["nothing of nothing", "", 10, []],
    ["a word that is too long between its letters", "abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["Chinese by its columns", "中文中文中文", 8, ["中文中文", "中文"]],
    [
      "an address never",
      "see https://example.org/a/long/path now",
      12,
      ["see", "https://example.org/a/long/path", "now"],
    ],
    ["an emoji never", "👩‍🚒👩‍🚒👩‍🚒", 4, ["👩‍🚒👩‍🚒", "👩‍🚒"]],
  ])("%s", (_, text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test("keeps spaces within a line as they are", () => {
    expect(wrap("two  spaces", 20)).toEqual(["two  spaces"]);
  });

  test.each([
    ["abc", 3],
    ["中文", 4],
    ["é", 1],
    ["e\u0301", 1],
    ["👩‍🚒", 2],
    ["\u2068ab\u2069", 2],
  ])("%s takes %i columns", (text, wide) => {
    expect(columns(text)).toBe(wide);
  });
});
