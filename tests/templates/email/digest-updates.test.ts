import { describe, expect, test } from "vitest";
import { readHtml } from "#adapters/email-reading/html.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { editionPage } from "#templates/pages/edition-page.ts";
import { look, usual } from "../../testing/editions/editions.ts";

/** Of Monday 23 November: its lead led on the Friday before, and its first headline was in the list of the 12th. */
const content: EditionContent = {
  ...usual,
  lead: { ...usual.lead, earlier: { date: "2026-11-20", hasLed: true } },
  headlines: usual.headlines.map((one, i) =>
    i === 0 ? { ...one, developing: true, earlier: { date: "2026-11-12", hasLed: false } } : one,
  ),
};

const said = {
  en: ["Update: led on Friday", "Update: ran on Thursday, November 12"],
  "en-GB": ["Update: led on Friday", "Update: ran on Thursday 12 November"],
  de: ["Neuer Stand: Aufmacher am Freitag", "Neuer Stand: gemeldet am Donnerstag, 12. November"],
  fr: ["Mise à jour\u00a0: à la une vendredi", "Mise à jour\u00a0: paru jeudi 12 novembre"],
  es: ["Actualización: abrió la edición del viernes", "Actualización: salió en la edición del jueves, 12 de noviembre"],
  pt: ["Atualização: abriu a edição de sexta-feira", "Atualização: saiu na edição de quinta-feira, 12 de novembro"],
  he: ["עדכון: הידיעה הראשית ביום שישי", "עדכון: פורסם ביום חמישי, 12 בנובמבר"],
  ar: ["متابعة: تصدّر نشرة الجمعة", "متابعة: ورد في نشرة الخميس، 12 نوفمبر"],
} as const;

const plain = (words: string) => words.replace(/\s/g, " ");

describe.each(Object.entries(said))("a story that went on, in %s", (language, [lead, headline]) => {
  const own = { ...look, language };
  const { html, text } = renderDigest(content, own);
  const [friday, twelfth] = ["https://news.example/daily/2026-11-20", "https://news.example/daily/2026-11-12"];

  test("says so in the email, with a link to that edition", () => {
    const { links } = readHtml(html);
    const of = (href: string) =>
      links.filter((link) => link.href === href).map((link) => link.text.replace(/\s/g, " "));
    expect(of(friday)).toEqual([plain(lead)]);
    expect(of(twelfth)).toEqual([plain(headline)]);
  });

  test("says so in the text part, with the address on a line of its own", () => {
    const lines = text.split("\n").map((line) => line.trim());
    expect(lines.join(" ")).toContain(`${lead} ${friday}`);
    expect(lines).toContain(friday);
    expect(lines).toContain(twelfth);
    expect(lines.every((line) => !line.startsWith("·"))).toBe(true);
  });

  test("says so on the web page", () => {
    const page = editionPage(content, own);
    expect(page).toContain(`<a href="${friday}">${lead}</a>`);
    expect(page).toContain(`<a href="${twelfth}">${headline}</a>`);
  });
});
