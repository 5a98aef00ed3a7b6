import { describe, expect, test } from "vitest";
import { startsWithStandfirst } from "#domain/edition/content/standfirst.ts";
import { summaryOf } from "#domain/edition/content/summary.ts";

const article = (summary: string, paragraphs: string[] = []) => ({ title: "Ferry returns", summary, paragraphs });
const sentence = "The first boat since 2017 leaves on Friday with 140 berths.";

describe("a story's summary is", () => {
  test.each([
    ["the only sentence", article(sentence), sentence],
    ["the first of several", article(`${sentence} Fares are frozen until the spring.`), sentence],
    ["with its closing quotation mark", article(`“${sentence}” She left.`), `“${sentence}”`],
    [
      "not cut at an abbreviation",
      article("Mr. Hallam and the U.S. Navy agreed on a price. Work begins."),
      "Mr. Hallam and the U.S. Navy agreed on a price.",
    ],
    [
      "not cut in a number",
      article("The council has raised 3.4 million for the old mill. More follows."),
      "The council has raised 3.4 million for the old mill.",
    ],
    [
      "not cut inside a bracket",
      article("The Orlow line (a ferry comp. No. 3) halves its fares. More follows."),
      "The Orlow line (a ferry comp. No. 3) halves its fares.",
    ],
    [
      "of the text after a standfirst without a full stop",
      article(`Islanders had waited for years ${sentence}`, ["Islanders had waited for years", sentence]),
      sentence,
    ],
    ["of the text where the summary is cut off", article("The first boat since 2017 leaves on…", [sentence]), sentence],
    ["of the text where there is no summary", article("", [`${sentence} More.`]), sentence],
    ["none where a sentence is too long", article(`${"word ".repeat(60).trim()}. More.`), null],
    ["none where it says too little", article("Read on. It is short."), null],
    [
      "none where it repeats the headline",
      {
        ...article("Ferry returns to the northern islands after years."),
        title: "Ferry returns to the northern islands after years",
      },
      null,
    ],
    ["none of a line of the page", article("Continue reading..."), null],
    ["none without a full stop", article("In statement attributable to the director of the port"), null],
    [
      "Arabic",
      article("تغادر أول عبّارة منذ عام 2017 يوم الجمعة. الأسعار ثابتة."),
      "تغادر أول عبّارة منذ عام 2017 يوم الجمعة.",
    ],
    [
      "Spanish",
      article("El barco sale el viernes con 140 literas. ¿Y después?"),
      "El barco sale el viernes con 140 literas.",
    ],
  ])("%s", (_, given, said) => {
    expect(summaryOf(given)).toBe(said);
  });

  test("found in time in proportion to the text", () => {
    const start = performance.now();
    summaryOf(article(". A".repeat(200_000), ["(“".repeat(200_000)]));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("a standfirst", () => {
  test.each([
    [
      "is a text without a full stop before sentences",
      ["Agency raises concerns about omissions in document", "The agency said so."],
      true,
    ],
    ["is not a sentence", ["The agency raised concerns about omissions.", "The agency said so."], false],
    ["is not all there is", ["Agency raises concerns about omissions in document"], false],
    [
      "comes before sentences, not before lines of a list",
      ["Agency raises concerns about omissions", "Another line of a list"],
      false,
    ],
    ["is not a single word", ["Washington", "The agency said so."], false],
  ])("%s", (_, paragraphs, is) => {
    expect(startsWithStandfirst(paragraphs)).toBe(is);
  });
});
