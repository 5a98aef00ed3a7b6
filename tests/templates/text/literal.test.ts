import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkTarget, literal } from "#templates/text/literal.ts";

describe("content as literal text", () => {
  test.each([
    ["typographic quotes, dashes and a currency", "“It’s” – €90 … ‹›", "“It’s” – €90 … ‹›"],
    ["a C1 control is the letter windows-1252 has there", "it\u0092s \u0093so\u0094 \u0080\u0085", "it’s “so” €…"],
    ["a C1 control without a letter is dropped", "a\u0081\u009Db", "ab"],
    ["line breaks of all kinds are spaces", "a\r\nBcc: b\nc\rd\u2028e\u2029f\tg", "a Bcc: b c d e f g"],
    [
      "other controls, a byte order mark and non-characters are dropped",
      "\uFEFFa\u0000\u0007\u001B\u007Fb\uFFFE\uFFFF",
      "ab",
    ],
    ["half an emoji becomes a replacement character", "a\uD83D b", "a\uFFFD b"],
    ["joiners of emoji and of Persian stay", "👩‍🚒 می‌خواهم", "👩‍🚒 می‌خواهم"],
    ["marks of direction stay", "a\u200Eb\u200F", "a\u200Eb\u200F"],
    ["spaces stay as they are", " two  spaces ", " two  spaces "],
  ])("%s", (_, content, shown) => {
    expect(literal(content)).toBe(shown);
  });

  test.each([
    ["an override", "\u202Egnp.exe", "\u202Egnp.exe\u202C"],
    ["an isolate with an override in it", "\u2067a\u202Eb", "\u2067a\u202Eb\u202C\u2069"],
    ["an isolate that is closed, with an override left open in it", "\u2066\u202Ea\u2069b", "\u2066\u202Ea\u2069b"],
    ["what closes nothing", "a\u202C\u2069b", "ab"],
    ["what would close another isolate's override", "\u202Ea\u2066\u202Cb", "\u202Ea\u2066b\u2069\u202C"],
  ])("%s does not reach beyond its text", (_, content, shown) => {
    expect(literal(content)).toBe(shown);
  });

  test("is the same once it is clean, has no control in it, and opens no direction that it does not close", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("\u202A", "\u202E", "\u2066", "\u2068", "\u202C", "\u2069", "a", "\u0092", "\n"),
        }),
        (content) => {
          const shown = literal(content);
          expect(literal(shown)).toBe(shown);
          expect(shown).not.toMatch(/\p{Cc}/u);
          const count = (signs: RegExp) => shown.match(signs)?.length ?? 0;
          expect(count(/\u2069/g)).toBe(count(/[\u2066-\u2068]/g));
          expect(count(/\u202C/g)).toBeLessThanOrEqual(count(/[\u202A\u202B\u202D\u202E]/g));
        },
      ),
    );
  });
});

describe("an address of a link", () => {
  test.each([
    ["https://example.org", "https://example.org"],
    ["http://example.org/a?b=1&c=%7B#d", "http://example.org/a?b=1&c=%7B#d"],
    ["https://example.org/{{x}}\\", "https://example.org/%7B%7Bx%7D%7D%5C"],
    ["https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"],
    ['https://example.org/"> <b>', "https://example.org/%22%3E%20%3Cb%3E"],
  ])("%s", (address, target) => {
    expect(linkTarget(address)).toBe(target);
  });

  test.each([
    null,
    "",
    "/relative",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "mailto:a@b.example",
    "java\nscript:x",
  ])("%j is none", (address) => {
    expect(linkTarget(address)).toBeNull();
  });
});
