import type { RenderedEmail } from "#domain/edition/edition.ts";
import { readyTheme, type Theme } from "#domain/theme/theme.ts";
import { html } from "../text/html.ts";
import { isolated } from "../text/literal.ts";
import { wrap } from "../text/wrap.ts";
import { direction, fullDate, sentence, wordsFor } from "../words.ts";
import { inEmail } from "./digest-view.ts";
import { withPlaceholders } from "./placeholders.ts";

type WelcomeLook = {
  /** The newsletter's name. */
  title: string;
  language: string;
  /** The edition's. */
  date: string;
  /** Default: the ready theme `broadsheet`. */
  theme?: Theme | undefined;
};

/**
 * An edition's email as a new reader gets it: the subject and a note above the masthead say that it is their first one.
 * The note is also what an inbox shows beside the subject. All else stays as it was checked.
 */
export function asWelcome(email: RenderedEmail, look: WelcomeLook): RenderedEmail {
  const { subject, text } = wordsFor(look.language).welcome;
  const isRightToLeft = direction(look.language) === "rtl";
  const said = sentence(text, { title: look.title, date: fullDate(look.language, look.date) })
    .map((piece) => (piece.isolated && isRightToLeft ? isolated(piece.text) : piece.text))
    .join("");
  const note = inEmail(said);
  const plain = withPlaceholders(wrap(note, 72).join("\n"));
  return {
    subject: subject.replace("{subject}", () => email.subject),
    html: insertAt(email.html, startOfContent(email.html), noteHtml(withPlaceholders(note), look)),
    text: `${plain}\n\n${email.text}`,
  };
}

/** Behind the start tag of the element that holds the whole email, in every email that the compiled template makes. */
function startOfContent(html: string): number {
  const element = html.indexOf("<div", html.indexOf("<body"));
  return element < 0 ? 0 : html.indexOf(">", element) + 1;
}

const insertAt = (text: string, at: number, more: string): string => text.slice(0, at) + more + text.slice(at);

function noteHtml(note: string, { language, theme }: WelcomeLook): string {
  const { light, type } = theme ?? readyTheme("broadsheet");
  const dir = direction(language);
  const start = dir === "rtl" ? "right" : "left";
  const font = type.notes.replaceAll('"', "");
  return html`
<div class="c" dir="${dir}" style="background-color:${light.desk}"><p class="s" style="max-width:528px;margin:0 auto;padding:20px 36px;text-align:${start};color:${light.quiet};font-family:${font};font-size:16px;line-height:24px">${note}</p></div>`
    .markup;
}
