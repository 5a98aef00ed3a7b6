import { Parser } from "htmlparser2";
import { parseHtml } from "./bounded-parser.ts";
import { DEEPEST, LONGEST_NAME } from "./limits.ts";

/** A picture in an article's text. */
export type FoundImage = { src: string; alt: string; width: number | null; height: number | null };
export type PlainText = { paragraphs: string[]; images: FoundImage[] };

/** Elements whose text is not the article's. */
const SKIPPED = new Set(
  "script style noscript template iframe object embed applet svg math head title select textarea button form audio video canvas map figcaption frameset noframes noembed xmp plaintext".split(
    " ",
  ),
);
/** Elements that begin and end a paragraph. */
const BLOCKS = new Set(
  "p div section article main header footer aside nav address blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre hr table caption tbody thead tr figure fieldset center body html details summary".split(
    " ",
  ),
);
/** Most characters of markup looked at: an article is shorter. */
const LONGEST = 400_000;
const MOST_IMAGES = 20;
const MOST_PARAGRAPHS = 200;

type State = {
  readonly paragraphs: string[];
  readonly images: FoundImage[];
  current: string;
  /** Open elements, true where the text below them is skipped. */
  readonly open: { name: string; skips: boolean }[];
  skipping: number;
  breaks: number;
};

/**
 * HTML as plain-text paragraphs and its pictures. One pass of htmlparser2's tokenizer, the one that reads the XML too:
 * no tree and no recursion, so that neither depth nor size can exhaust the process. The result is text: whoever puts
 * it into HTML escapes it.
 */
export function htmlToText(html: string): PlainText {
  const state: State = { paragraphs: [], images: [], current: "", open: [], skipping: 0, breaks: 0 };
  parseHtml(html.slice(0, LONGEST), {
    open: (name, attributes) => open(state, name, attributes),
    text: (data) => addText(state, data),
    close: (name) => close(state, name),
  });
  endParagraph(state);
  return { paragraphs: state.paragraphs, images: state.images };
}

function open(state: State, name: string, attributes: Readonly<Record<string, string>>): void {
  const skips = state.open.length >= DEEPEST || SKIPPED.has(name) || isHidden(attributes);
  state.open.push({ name, skips });
  if (skips) state.skipping += 1;
  if (state.skipping > 0) return;
  if (BLOCKS.has(name)) endParagraph(state);
  if (name === "li") state.current = "• ";
  if (name === "td" || name === "th") state.current += " ";
  if (name === "br") addBreak(state);
  if (name === "img") addImage(state, attributes);
}

function close(state: State, name: string): void {
  const ended = state.open.pop();
  if (ended?.skips) state.skipping -= 1;
  else if (state.skipping === 0 && BLOCKS.has(name)) endParagraph(state);
}

const isHidden = (attributes: Readonly<Record<string, string>>) =>
  attributes.hidden !== undefined || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.style ?? "");

function addText(state: State, data: string): void {
  if (state.skipping > 0) return;
  if (/\S/.test(data)) state.breaks = 0;
  state.current += data;
}

/** One break is a line within the paragraph, two make a new one. */
function addBreak(state: State): void {
  state.breaks += 1;
  if (state.breaks > 1) endParagraph(state);
  else state.current += " ";
}

function endParagraph(state: State): void {
  const text = state.current.replace(/\s+/gu, " ").trim();
  state.current = "";
  state.breaks = 0;
  if (text === "" || text === "•" || state.paragraphs.length >= MOST_PARAGRAPHS) return;
  state.paragraphs.push(text);
}

function addImage(state: State, attributes: Readonly<Record<string, string>>): void {
  const src = (attributes.src ?? "").trim();
  if (src === "" || src.startsWith("data:") || state.images.length >= MOST_IMAGES) return;
  const [width, height] = [size(attributes.width), size(attributes.height)];
  // Counting pixels, smileys and share buttons are pictures of a few dots.
  if ((width !== null && width < 50) || (height !== null && height < 50)) return;
  state.images.push({ src, alt: attributes.alt ?? "", width, height });
}

function size(value: string | undefined): number | null {
  const digits = /^\s*(\d{1,5})(px)?\s*$/.exec(value ?? "")?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Names of HTML's elements that stand in titles; `<T>` in a title about code is none of them. */
const ELEMENT =
  /<\/?(?:a|abbr|acronym|b|bdi|bdo|big|blink|blockquote|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|marquee|nobr|ol|p|pre|q|s|samp|script|small|span|strike|strong|style|sub|sup|svg|math|iframe|object|embed|form|input|table|td|time|tr|tt|u|ul|var|wbr|xhtml:\w+)(?:\s[^<>]*|\/[^<>]*)?>|<!--|<!\[CDATA\[/i;
const ENTITY = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i;

/**
 * A title as plain text. Feeds escape titles once, twice, or not at all whatever the format says: entities are decoded
 * until none is left, elements of HTML are dropped, and every other `<` is text.
 * @param declaredText the format says that it is text, not HTML (Atom's type="text", JSON Feed)
 */
export function titleText(raw: string, declaredText: boolean): string {
  let text = raw.slice(0, LONGEST_NAME);
  for (let round = 0; round < 3; round += 1) {
    const isMarkup = ELEMENT.test(text);
    if (!isMarkup && !ENTITY.test(text)) return text;
    if (declaredText && round === 0 && !ENTITY.test(text) && !/<\/|<(img|br|!--|!\[)/i.test(text)) return text;
    text = isMarkup ? withoutElements(text) : decodeEntities(text);
  }
  return text;
}

/** Only HTML's own elements are markup here: a `<` before anything else is kept as text. */
function withoutElements(text: string): string {
  const guarded = text.replace(/<(?!\/?[a-z]|!)/gi, "&lt;").replace(/<[^<>]*>?/g, (tag) => guard(tag));
  return htmlToText(guarded).paragraphs.join(" ");
}

const guard = (tag: string) => (ELEMENT.test(tag) || tag.startsWith("<!") ? tag : tag.replace("<", "&lt;"));

/** Entities decoded by the same tokenizer, everything else left as it is. */
export function decodeEntities(text: string): string {
  let out = "";
  const parser = new Parser({ ontext: (data) => (out += data) }, { decodeEntities: true });
  parser.write(text.replace(/</g, "&lt;"));
  parser.end();
  return out;
}
