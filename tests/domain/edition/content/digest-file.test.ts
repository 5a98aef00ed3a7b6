import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIGEST_MOST, parseDigest } from "#domain/edition/content/digest-file.ts";

const parsed = (text: string) => {
  const outcome = parseDigest(text);
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return { paragraphs: outcome.value.paragraphs, headlines: outcome.value.headlines.map(({ title }) => title) };
};

describe("a digest file", () => {
  it.each([
    ["the usual", "One.\nTwo.\n\n\nA\nB\n\n\n"],
    ["line ends of Windows", "One.\r\nTwo.\r\n\r\nA\r\nB\r\n"],
    ["line ends of old Macs", "One.\rTwo.\r\rA\rB"],
    ["a byte order mark", "\uFEFFOne.\nTwo.\n\nA\nB"],
    ["blank lines between headlines", "One.\nTwo.\n\nA\n\n\nB\n"],
    ["blank lines before the lead", "\n\nOne.\nTwo.\n\nA\nB"],
    ["white space at the ends of lines", "One. \nTwo.\t\n \t\nA  \nB "],
  ])("is read with %s", (_, text) => {
    expect(parsed(text)).toEqual({ paragraphs: ["One.", "Two."], headlines: ["A", "B"] });
  });

  it("keeps every character of its lines", () => {
    const odd = "  “Quoted” – €90 {{x}} <b> & it’s\u00a0so \u202bעברית\u202c 👍🏽";
    expect(parsed(`${odd}\n\n${odd}!`)).toEqual({ paragraphs: [odd], headlines: [`${odd}!`] });
  });

  it("keeps any text, line by line", () => {
    const letters = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map((raw) => raw.trimEnd());
    const written = letters.filter((raw) => raw.trim() !== "" && !/[\r\n\0\uFEFF\uFFFD]/.test(raw));
    const lines = fc.array(written, { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(lines, lines, (paragraphs, headlines) => {
        expect(parsed(`${paragraphs.join("\n")}\n\n${headlines.join("\n")}\n`)).toEqual({ paragraphs, headlines });
      }),
    );
  });

  it("says in which line a headline stands", () => {
    const outcome = parseDigest("P\n\n\nA\n\nB");
    expect(outcome.ok && outcome.value.headlines).toEqual([
      { line: 4, title: "A" },
      { line: 6, title: "B" },
    ]);
  });

  it.each([
    ["nothing", "", /empty/],
    ["blank lines only", " \n\n", /empty/],
    ["no headlines", "One.\nTwo.\n", /line 2/],
    ["no headlines after blank lines", "\nOne.\n\n\n", /line 2/],
    ["too many headlines", `P\n\n${"A\n".repeat(201)}`, /Line 203/],
    ["a headline without end", `P\n\nA\n${"a".repeat(501)}`, /line 4/],
    ["too much", `P\n\n${"ü".repeat(DIGEST_MOST)}`, /at most 100,000/],
    ["binary data", "P\n\nA\0B", /plain text/],
    ["another encoding", "P\n\nCaf\uFFFD", /UTF-8/],
  ])("with %s is refused with what is wrong and where", (_, text, says) => {
    const outcome = parseDigest(text);
    expect(outcome).toMatchObject({ ok: false, fault: { code: "bad-request", message: expect.stringMatching(says) } });
  });
});
