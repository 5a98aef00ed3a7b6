import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { beginningOf, excerptOf, textName, wholeOf } from "#domain/article/excerpt.ts";
import { makeEdition } from "#domain/edition/content/make.ts";
import { bodyOf } from "#domain/edition/content/paragraphs.ts";
import { summaryOf } from "#domain/edition/content/summary.ts";
import { article, articles, id, ingredients } from "../../testing/editions/edition-fixtures.ts";

const long = (n: number, times = 60) =>
  `Paragraph ${n} tells what happened at the harbour, at length. `.repeat(times).trim();
const text = (count: number) => Array.from({ length: count }, (_, n) => long(n));

describe("an excerpt", () => {
  test("has the beginnings of three paragraphs, and which of the others say something", () => {
    const whole = article(1, { title: "The harbour", paragraphs: [...text(4), "The harbour", long(9)] });
    const { paragraphs, text: name, ...rest } = excerptOf(whole);
    expect(paragraphs.map(({ length }) => length)).toEqual([441, 250, 250, 1, 0, 1]);
    expect(name).toBe(textName(whole.paragraphs));
    expect(rest).toEqual({ ...whole, paragraphs: undefined });
    expect(wholeOf(excerptOf(whole), whole.paragraphs)).toEqual(whole);
  });

  test("of a short text is the whole article", () => {
    const short = article(1, { paragraphs: ["One.", "Two.", "x".repeat(1100), "Four."] });
    expect(excerptOf(short)).toBe(short);
  });

  test("is made once", () => {
    const once = excerptOf(article(1, { paragraphs: text(5) }));
    expect(excerptOf(once)).toBe(once);
  });

  test("cuts no character in half", () => {
    const paragraphs = [`${"a".repeat(440)}🐺${"b".repeat(3000)}`, `${"a".repeat(249)}🐺`];
    const [first = "", second = ""] = excerptOf(article(1, { paragraphs })).paragraphs;
    expect([first.isWellFormed(), second.isWellFormed()]).toEqual([true, true]);
    expect(beginningOf(`${"a".repeat(249)}🐺b`)).toBe(`${"a".repeat(249)}🐺`);
  });
});

describe("choosing finds the same in excerpts as in whole texts", () => {
  const sentence = fc
    .array(fc.constantFrom("harbour", "Mayor", "Zürich", "🐺", "flood.", "said:", "Dr.", "2026", "(Wire) —"), {
      minLength: 1,
      maxLength: 120,
    })
    .map((words) => words.join(" "));
  const title = fc.oneof(
    sentence.map((one) => one.slice(0, 300)),
    fc.constant("The harbour is open again"),
  );
  const news = fc
    .record({
      title,
      summary: fc.oneof(fc.constant(""), sentence),
      own: fc.array(sentence, { maxLength: 12 }),
      wire: fc.nat(3),
    })
    .map(({ title, summary, own, wire }) => ({
      title,
      summary,
      // Some print the same wire copy, some repeat their headline as the text.
      paragraphs: [
        ...(wire === 1 ? text(3) : []),
        ...(wire === 2 ? [title] : []),
        ...own,
        ...(wire === 3 ? [title] : []),
      ],
    }));

  test("the summary, the number of paragraphs and the beginning", () => {
    fc.assert(
      fc.property(news, (over) => {
        const whole = article(1, over);
        const excerpt = excerptOf(whole);
        expect(summaryOf(excerpt)).toBe(summaryOf(whole));
        expect(bodyOf(excerpt)).toHaveLength(bodyOf(whole).length);
        expect(excerpt.paragraphs).toHaveLength(whole.paragraphs.length);
        const [[one = ""], [other = ""]] = [bodyOf(excerpt), bodyOf(whole)];
        if (bodyOf(whole).length > 0 && whole.paragraphs.slice(0, 3).includes(other))
          expect(beginningOf(one)).toBe(beginningOf(other));
      }),
    );
  });

  test("the same edition, letter by letter", () => {
    fc.assert(
      fc.property(fc.array(news, { minLength: 20, maxLength: 40 }), (all) => {
        const sources = ["gazette", "herald", "courier", "mercury"];
        const wholes = all.map((over, n) => article(n + 1, { ...over, sourceId: sources[n % 4] ?? "" }));
        const texts = new Map<string, Article>(wholes.map((one) => [one.id, one]));
        const textOf = ({ id }: Article) => texts.get(id)?.paragraphs ?? [];
        const made = makeEdition(ingredients({ articles: wholes }));
        expect(makeEdition(ingredients({ articles: wholes.map(excerptOf), textOf }))).toEqual(made);
      }),
      { numRuns: 40 },
    );
  });

  test("a lead shows its whole text", () => {
    const lead = article(1, { paragraphs: text(5), published: null });
    const all = [excerptOf(lead), ...articles(20).slice(1)];
    const decisions = [{ do: "pin", story: id(1), to: 0, n: 1, by: "ed", at: lead.seenAt } as const];
    const { content } = makeEdition(ingredients({ articles: all, decisions, textOf: () => lead.paragraphs }));
    expect(content.lead.paragraphs).toEqual(lead.paragraphs);
  });
});
