import { describe, expect, test } from "vitest";
import { typographic } from "#templates/text/typography.ts";

describe("straight quotes", () => {
  test.each([
    ["en", `FBI has 'grave concerns' about "a memo"`, "FBI has ‘grave concerns’ about “a memo”"],
    ["en", `"We don't know," she said. "It's '90s music."`, "“We don’t know,” she said. “It’s ’90s music.”"],
    ["en", `He said: "They call it 'art'"`, "He said: “They call it ‘art’”"],
    ["en", `The players' vote`, "The players’ vote"],
    ["en", `A 6'2" goalkeeper`, `A 6'2" goalkeeper`],
    ["en", `Rock 'n' roll`, "Rock ‘n’ roll"],
    ["en", `("quoted")`, "(“quoted”)"],
    ["en", `An opened " mark`, `An opened " mark`],
    ["en", "“already” curly’s", "“already” curly’s"],
    ["de", `Minister: "Das ist's" und 'so'`, "Minister: „Das ist’s“ und ‚so‘"],
    ["fr", `L'Europe dit "non"`, "L’Europe dit «\u202fnon\u202f»"],
    ["fr", "Bilan : « non » ! Pourquoi ?", "Bilan\u00a0: «\u202fnon\u202f»\u202f! Pourquoi\u202f?"],
    ["fr", "À 20 :30, rien ;-)", "À 20 :30, rien ;-)"],
    ["en", "Really ?", "Really ?"],
    ["es", `El "no" del Congreso`, "El «no» del Congreso"],
    ["pt", `O "não" do Congresso`, "O “não” do Congresso"],
    ["ar", `قال "لا" للمجلس`, "قال «لا» للمجلس"],
    ["he", `צה"ל הודיע`, "צה״ל הודיע"],
    ["he", `אמר "לא" לצ'ק`, "אמר ”לא” לצ׳ק"],
    ["en-GB", `It's "on"`, "It’s “on”"],
    ["ar", `FBI has 'grave concerns', "it's" said`, "FBI has ‘grave concerns’, “it’s” said"],
    ["fr", `אמר "לא" לצ'ק !`, "אמר ”לא” לצ׳ק !"],
    ["de", `قال "لا" للمجلس`, "قال «لا» للمجلس"],
  ])("in %s: %s", (language, text, set) => {
    expect(typographic(text, language)).toBe(set);
  });

  test("take time in proportion to the text", () => {
    const text = `"'`.repeat(100_000);
    const start = performance.now();
    typographic(text, "en");
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
