import { describe, expect, test } from "vitest";
import { languages } from "#domain/language.ts";
import { fill, readerValues, renderDigest } from "#templates/email/digest.ts";
import { asWelcome } from "#templates/email/welcome.ts";
import { wordsFor } from "#templates/words.ts";
import { hostile, look, usual } from "../../testing/editions/editions.ts";

const values = readerValues({ unsubscribeUrl: "https://news.example/unsubscribe/x" });
const date = usual.date;

describe.each(languages)("a welcome in %s", (language) => {
  const email = renderDigest(usual, { ...look, language });
  const welcome = fill(asWelcome(email, { title: look.title, language, date }), values);
  const sent = fill(email, values);
  const note = wordsFor(language).welcome.text.split("{title}")[0]?.trim() ?? "";

  test("says that it is the first one, in the subject and above the masthead, and leaves the rest as it was", () => {
    expect(welcome.subject).toBe(wordsFor(language).welcome.subject.replace("{subject}", sent.subject));
    expect(note.length).toBeGreaterThan(3);
    expect(welcome.text.startsWith(note.split(" ")[0] ?? "?")).toBe(true);
    expect(welcome.text.endsWith(`\n\n${sent.text}`)).toBe(true);
    const [before = "", after = ""] = welcome.html.split(
      /\n<div class="c" dir="\w+"[^>]*><p class="s"[^>]*>.*?<\/p><\/div>/,
    );
    expect(before + after).toBe(sent.html);
    expect(welcome.html.indexOf(note)).toBeGreaterThan(0);
    // Before the preview text: so an inbox shows it beside the subject.
    expect(welcome.html.indexOf(note)).toBeLessThan(welcome.html.indexOf("display:none"));
    expect(welcome.text).toContain(look.title);
  });
});

test("a newsletter's name and an edition's subject stay what they are, whatever is in them", () => {
  const title = 'A {{unsubscribe}} <b>"$&" \\{{x}}';
  const welcome = fill(asWelcome(renderDigest(hostile, look), { title, language: "en", date }), values);
  const sent = fill(renderDigest(hostile, look), values);
  expect(welcome.subject).toBe(`Your first edition: ${sent.subject}`);
  expect(welcome.text.replaceAll("\n", " ")).toContain(`Welcome to ${title}!`);
  expect(welcome.html).toContain("A {{unsubscribe}} &lt;b&gt;&quot;$&amp;&quot; \\{{x}}!");
});
