import { describe, expect, test } from "vitest";
import { languages } from "#domain/language.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { counted, dateLine, direction, fullDate, listed, type Plural, sentence, wordsFor } from "#templates/words.ts";
import { look, usual } from "../testing/editions/editions.ts";

/** Every string of a catalogue by its path. */
const strings = (node: object, path = ""): [string, string][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (typeof value === "string") return [[`${path}${key}`, value]];
    return typeof value === "object" && value !== null ? strings(value, `${path}${key}.`) : [];
  });

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const plurals = ["more", "headlines", "rest", "others", "stories", "minutes"] as const;
const english = new Map(strings(wordsFor("en")));

describe.each(languages)("the words in %s", (language) => {
  const words = wordsFor(language);

  test("say everything, and put in the same names as in English", () => {
    const own = new Map(strings(words));
    for (const [path, text] of english) {
      if (path.startsWith("reason") || !/\.(one|two|few|many|zero)$/.test(path)) {
        expect(own.get(path), path).toBeDefined();
        // A sentence may leave a name out, never ask for one that English does not have.
        for (const place of places(own.get(path) ?? "")) expect(places(text), path).toContain(place);
      }
    }
    for (const [path, text] of own) expect(text.trim(), path).not.toBe("");
  });

  test("are not English left as it was", () => {
    if (language === "en") return;
    // "Newsletters", French "minutes" and Spanish "no" are the same words.
    const alike = /^newsletters$|^minutes\.other$|^worth\.no$/;
    const same = strings(words).filter(([path, text]) => english.get(path) === text && !alike.test(path));
    expect(same).toEqual([]);
  });

  test.each(plurals)("have exactly the plural forms of %s that the language has", (name) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    expect(Object.keys(words[name]).sort()).toEqual([...forms].sort());
  });

  test("are set as the language sets them", () => {
    for (const [path, text] of strings(words)) {
      expect(text, path).not.toMatch(/['"]|\.\.\.| {2}| [,.;:!?»]/);
      if (language === "fr") expect(text, path).not.toMatch(/[^\u00a0\u202f][:;!?»]|«[^\u00a0\u202f]/);
      if (language === "de") expect(text, path).not.toMatch(/[“«]\p{L}/u);
      if (language === "es") expect(text.match(/[¿¡]/g)?.length ?? 0, path).toBe(text.match(/[?!]/g)?.length ?? 0);
      if (language === "ar") expect(text, path).not.toMatch(/[,;?]/);
    }
  });

  test.each(plurals)("count %s in each plural form the language has", (name) => {
    const plural: Plural = words[name];
    for (const n of [1, 2, 3, 11, 17, 100, 1_000_000]) {
      const said = counted(language, plural, n);
      expect(said).not.toMatch(/[{}]/);
      const usesOther = plural[new Intl.PluralRules(language).select(n)] === undefined;
      if (usesOther) expect(said).toContain(new Intl.NumberFormat(language).format(n));
    }
  });

  test("make a whole email, dated in the language", () => {
    const { html, text } = renderDigest(usual, { ...look, language });
    expect(html).toContain(fullDate(language, usual.date));
    for (const part of [html, text]) {
      expect(part).toContain(dateLine(language, usual.date));
      expect(part).toContain(words.unsubscribe);
    }
    expect(html).toContain(`<html lang="${language}" dir="${direction(language)}"`);
  });
});

describe("numbers", () => {
  test.each([
    ["en", 1, "One headline"],
    ["en", 17, "17 headlines"],
    ["fr", 1_000_000, "1\u202f000\u202f000 de titres"],
    ["es", 2_000_000, "2.000.000 de titulares"],
    ["he", 2, "שתי כותרות"],
    ["ar", 2, "عنوانان"],
    ["ar", 3, "3 عناوين"],
    ["ar", 11, "11 عنوانًا"],
    ["ar", 100, "100 عنوان"],
  ])("in %s of %i: %s", (language, n, said) => {
    expect(counted(language, wordsFor(language).headlines, n)).toBe(said);
  });
});

describe("languages", () => {
  test.each([
    ["en", "ltr"],
    ["pt-BR", "ltr"],
    ["ar-EG", "rtl"],
    ["he", "rtl"],
    ["fa", "rtl"],
    ["ur-PK", "rtl"],
    ["az-Arab", "rtl"],
    ["ar-Latn", "ltr"],
    ["zh-Hant", "ltr"],
  ])("%s is written %s", (language, dir) => {
    expect(direction(language)).toBe(dir);
  });

  test("a region's words are its language's, and a language without words speaks English", () => {
    expect(wordsFor("pt-BR")).toBe(wordsFor("pt"));
    expect(wordsFor("ja")).toBe(wordsFor("en"));
  });

  test("dates are calendar dates: no zone moves them", () => {
    expect(fullDate("en-GB", "2026-11-23")).toMatch(/^Monday,? 23 November 2026$/);
    expect(fullDate("de", "2026-01-01")).toBe("Donnerstag, 1. Januar 2026");
    expect(fullDate("fr", "2026-12-31")).toBe("jeudi 31 décembre 2026");
  });

  test.each([
    ["fr", "Jeudi 31 décembre 2026"],
    ["es", "Jueves, 31 de diciembre de 2026"],
    ["pt", "Quinta-feira, 31 de dezembro de 2026"],
    ["de", "Donnerstag, 31. Dezember 2026"],
  ])("a date that stands alone begins with a capital: %s", (language, said) => {
    expect(dateLine(language, "2026-12-31")).toBe(said);
  });

  test("names are isolated from the words around them", () => {
    const names = listed("en", [
      { text: "A", isolated: true },
      { text: "B", isolated: true },
    ]);
    expect(sentence("also in {names}", { names })).toEqual([
      { text: "also in ", isolated: false },
      { text: "A", isolated: true },
      { text: " and ", isolated: false },
      { text: "B", isolated: true },
    ]);
  });
});
