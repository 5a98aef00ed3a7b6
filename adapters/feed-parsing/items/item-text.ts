import { hasMarkup } from "../markup/loose-markup.ts";
import { decodeEntities, htmlToText, type PlainText } from "./html-text.ts";
import type { RawText } from "./map.ts";

const NOTHING: PlainText = { paragraphs: [], images: [], links: [] };
/** Beginning of a text that is HTML, whatever its declared type. */
const BEGINS_LIKE_HTML = /^\s*<(?:p|div|h[1-6]|img|a|ul|ol|figure|br|span|table|blockquote|article|section)\b[^<>]*>/i;

/** An item's text as paragraphs, and the pictures in it. */
export function plainText(text: RawText | undefined): PlainText {
  if (text === undefined) return NOTHING;
  if (!isHtml(text))
    return { paragraphs: linesOf(decodeEntities(text.value), text.inLines === true), images: [], links: [] };
  const read = htmlToText(text.value);
  if (/<[a-z!/]/i.test(text.value)) return read;
  // Escaped twice: the decoded text is still markup from beginning to end.
  const joined = read.paragraphs.join("\n");
  return BEGINS_LIKE_HTML.test(joined) && hasMarkup(joined) ? htmlToText(joined) : read;
}

/** Reads it by its declared type; a text that begins as HTML was labelled wrongly. */
function isHtml({ value, wording }: RawText): boolean {
  if (wording === "html") return value.includes("<") || !/\n/.test(value);
  return hasMarkup(value) && (wording === "unsaid" || BEGINS_LIKE_HTML.test(value));
}

/** Blank lines separate paragraphs; if each line is a paragraph, line ends do. */
const linesOf = (text: string, inLines: boolean) => text.split(inLines ? /\n/ : /\n[^\S\n]*\n/);
