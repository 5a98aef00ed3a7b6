/** A title longer than this is cut at a word: no one reads on, and an email has a size. Characters. */
const LONGEST_TITLE = 300;
const LONGEST_SUMMARY = 1000;
const LONGEST_PARAGRAPH = 3000;

/** Bidirectional marks, embeddings, overrides and isolates: they turn the text around them, an email's too. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Characters without a shape: zero-width space, word joiner, soft hyphen, byte-order mark, annotation anchors. */
const SHAPELESS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: code points listed one by one
  /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc]/gu;
/** Joiners mean something inside emoji and in scripts that shape their letters; elsewhere they only hide things. */
const STRAY_JOINERS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: code points listed one by one
  /(?<![\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}])[\u200c\u200d]|[\u200c\u200d](?=[\s\u200b-\u200d]|$)/gu;
/** Tag characters: only the flags of England, Scotland and Wales are spelled with them. */
const STRAY_TAGS = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]{0,8})[\u{e0000}-\u{e007f}]/gu;
/**
 * Combining marks beyond the thirtieth on one letter (UAX #15, stream-safe text): normalising sorts each run of them,
 * which takes the square of its length.
 */
const STACKED_MARKS = /(\p{M}{30})\p{M}+/gu;
const WHITE = /[\s\u0085\u2028\u2029]+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/gu;

/** The same except for spaces that mean something: no-break, narrow no-break and thin ones. */
const COLLAPSIBLE = /[^\S\u00a0\u202f\u2009]+|[\u0085\u2028\u2029]+/gu;

/**
 * One line of plain text: well-formed Unicode in NFC, no control, bidi or invisible characters, white space collapsed
 * to single spaces. What it returns can be a mail's subject.
 */
export const cleanLine = (raw: string): string => cleaned(raw, WHITE);

/** The same of what an editor wrote: their no-break, narrow and thin spaces stay. */
export const cleanField = (raw: string): string => cleaned(raw, COLLAPSIBLE);

const cleaned = (raw: string, white: RegExp): string =>
  raw
    .toWellFormed()
    .replace(white, " ")
    .replace(CONTROLS, "")
    .replace(BIDI, "")
    .replace(SHAPELESS, "")
    .replace(STRAY_JOINERS, "")
    .replace(STRAY_TAGS, "")
    .replace(STACKED_MARKS, "$1")
    .normalize("NFC")
    .replace(/ {2,}/g, " ")
    .trim();

/** The text, or its beginning up to a word's end with an ellipsis, at most `limit` UTF-16 units long. */
export function cutLine(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "");
  const space = head.lastIndexOf(" ");
  return `${(space > limit * 0.6 ? head.slice(0, space) : head).replace(/(?<![\s,;:–—-])[\s,;:–—-]+$/u, "")}…`;
}

export const cleanTitle = (raw: string) => cutLine(cleanLine(raw), LONGEST_TITLE);
export const cleanSummary = (raw: string) => cutLine(cleanLine(raw), LONGEST_SUMMARY);

/** Most paragraphs kept of an article, and most characters in all: an item of the table holds 400 KB. */
const MOST_PARAGRAPHS = 40;
const MOST_TEXT = 24_000;
/** Characters of a paragraph that are cleaned: white space and what is invisible goes from them. */
const LOOKED_AT = 4 * LONGEST_PARAGRAPH;

/** Paragraphs as they are stored: clean, none empty, bounded in number and length. */
export function cleanParagraphs(raw: readonly string[]): string[] {
  const kept: string[] = [];
  let room = MOST_TEXT;
  for (const one of raw) {
    const paragraph = cutLine(cleanLine(one.slice(0, LOOKED_AT)), Math.min(LONGEST_PARAGRAPH, room));
    if (paragraph === "") continue;
    kept.push(paragraph);
    room -= paragraph.length;
    if (kept.length >= MOST_PARAGRAPHS || room < 200) break;
  }
  return kept;
}

/** A stand-in for a missing title: the beginning of the text, up to a sentence's or a word's end. */
export function titleFromText(text: string): string {
  const sentence = /^.{8,110}?[.!?…。！？](?=\s|$)/u.exec(text)?.[0];
  return sentence?.replace(/\.$/, "") ?? cutLine(text, 90);
}
