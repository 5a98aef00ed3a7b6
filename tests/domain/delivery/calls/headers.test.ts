import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelopeOf, mailbox, phrase, readerHeaders } from "#domain/delivery/calls/headers.ts";

describe("headers", () => {
  test("name a newsletter safely, whatever its title holds", () => {
    expect(phrase("The Daily Broadsheet")).toBe('"The Daily Broadsheet"');
    expect(phrase('A "B" \\ C')).toBe('"A \\"B\\" \\\\ C"');
    expect(phrase("News\r\nBcc: all@example.org")).toBe('"News Bcc: all@example.org"');
    expect(mailbox({ name: "Zürich", address: "a@b.example" })).toBe("=?UTF-8?B?WsO8cmljaA==?= <a@b.example>");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const written = phrase(text);
        expect(written).toMatch(/^[\x20-\x7e]*$/);
        for (const word of written.startsWith("=?") ? written.split(" ") : [])
          expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  test("keep the joiners of an emoji and of Persian, and quote what mail programs would read as markup", () => {
    const decoded = (text: string) =>
      phrase(text)
        .split(" ")
        .map((word) => Buffer.from(/\?B\?(.*)\?=$/.exec(word)?.[1] ?? "", "base64").toString())
        .join("");
    expect(decoded("The 👩\u200d🚒 Daily")).toBe("The 👩\u200d🚒 Daily");
    expect(decoded("می\u200cخواهم")).toBe("می\u200cخواهم");
    expect(decoded("Zürich\u202e")).toBe("Zürich");
    expect(mailbox({ name: 'Ann <ann@b.example>, "Editor"', address: "a@b.example" })).toBe(
      '"Ann <ann@b.example>, \\"Editor\\"" <a@b.example>',
    );
  });

  test("of a list are those of RFC 2919, RFC 2369 and RFC 8058, in their order", () => {
    const about = { title: "The Daily", from: { name: "The Daily", address: "editor@news.example" } };
    const { headers } = envelopeOf(about, { listId: "daily.news.example", archiveUrl: "https://site.example/daily" });
    expect([...headers, ...readerHeaders("https://site.example/one-click/t")]).toEqual([
      { name: "List-Id", value: '"The Daily" <daily.news.example>' },
      { name: "List-Archive", value: "<https://site.example/daily>" },
      { name: "List-Post", value: "NO" },
      { name: "List-Unsubscribe", value: "<https://site.example/one-click/t>" },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    ]);
  });

  test("of a deployment that receives mail have one click first, then the mail", () => {
    expect(
      readerHeaders("https://site.example/one-click/t", "mailto:leave@in.news.example?subject=unsubscribe%20t"),
    ).toEqual([
      {
        name: "List-Unsubscribe",
        value: "<https://site.example/one-click/t>, <mailto:leave@in.news.example?subject=unsubscribe%20t>",
      },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    ]);
  });
});
