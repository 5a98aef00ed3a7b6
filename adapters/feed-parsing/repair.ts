import { MOST_ITEMS_EACH_END, UnreadableFeed } from "./limits.ts";

/**
 * Of a feed with very many items, its beginning and its end, since some list the newest last. It is cut where items
 * start, before it is tokenized: a hundred thousand items cost no more than the thousands that are kept.
 */
export function withoutMiddle(text: string): { kept: string; leftOut: number } {
  const starts: number[] = [];
  for (const { index } of text.matchAll(/<(?:\w{1,20}:)?(?:item|entry)[\s>]/gi)) starts.push(index);
  const leftOut = starts.length - 2 * MOST_ITEMS_EACH_END;
  const [from, to] = [starts[MOST_ITEMS_EACH_END], starts[starts.length - MOST_ITEMS_EACH_END]];
  if (leftOut <= 0 || from === undefined || to === undefined) return { kept: text, leftOut: 0 };
  return { kept: text.slice(0, from) + text.slice(to), leftOut };
}

/**
 * Entities made of entities grow without bound in a parser that expands them; honest feeds have none. Only the document
 * type is looked at: an article may well be about such attacks.
 */
export function refuseEntityBombs(text: string): void {
  const start = text.search(/<!DOCTYPE|<[a-z]/i);
  if (start < 0 || text.charAt(start + 1) !== "!") return;
  const end = text.indexOf("]>", start);
  const doctype = text.slice(start, end < 0 ? undefined : end);
  for (const [, double = "", single = ""] of doctype.matchAll(
    /<!ENTITY\s+[^\s"'>]{1,200}\s+(?:"([^"]{0,5000})|'([^']{0,5000}))/gi,
  )) {
    if (/&(?!amp;|lt;|gt;|quot;|apos;|#)[\w.-]+;/i.test(double + single)) {
      throw new UnreadableFeed("its document type declares entities made of other entities, which only attacks do");
    }
  }
}

/**
 * Drops what XML forbids, and keeps a `<` that begins no tag from swallowing the text after it.
 * @param next the character after the piece
 */
export function repairCharacters(piece: string, next: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  const clean = piece.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/g, "").replace(/<+(?=<)/g, "&lt;");
  const repaired = clean.replace(/<(?![A-Za-z_:/!?]|$)/g, "&lt;");
  return repaired.endsWith("<") && !/[A-Za-z_:/!?]/.test(next) ? `${repaired.slice(0, -1)}&lt;` : repaired;
}

/** `&#146;` and its like mean windows-1252's characters, whatever Unicode has at those numbers. */
export function mendControls(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252.charAt(sign.charCodeAt(0) - 0x80));
}
const WINDOWS_1252 = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, n) => 0x80 + n));
