import { decodeEntities, htmlToText, type PlainText } from "./html-text.ts";
import { hasMarkup } from "./loose-markup.ts";
import type { RawText } from "./map.ts";

const NOTHING: PlainText = { paragraphs: [], images: [] };
/** How a whole text begins that is HTML whatever it is called. */
const BEGINS_LIKE_HTML = /^\s*<(?:p|div|h[1-6]|img|a|ul|ol|figure|br|span|table|blockquote|article|section)\b[^<>]*>/i;

/** An item's text as paragraphs, and the pictures in it. */
export function plainText(text: RawText | undefined): PlainText {
  if (text === undefined) return NOTHING;
  if (!isHtml(text)) return { paragraphs: linesOf(decodeEntities(text.value), text.inLines === true), images: [] };
  const read = htmlToText(text.value);
  if (/<[a-z!/]/i.test(text.value)) return read;
  // Escaped twice: what came out as text, from first to last, is still markup.
  const joined = read.paragraphs.join("\n");
  return BEGINS_LIKE_HTML.test(joined) && hasMarkup(joined) ? htmlToText(joined) : read;
}

/** By what the format says; text that is HTML from its first sign on was labelled wrongly. */
function isHtml({ value, wording }: RawText): boolean {
  if (wording === "html") return value.includes("<") || !/\n/.test(value);
  return hasMarkup(value) && (wording === "unsaid" || BEGINS_LIKE_HTML.test(value));
}

/** Blank lines part paragraphs; where each line is one, the ends of lines do. */
const linesOf = (text: string, inLines: boolean) => text.split(inLines ? /\n/ : /\n[^\S\n]*\n/);
