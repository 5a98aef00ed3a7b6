import { LONGEST_NAME } from "../limits.ts";
import { escapeLooseMarkup } from "../markup/loose-markup.ts";
import { decodeEntities, parseMarkup } from "./html-text.ts";

const ENTITY = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i;
/** A script between its tags; but words between the names of two tags are a title about scripts. */
const SCRIPT = /<(script|style)\b[^<>]*>([^<]*)<\/\1\s*>/gi;
const withoutScripts = (text: string) =>
  text.replace(SCRIPT, (whole: string, _name: string, code: string) => (/[([{=;]/.test(code) ? " " : whole));

/** A title's declared type: Atom may call it text; most formats declare nothing and mean HTML or text. */
export type Wording = "text" | "unsaid" | "html";

/**
 * A title as plain text. Elements are removed only at the level that the format declares; those that appear after
 * decoding entities are text about markup. Feeds escape titles once, twice or not at all, whatever the format says, so
 * entities are decoded until none is left, and an unclosed element is text.
 */
export function titleText(raw: string, wording: Wording): string {
  const cut = withoutCdata(raw.slice(0, LONGEST_NAME));
  let text = wording === "text" ? cut : withoutElements(cut);
  for (let round = 0; round < 3 && ENTITY.test(text); round += 1) text = decodeEntities(text);
  return text;
}

/** CDATA that was escaped together with its content. */
function withoutCdata(text: string): string {
  const inside = /^\s*<!\[CDATA\[/.exec(text);
  return inside === null ? text : text.slice(inside[0].length).replace(/\]\]>\s*$/, "");
}

function withoutElements(text: string): string {
  if (!text.includes("<")) return text;
  const guarded = escapeLooseMarkup(withoutScripts(text), "title").replace(/<(?=(?:script|style)\b)/gi, "&lt;");
  if (!guarded.includes("<")) return decodeEntities(guarded);
  return parseMarkup(guarded).paragraphs.join(" ");
}
