import type { RenderedEmail } from "#domain/edition/edition.ts";
import { readyTheme, type Theme } from "#domain/theme/theme.ts";
import { readerWordsFor } from "../reader-words.ts";
import { type Html, html, styleElement } from "../text/html.ts";
import { literal } from "../text/literal.ts";
import { wrap } from "../text/wrap.ts";
import { direction, sentence } from "../words.ts";

/** Mails that answer readers' requests. */
export type ReaderMail = "confirm" | "reminder" | "subscribed" | "data" | "address" | "moved";

export type MailLook = {
  /** The newsletter's name. */
  title: string;
  language: string;
  postalAddress: string;
  theme?: Theme | undefined;
};

/**
 * A short mail: its purpose, one link, and what to do if someone else requested it. No reader's address, no
 * advertising.
 */
export function readerMail(kind: ReaderMail, look: MailLook, url: string): RenderedEmail {
  const { subject, text, button, ignore } = wordsOf(kind, look.language);
  const fill = (pattern: string) =>
    literal(
      sentence(pattern, { title: look.title })
        .map((piece) => piece.text)
        .join(""),
    ).replaceAll(/\s+/g, " ");
  const texts = { subject: fill(subject), text: fill(text), button, ignore: ignore === null ? null : fill(ignore) };
  return { subject: texts.subject, html: htmlOf(texts, look, url), text: textOf(texts, look, url) };
}

type MailTexts = { subject: string; text: string; button: string; ignore: string | null };

function wordsOf(kind: ReaderMail, language: string): MailTexts {
  const { mails } = readerWordsFor(language);
  if (kind === "reminder") return { ...mails.confirm, subject: mails.reminder.subject };
  return kind === "subscribed" ? { ...mails.subscribed, ignore: null } : mails[kind];
}

const textOf = ({ text, button, ignore }: MailTexts, { title, postalAddress }: MailLook, url: string): string =>
  `${[lines(text), `${button}:\n${url}`, ignore && lines(ignore), `${title}\n${lines(postalAddress)}`]
    .filter(Boolean)
    .join("\n\n")}\n`;

/** RFC 5322 §2.1.1 recommends 78 columns. */
const lines = (text: string): string => wrap(text, 78).join("\n");

/** The newsletter's look, using only features of all mail clients. */
function htmlOf({ subject, text, button, ignore }: MailTexts, look: MailLook, url: string): string {
  const { light, dark, type } = look.theme ?? readyTheme("broadsheet");
  const dir = direction(look.language);
  const start = dir === "rtl" ? "right" : "left";
  const news = type.news.replaceAll('"', "");
  const notes = type.notes.replaceAll('"', "");
  const paragraph = (body: string | Html, size: number, colour: string, font: string, name: string) =>
    html`<p class="${name}" style="margin:0 0 20px;color:${colour};font-family:${font};font-size:${size}px;line-height:${Math.round(size * 1.5)}px">${body}</p>\n`;
  return html`<!doctype html>
<html lang="${look.language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${subject}</title>
${styleElement(`:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){.bg,.card{background:${dark.paper}!important;background-color:${dark.paper}!important}.t{color:${dark.text}!important}.q{color:${dark.quiet}!important}.k{color:${dark.ink}!important;border-color:${dark.ink}!important}.b{background-color:${dark.ink}!important;color:${dark.paper}!important;border-color:${dark.ink}!important}}`)}
</head>
<body class="bg" style="margin:0;padding:0;background-color:${light.paper}">
<div class="bg" role="article" aria-roledescription="email" aria-label="${subject}" lang="${look.language}" dir="${dir}" style="background-color:${light.paper}">
<table class="card" role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;margin:0 auto;background-color:${light.paper}"><tr><td style="padding:28px 24px;text-align:${start}" align="${start}">
<p class="k" style="margin:0 0 28px;padding:14px 0;border-top:4px solid ${light.ink};border-bottom:1px solid ${light.ink};color:${light.ink};font-family:${news};font-size:28px;line-height:34px;font-weight:bold;text-align:center">${look.title}</p>
<h1 class="k" style="margin:0 0 16px;color:${light.ink};font-family:${news};font-size:24px;line-height:31px">${subject}</h1>
${paragraph(text, 18, light.text, news, "t")}<p style="margin:0 0 24px"><a class="b" href="${url}" style="display:inline-block;padding:14px 28px;background-color:${light.ink};border:1px solid ${light.ink};border-radius:3px;color:${light.paper};font-family:${notes};font-size:17px;line-height:22px;font-weight:bold;text-decoration:none">${button}</a></p>
${ignore === null ? null : paragraph(ignore, 16, light.text, notes, "t")}${paragraph(look.postalAddress, 14, light.quiet, notes, "q")}</td></tr></table>
</div>
</body>
</html>
`.markup;
}
