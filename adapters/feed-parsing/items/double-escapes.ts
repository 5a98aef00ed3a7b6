import { decodeEntities } from "./html-text.ts";
import type { RawFeed, RawText } from "./map.ts";

/**
 * Some software escapes a text that is escaped already: "f&amp;uuml;r", "Tom &amp;amp; Jerry" in HTML. A text about
 * markup does so on purpose, and then has code, element names or the right character beside it. (Titles and names are
 * decoded until nothing is left, see title.ts.)
 */
const TWICE = /&amp;(#\d{2,7}|#x[\da-f]{2,6}|[a-z]{2,8}\d{0,2});/gi;
/** Least such references within or between words in a feed. */
const LEAST = 2;
const LETTER = /[\p{L}\p{N}]/u;

/** Most references of a text that are looked at. */
const MOST = 50;

/** How many of a text's references are within or between words; null: none, or it is about markup. */
function suspects(value: string): number | null {
  if (!value.includes("&amp;")) return null;
  if (/<(?:code|pre|kbd|samp|tt)[\s>]|&amp;(?:lt|gt);/i.test(value)) return null;
  if (/&amp;(?![#a-z\d]{2,9};)/i.test(value)) return null;
  const right = new Set(value.match(/[^\p{ASCII}]/gu));
  let [count, seen] = [0, 0];
  for (const { 0: whole, 1: name = "", index } of value.matchAll(TWICE)) {
    seen += 1;
    if (seen > MOST) break;
    const char = decodeEntities(`&${name};`);
    if (right.has(char)) return null;
    const before = value.slice(Math.max(0, index - 2), index);
    const behind = value.slice(index + whole.length, index + whole.length + 2);
    const isBetween = LETTER.test(before.trim().slice(-1)) && LETTER.test(behind.trim().charAt(0));
    if (char === "&" ? isBetween : LETTER.test(before.slice(-1)) || LETTER.test(behind.charAt(0))) count += 1;
  }
  return seen === 0 ? null : count;
}

/** A feed whose texts are escaped once. */
export function withoutDoubleEscapes(feed: RawFeed): RawFeed {
  const found = new Map<string, number>();
  for (const { summary, body } of feed.items) {
    for (const text of [summary, body]) {
      const count = text === undefined ? null : suspects(text.value);
      if (text !== undefined && count !== null) found.set(text.value, count);
    }
  }
  if ([...found.values()].reduce((sum, count) => sum + count, 0) < LEAST) return feed;
  const once = (text: RawText | undefined): RawText | undefined =>
    text === undefined || !found.has(text.value) ? text : { ...text, value: text.value.replace(TWICE, "&$1;") };
  return {
    ...feed,
    items: feed.items.map((item) => ({ ...item, summary: once(item.summary), body: once(item.body) })),
  };
}
