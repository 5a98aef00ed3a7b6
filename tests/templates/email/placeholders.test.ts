import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emailBytes,
  fill,
  longestValues,
  placeholder,
  readerValues,
  sealed,
  withPlaceholders,
} from "#templates/email/placeholders.ts";
import { literal } from "#templates/text/literal.ts";

const values = readerValues({ unsubscribeUrl: "https://news.example/unsubscribe/abc" });
const email = (subject: string) => ({ subject, html: `<p>${subject}</p>`, text: subject });

describe("content", () => {
  test("comes back letter for letter once SES has filled in an email, and no placeholder of its own is filled", () => {
    const pieces = fc.array(
      fc.constantFrom("{", "}", "{{", "}}", "\\", "{{unsubscribe}}", "{{b}}", "x", " ", "&", "<a>", "#each", "é", "中"),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const content = parts.join("");
        const template = withPlaceholders(`${sealed(literal(content))} ${placeholder("unsubscribe")}`);
        const names = Array.from(template.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name);
        expect(names.filter((name) => name === "unsubscribe")).toHaveLength(1);
        expect(fill(email(template), values).text).toBe(`${content} https://news.example/unsubscribe/abc`);
      }),
    );
  });

  test("leaves no brace but a placeholder's, and no backslash before one, for an engine to trip over", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (content) => {
        const template = withPlaceholders(sealed(literal(content)));
        const rest = template.replaceAll(/\{\{[bes]\}\}/g, "\u0001");
        expect(rest).not.toMatch(/[{}]/);
        expect(template).not.toMatch(/\\\{\{/);
      }),
    );
  });
});

describe("fill", () => {
  test("puts values in once: what a value says is not read again", () => {
    const filled = fill(email("{{one}} {{two}}"), { one: "{{two}}", two: "<b>&" });
    expect(filled).toEqual({ subject: "{{two}} <b>&", html: "<p>{{two}} <b>&</p>", text: "{{two}} <b>&" });
  });

  test("refuses a placeholder without a value and names it, even one that every object has", () => {
    expect(() => fill(email("{{who}}"), values)).toThrow("{{who}}");
    expect(() => fill(email("{{constructor}}"), values)).toThrow("{{constructor}}");
  });
});

describe("a reader's values", () => {
  test.each([
    "javascript:alert(1)",
    'https://news.example/"onclick="x',
    "https://news.example/a b",
    "https://news.example/?a=1&b=2",
    "https://news.example/{{x}}",
    "/unsubscribe/abc",
    "",
  ])("refuse %j as an address: SES would put it into HTML as it is", (unsubscribeUrl) => {
    expect(() => readerValues({ unsubscribeUrl })).toThrow(/unsubscribe address/);
  });

  test("the longest are longer than any that are sent", () => {
    const longest = longestValues("https://news.example/").unsubscribe ?? "";
    expect(longest.startsWith("https://news.example/unsubscribe/x")).toBe(true);
    expect(longest.length).toBeGreaterThan(`https://news.example/unsubscribe/${"t".repeat(160)}`.length);
  });

  test("sizes are bytes of UTF-8", () => {
    expect(emailBytes({ subject: "", html: "é中👩", text: "a" })).toEqual({ html: 9, text: 1 });
  });
});
