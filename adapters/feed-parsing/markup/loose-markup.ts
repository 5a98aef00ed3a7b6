/**
 * Feeds write about markup as well as in it: `Why <dialog> beats <div>`, `if (a<b && c>d)`. Here a `<` that doesn't
 * start a tag, or that starts the name of an element in a sentence, becomes `&lt;`, so a tokenizer keeps it as text.
 */

/** Where the markup is: a title has hardly any, so an unclosed element is text there. */
type MarkupPlace = "title" | "body";

type Tag = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly closes: boolean;
  readonly hasValues: boolean;
  readonly isBare: boolean;
  readonly endsItself: boolean;
};

/** HTML's elements, including those of earlier versions. */
const ELEMENTS = new Set(
  "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp image center".split(
    " ",
  ),
);
/** Elements that format titles; others in a title are its subject. */
const FORMATTING = new Set(
  "a abbr acronym b bdi bdo big blink blockquote center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i ins kbd li mark marquee nobr ol p pre q s samp small span strike strong sub sup time tt u ul var script style svg math iframe object embed form table td tr noscript".split(
    " ",
  ),
);
const BREAKS = new Set(["br", "hr", "wbr"]);
/** Elements whose end tag HTML allows to omit. */
const END_OPTIONAL = new Set(
  "p li br hr wbr dt dd td th tr tbody thead tfoot option colgroup col img source track area link meta base body html head".split(
    " ",
  ),
);
/** Attributes without a value. */
const WITHOUT_VALUE =
  /^(?:hidden|controls|autoplay|loop|muted|playsinline|allowfullscreen|webkitallowfullscreen|mozallowfullscreen|async|defer|disabled|checked|selected|required|readonly|multiple|nowrap|noshade|compact|ismap|download|open|reversed|itemscope|default|border|alt|class|style|data-[\w-]*)$/i;
const ATTRIBUTE_NAME = /^[\w:@*#.[\]()-]+$/;

/** Longest tag in characters, except for embedded pictures. */
const LONGEST_TAG = 65_536;
/** After this many stray `<`, the rest isn't checked. */
const MOST_LOOSE = 5000;
/** The same after reading the text this often, in what only began like a tag. */
const MOST_READ = 8;
const ALWAYS_READ = 2000;

/** The markup with every stray `<` escaped. One pass over the text, and one over its tags. */
export function escapeLooseMarkup(html: string, place: MarkupPlace): string {
  if (!html.includes("<")) return html;
  const { tags, loose } = scan(html);
  const about = place === "title" ? namedInTitle(tags, html) : namedInBody(tags, html);
  const escaped = [...loose, ...about].sort((a, b) => a - b);
  if (escaped.length === 0) return html;
  let out = "";
  let from = 0;
  for (const at of escaped) {
    out += `${html.slice(from, at)}&lt;`;
    from = at + 1;
  }
  return out + html.slice(from);
}

/** Whether a text contains real markup. */
export const hasMarkup = (text: string): boolean => {
  const { tags } = scan(text);
  if (tags.length === 0) return false;
  const about = new Set(namedInTitle(tags, text));
  return tags.some((tag) => !about.has(tag.start));
};

function scan(html: string): { tags: Tag[]; loose: number[] } {
  const tags: Tag[] = [];
  const loose: number[] = [];
  let budget = ALWAYS_READ + MOST_READ * html.length;
  for (let at = html.indexOf("<"); at >= 0 && loose.length < MOST_LOOSE && budget > 0; ) {
    const sign = html.charAt(at + 1);
    const end = sign === "!" || sign === "?" ? endOfDeclaration(html, at) : undefined;
    const tag = end ?? readTag(html, at);
    if (typeof tag === "object") tags.push(tag);
    else if (end === undefined) {
      loose.push(at);
      budget -= tag - at;
    }
    at = html.indexOf("<", typeof tag === "object" ? tag.end : (end ?? at + 1));
  }
  return { tags, loose };
}

/** The position after a comment, CDATA, doctype or processing instruction; undefined: it isn't closed. */
function endOfDeclaration(html: string, at: number): number | undefined {
  const closing = html.startsWith("<!--", at) ? "-->" : html.startsWith("<![CDATA[", at) ? "]]>" : ">";
  if (closing === ">" && !/[a-z[]/i.test(html.charAt(at + 2))) return undefined;
  // The tokenizer handles an unclosed comment: it extends to the end.
  const end = html.indexOf(closing, at + 2);
  return end < 0 ? html.length : end + closing.length;
}

/** A number: no tag, as was seen at this position. */
function readTag(html: string, start: number): Tag | number {
  const closes = html.charAt(start + 1) === "/";
  const nameAt = start + (closes ? 2 : 1);
  let at = nameAt;
  while (at - nameAt < 40 && /[\w:-]/.test(html.charAt(at))) at += 1;
  const name = html.slice(nameAt, at).toLowerCase();
  if (!/^[a-z]/.test(name) || !/[\s/>]/.test(html.charAt(at))) return at;
  const rest = readAttributes(html, at, start);
  return typeof rest === "number" ? rest : { start, name, closes, ...rest };
}

/** From after the name to after the `>`. A number: what is before this position isn't a list of attributes. */
function readAttributes(html: string, from: number, start: number) {
  let [at, values, odd] = [from, 0, 0];
  while (at - start < LONGEST_TAG || values > 0) {
    while (/[\s/]/.test(html.charAt(at))) at += 1;
    const sign = html.charAt(at);
    if (sign === ">") {
      if (odd > 0 && values === 0) return at;
      const endsItself = html.charAt(at - 1) === "/";
      const isBare = values === 0 && !/[a-z]/i.test(html.slice(from, at));
      return { end: at + 1, hasValues: values > 0, isBare, endsItself };
    }
    if (sign === "" || sign === "<") return at;
    const nameAt = at;
    while (at < html.length && !/[\s=>/<"']/.test(html.charAt(at))) at += 1;
    const name = html.slice(nameAt, at);
    if (at === nameAt) at += 1;
    const valueAt = afterEquals(html, at);
    if (!ATTRIBUTE_NAME.test(name) && values === 0) return at;
    if (valueAt === undefined) {
      odd += WITHOUT_VALUE.test(name) ? 0 : 1;
      continue;
    }
    const end = endOfValue(html, valueAt);
    if (end === undefined) return html.length;
    values += 1;
    at = end;
  }
  return at;
}

function afterEquals(html: string, from: number): number | undefined {
  let at = from;
  while (/\s/.test(html.charAt(at))) at += 1;
  if (html.charAt(at) !== "=") return undefined;
  at += 1;
  while (/\s/.test(html.charAt(at))) at += 1;
  return at;
}

function endOfValue(html: string, at: number): number | undefined {
  const quote = html.charAt(at);
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, at + 1);
    return end < 0 ? undefined : end + 1;
  }
  let end = at;
  while (end < html.length && !/[\s<>]/.test(html.charAt(end))) end += 1;
  return end;
}

/** In a title, an element is markup if it is closed, has a value, or is a break between words; otherwise it is text. */
function namedInTitle(tags: readonly Tag[], text: string): number[] {
  const markup = new Set<Tag>();
  const open: Tag[] = [];
  for (const tag of tags) {
    if (BREAKS.has(tag.name)) {
      if (tag.endsItself || tag.hasValues || !isSpoken(tag, text)) markup.add(tag);
    } else if (tag.closes) {
      const at = open.findLastIndex(({ name }) => name === tag.name);
      const start = open[at];
      if (start === undefined) continue;
      open.length = at;
      const isWhole = text.slice(0, start.start).trim() === "" && text.slice(tag.end).trim() === "";
      if (!isWhole && isSpoken(start, text) && isSpoken(tag, text) && /\s/.test(text.charAt(tag.start - 1))) continue;
      markup.add(start).add(tag);
    } else if (tag.name === "img" || tag.name === "image") {
      if (tag.hasValues) markup.add(tag);
    } else if (isFormatting(tag.name)) {
      if (tag.hasValues || tag.endsItself) markup.add(tag);
      if (!tag.endsItself) open.push(tag);
    }
  }
  return tags.filter((tag) => !markup.has(tag)).map(({ start }) => start);
}

const isFormatting = (name: string) => FORMATTING.has(name.slice(name.indexOf(":") + 1));

/** In a body, unknown elements without an end tag are text, and so are elements used as a word in a sentence. */
function namedInBody(tags: readonly Tag[], text: string): number[] {
  const opened = new Set(tags.filter(({ closes }) => !closes).map(({ name }) => name));
  const closed = new Set(tags.filter(({ closes }) => closes).map(({ name }) => name));
  const isNamed = (tag: Tag) => {
    if (tag.hasValues || /[:-]/.test(tag.name)) return false;
    const hasOther = tag.closes ? opened.has(tag.name) : closed.has(tag.name);
    if (!ELEMENTS.has(tag.name)) return !hasOther;
    if (hasOther || !tag.isBare || tag.endsItself) return false;
    return END_OPTIONAL.has(tag.name) ? isInSentence(tag, text) : isSpoken(tag, text);
  };
  return tags.filter(isNamed).map(({ start }) => start);
}

/** In the position of a word: after a space or bracket, and before a space, a punctuation mark or the end. */
const isSpoken = ({ start, end }: Tag, text: string) =>
  (start === 0 || /[\s(“"‘'„«]/.test(text.charAt(start - 1))) && /^$|[\s.,;:!?)”"’'»…-]/.test(text.charAt(end));

/** `the <p> of`, but not `end. <p> New`: lower-case letters on both sides. */
const isInSentence = ({ start, end }: Tag, text: string) =>
  /\p{Ll} $/u.test(text.slice(Math.max(0, start - 3), start)) &&
  /^(?: \p{Ll}|[.,;:!?)]|$)/u.test(text.slice(end, end + 3));
