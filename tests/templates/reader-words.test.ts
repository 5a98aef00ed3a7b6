import { describe, expect, test } from "vitest";
import { chooseLanguage, languageNames, readerWordsFor } from "#templates/reader-words.ts";

/** Every string of a catalogue by its path. */
const strings = (node: object, path = ""): [string, string][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (typeof value === "string") return [[`${path}${key}`, value]];
    return typeof value === "object" && value !== null ? strings(value, `${path}${key}.`) : [];
  });

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const english = new Map(strings(readerWordsFor("en")));

describe.each(languageNames.map(({ tag }) => tag))("readers' words in %s", (language) => {
  const own = strings(readerWordsFor(language));

  test("D17: say everything, and put in the same names as in English", () => {
    expect(own.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of own) expect(places(text), path).toEqual(places(english.get(path) ?? ""));
  });

  test("are not English left as it was", () => {
    if (language === "en") return;
    const alike = /^data\.status$|^feeds$/;
    expect(own.filter(([path, text]) => english.get(path) === text && !alike.test(path))).toEqual([]);
  });

  test("are set as the language sets them", () => {
    for (const [path, text] of own) {
      const prose = text.replaceAll(/\S+@\S+|example\.com/g, "x");
      expect(prose, path).not.toMatch(/['"]|\.\.\.| {2}| [,.]/);
      if (language === "fr") expect(prose, path).not.toMatch(/[^\u00a0\u202f][:;!?]/);
      else expect(prose, path).not.toMatch(/ [:;!?]/);
      if (language === "es") expect(text.match(/[¿¡]/g)?.length ?? 0, path).toBe(text.match(/[?!]/g)?.length ?? 0);
      if (language === "ar") expect(prose, path).not.toMatch(/[,;?]/);
    }
  });
});

test("a header that is too long, broken or hostile chooses the newsletter's language", () => {
  for (const header of ["", "*", ";;;", "x".repeat(10_000), "__proto__", "toString;q=1", "de;q=0"])
    expect(chooseLanguage(undefined, header, "pt-BR")).toBe("pt-BR");
  expect(chooseLanguage(undefined, "en;q=0.1, es-419;q=0.9", "de")).toBe("es");
});
