import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guessLanguage, languageOf, primaryLanguage } from "#domain/article/language.ts";
import { cleanLine, cleanParagraphs, cleanTitle, cutLine, titleFromText } from "#domain/article/text.ts";

describe("a clean line", () => {
  test.each([
    ["  two \r\n words\t", "two words"],
    ["no\u0000 con\u0007trols\u009b", "no controls"],
    ["right\u202eto left\u202c and \u2066isolated\u2069", "rightto left and isolated"],
    ["zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"],
    ["la\u200dtin joi\u200cner", "latin joiner"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    [
      "family 👨\u200d👩\u200d👧 flag 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
      "family 👨\u200d👩\u200d👧 flag 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    ],
    ["hidden\u{e0061}\u{e0062} tags", "hidden tags"],
    ["lone \ud800 surrogate", "lone \ufffd surrogate"],
    ["cafe\u0301", "café"],
    ["\u200b\u2060 ", ""],
    ["heart ❤\ufe0f", "heart ❤\ufe0f"],
  ])("%j", (raw, clean) => {
    expect(cleanLine(raw)).toBe(clean);
  });

  test("is one line, without control or bidi characters, and cleaning it again changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (raw) => {
        const clean = cleanLine(raw);
        expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanLine(clean)).toBe(clean);
      }),
    );
  });
});

test("long text is cut at a word, never in a character", () => {
  expect(cutLine("one two three", 13)).toBe("one two three");
  expect(cutLine("one two three, four", 16)).toBe("one two three…");
  expect(cutLine("a".repeat(20), 10)).toBe(`${"a".repeat(9)}…`);
  expect(cutLine("😀".repeat(10), 8)).toBe("😀😀😀…");
  expect(cleanTitle("word ".repeat(5000)).length).toBeLessThanOrEqual(300);
});

test("paragraphs are bounded in number and length", () => {
  const many = cleanParagraphs(Array.from({ length: 500 }, () => "A sentence of some length. ".repeat(30)));
  expect(many.join("").length).toBeLessThanOrEqual(24_000);
  expect(cleanParagraphs([" ", "one\n two", "\u200b"])).toEqual(["one two"]);
  expect(cleanParagraphs(["x".repeat(10_000)])[0]?.length).toBeLessThanOrEqual(3000);
});

test("the beginning of a text replaces a missing title", () => {
  expect(titleFromText("The bridge opened. Thousands came.")).toBe("The bridge opened");
  expect(titleFromText("Did it open? Yes.")).toBe("Did it open?");
  expect(titleFromText("word ".repeat(60)).length).toBeLessThanOrEqual(90);
});

describe("language", () => {
  test.each([
    ["en-GB", "en"],
    ["pt_BR", "pt"],
    ["DE", "de"],
    ["", null],
    ["english", null],
    ["und", null],
  ])("%s names %s", (tag, primary) => {
    expect(primaryLanguage(tag)).toBe(primary);
  });

  test.each([
    ["The council has voted to open the bridge this week, after a long debate with residents.", "en"],
    ["Der Rat hat nach einer langen Debatte mit den Anwohnern für die Öffnung der Brücke gestimmt.", "de"],
    ["Le conseil a voté pour ouvrir le pont cette semaine après un long débat avec les habitants.", "fr"],
    ["El consejo ha votado para abrir el puente esta semana tras un largo debate con los vecinos.", "es"],
    ["橋の開通について議会が採決を行いました", "ja"],
    ["시의회가 다리 개통을 의결했다", "ko"],
    ["Bridge opens", null],
    ["12345 !!!", null],
    ["From tomorrow on: no date, no zone, no end", null],
    ["استقالة العمدة بعد انهيار الجسر", "ar"],
    ["استعفای شهردار پس از ریزش پل بزرگ", "fa"],
    ["Мэр ушёл в отставку после обрушения моста", "ru"],
    ["Мер подав у відставку після обвалу мосту", "uk"],
    ["Кмет подаде оставка след срутването на моста, съобщиха", "bg"],
  ])("%s is in %s", (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });

  test("the item's own language counts most; only a long text without its words contradicts the feed's", () => {
    const german =
      "Der Rat hat nach einer langen Debatte mit den Anwohnern für die Öffnung der Brücke gestimmt, und das ist nicht die letzte Abstimmung, die sich auf den Hafen auswirken wird.";
    expect(languageOf({ item: "fr", feed: "en" }, german)).toEqual({ tag: "fr", guessed: false });
    expect(languageOf({ item: null, feed: "en" }, german)).toEqual({ tag: "de", guessed: true });
    expect(languageOf({ item: null, feed: "en" }, "Der Rat hat gestimmt")).toEqual({ tag: "en", guessed: false });
    expect(languageOf({ item: null, feed: "sk" }, german)).toEqual({ tag: "sk", guessed: false });
    expect(languageOf({ item: null, feed: null }, german)).toEqual({ tag: "de", guessed: true });
    const russian = "Мэр ушёл в отставку после обрушения моста";
    expect(languageOf({ item: null, feed: "en" }, russian)).toEqual({ tag: "ru", guessed: true });
    expect(languageOf({ item: null, feed: "mk" }, russian)).toEqual({ tag: "mk", guessed: false });
  });
});
