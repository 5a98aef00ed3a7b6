import { MOST_ITEMS_EACH_END, UnreadableFeed } from "../limits.ts";

/**
 * Keeps the beginning and the end of a feed with very many items, because some list the newest last. It is cut between
 * items before tokenizing, so a hundred thousand items cost no more than those that are kept.
 */
export function withoutMiddle(text: string): { kept: string; leftOut: number } {
  const starts: number[] = [];
  for (const { index } of text.matchAll(/<(?:\w{1,20}:)?(?:item|entry)[\s/>]/gi)) starts.push(index);
  const leftOut = starts.length - 2 * MOST_ITEMS_EACH_END;
  const [from, to] = [starts[MOST_ITEMS_EACH_END], starts[starts.length - MOST_ITEMS_EACH_END]];
  if (leftOut <= 0 || from === undefined || to === undefined) return { kept: text, leftOut: 0 };
  return { kept: text.slice(0, from) + text.slice(to), leftOut };
}

/** Most entities that a document type may declare, most characters of one, and most they may add to the feed. */
const MOST_ENTITIES = 500;
const LONGEST_ENTITY = 5000;
const MOST_EXPANDED = 1024 * 1024;

/**
 * Expands the entities that the document type declares. Entities that contain themselves or another one twice, that
 * grow long by others, or that add more than a megabyte, are treated as an attack. Nothing is fetched, and declarations are only read from the document type,
 * because an article may be about such attacks.
 * @throws UnreadableFeed
 */
export function expandEntities(text: string): string {
  const start = text.search(/<!DOCTYPE|<[a-z]/i);
  if (start < 0 || text.charAt(start + 1) !== "!") return text;
  const end = text.indexOf("]>", start);
  const declared = declaredIn(text.slice(start, end < 0 ? undefined : end));
  if (declared.size === 0 || end < 0) return text;
  let grown = 0;
  const expand = (found: string, name: string) => {
    const value = declared.get(name);
    if (value === undefined) return found;
    grown += value.length;
    if (grown > MOST_EXPANDED) {
      throw new UnreadableFeed("its entities grow to more than a megabyte, which only attacks do");
    }
    return value;
  };
  return text.slice(0, end) + outsideCdata(text.slice(end), (part) => part.replace(REFERENCE, expand));
}

/** Changes only text outside CDATA sections, where entities aren't expanded. */
function outsideCdata(text: string, change: (part: string) => string): string {
  let out = "";
  for (let from = 0; from < text.length; ) {
    const start = text.indexOf("<![CDATA[", from);
    const behind = start < 0 ? -1 : text.indexOf("]]>", start);
    if (start < 0) return out + change(text.slice(from));
    const end = behind < 0 ? text.length : behind + 3;
    out += change(text.slice(from, start)) + text.slice(start, end);
    from = end;
  }
  return out;
}

function declaredIn(doctype: string): Map<string, string> {
  const declared = new Map<string, string>();
  for (const [, name = "", double = "", single = ""] of doctype.matchAll(
    /<!ENTITY\s+([^\s"'>%]{1,200})\s+(?:"([^"]{0,5000})|'([^']{0,5000}))/gi,
  )) {
    if (declared.size >= MOST_ENTITIES) throw new UnreadableFeed("its document type declares entities without end");
    if (!declared.has(name)) declared.set(name, double + single);
  }
  const whole = new Map<string, string>();
  for (const name of declared.keys()) whole.set(name, wholeEntity(name, declared, whole, []));
  return whole;
}

/**
 * An entity's text with the declared entities in it. HTML's own names, such as `&eacute;`, are decoded later.
 * @param within the entities that contain it
 */
function wholeEntity(
  name: string,
  declared: ReadonlyMap<string, string>,
  whole: Map<string, string>,
  within: readonly string[],
): string {
  const known = whole.get(name);
  if (known !== undefined) return known;
  const inside = new Set([...within, name]);
  const text = (declared.get(name) ?? "").replace(REFERENCE, (found, other: string) => {
    if (!declared.has(other)) return found;
    // What grows contains an entity twice, or itself.
    if (inside.has(other)) throw new UnreadableFeed("its entities repeat each other, which only attacks do");
    inside.add(other);
    return wholeEntity(other, declared, whole, [...within, name]);
  });
  if (text.length > LONGEST_ENTITY) throw new UnreadableFeed("its entities grow by each other, which only attacks do");
  whole.set(name, text);
  return text;
}
const REFERENCE = /&([\w.-]{1,200});/g;

/**
 * Removes characters that XML forbids, and escapes a `<` that doesn't start a tag, so the text after it isn't lost.
 * @param next the character after the piece
 */
export function repairCharacters(piece: string, next: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  const clean = piece.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+/g, "").replace(/<+(?=<)/g, "&lt;");
  const repaired = clean.replace(/<(?![A-Za-z_:/!?]|$)/g, "&lt;");
  return repaired.endsWith("<") && !/[A-Za-z_:/!?]/.test(next) ? `${repaired.slice(0, -1)}&lt;` : repaired;
}

/** `&#146;` and similar ones mean characters of windows-1252, not Unicode's at those numbers. */
export function replaceControls(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252.charAt(sign.charCodeAt(0) - 0x80));
}
const WINDOWS_1252 = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, n) => 0x80 + n));
