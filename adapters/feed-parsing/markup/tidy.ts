import {
  DEEPEST,
  DEEPEST_MARKUP,
  LONGEST_ATTRIBUTE,
  LONGEST_ITEM,
  MOST_ATTRIBUTES,
  UnreadableFeed,
  writeInPieces,
} from "../limits.ts";
import { xmlParser } from "./bounded-parser.ts";
import { attributesOf, closeTag, escapeXml, openMarkup } from "./markup.ts";
import {
  type Attributes,
  type Dialect,
  emptyScope,
  plainName,
  type Root,
  rootOf,
  type Scope,
  scopeOf,
} from "./names.ts";
import { expandEntities, repairCharacters, replaceControls, withoutMiddle } from "./repair.ts";
import { DECLARATIONS, VOCABULARY } from "./vocabulary.ts";

/** A feed as clean XML with standard prefixes, and what was left out to keep it small. */
type TidyFeed = {
  readonly kind: Root["kind"];
  readonly xml: string;
  readonly items: number;
  readonly leftOut: number;
};

type Mode = "outside" | "root" | "channel" | "item" | "text" | "group" | "ignored";

/** An element as it is in the document. */
type Element = {
  readonly scope: Scope;
  readonly base: string | undefined;
  readonly lang: string | undefined;
  readonly attributes: Attributes;
};

type Frame = Element & {
  readonly mode: Mode;
  /** The plain name; "": it isn't read. */
  readonly name: string;
  /** Tidy children, or the text of a text element. */
  readonly out: string[];
  /** Its text has to be escaped to become HTML. */
  readonly xhtml: boolean;
  /** The raw name of an element inside a text element, whose start and end tags are its text too. */
  readonly markup: string | undefined;
  /** An item that was closed by the start of the next one. */
  done: boolean;
};

type State = {
  readonly stack: Frame[];
  root: Root | undefined;
  dialect: Dialect;
  /** Feed-level elements. */
  readonly channel: string[];
  readonly items: string[];
  lang: string | undefined;
  /** Characters of the item being read. */
  size: number;
  /** Attributes of the element being read. */
  attributes: number;
};

/** Text elements whose inner elements are markup; in others, only an inner element's text is added. */
const HTML_TEXT = new Set(
  "title description summary content content:encoded xhtml:body xhtml:div atom:title atom:summary atom:content media:title media:description dc:description".split(
    " ",
  ),
);

/**
 * Reads any feed in XML, however broken, into clean XML that feedsmith maps: unclosed and misnested elements,
 * undeclared or odd prefixes, stray `&` and `<`, unclosed CDATA, control characters, text around the feed. Of the
 * document type only entities have an effect, within bounds, and nothing is fetched. No recursion, bounded depth, item
 * size, number of items and time.
 * @param url what relative links are relative to
 * @returns undefined if the text isn't a feed
 * @throws UnreadableFeed if reading it would be dangerous
 */
export function tidyFeed(text: string, url: string | undefined): TidyFeed | undefined {
  const whole = expandEntities(text);
  const state: State = {
    stack: [frame("outside", "", { ...OUTSIDE, base: url })],
    root: undefined,
    dialect: { core: "rss", rootDefault: undefined },
    channel: [],
    items: [],
    lang: undefined,
    size: 0,
    attributes: 0,
  };
  const parser = xmlParser({
    onopentagname: () => {
      state.attributes = 0;
    },
    onattribute: () => {
      state.attributes += 1;
      if (state.attributes > MOST_ATTRIBUTES) throw new UnreadableFeed("an element of it has attributes without end");
    },
    onopentag: (name, attributes) => open(state, name, attributes),
    ontext: (data) => addText(state, data),
    onclosetag: (_name, isImplied) => close(state, { isImplied }),
  });
  const { kept, leftOut } = withoutMiddle(whole);
  writeInPieces(kept, (piece, next) => parser.write(repairCharacters(piece, next)));
  parser.end();
  return state.root === undefined ? undefined : finish(state, state.root, leftOut);
}

function frame(mode: Mode, name: string, element: Element, xhtml = false): Frame {
  return { ...element, mode, name, xhtml, out: [], markup: undefined, done: false };
}

const OUTSIDE: Element = { scope: emptyScope, base: undefined, lang: undefined, attributes: Object.freeze({}) };
const top = (state: State): Frame => state.stack.at(-1) ?? frame("outside", "", OUTSIDE);

function open(state: State, rawName: string, attributes: Attributes): void {
  const parent = top(state);
  if (state.stack.length > (parent.mode === "text" ? DEEPEST_MARKUP : DEEPEST)) {
    throw new UnreadableFeed(`its elements are nested more than ${DEEPEST} deep`);
  }
  const element: Element = {
    scope: scopeOf(parent.scope, attributes),
    base: resolveBase(attributes["xml:base"], parent.base),
    lang: attributes["xml:lang"]?.slice(0, 100) ?? parent.lang,
    attributes,
  };
  state.stack.push(
    state.root === undefined ? outside(state, rawName, element) : inside(state, parent, rawName, element),
  );
}

/** Before the feed's first element: this may be it. */
function outside(state: State, rawName: string, element: Element): Frame {
  state.root = rootOf(rawName, element.scope);
  if (state.root === undefined) return frame("outside", "", element);
  state.dialect = { core: state.root.core, rootDefault: element.scope[""] };
  state.lang = element.lang;
  if (state.root.kind === "atom") return frame("channel", "feed", element);
  const bare = /(^|:)channel$/i.test(rawName);
  return bare ? frame("channel", "channel", element) : frame("root", "", element);
}

function inside(state: State, parent: Frame, rawName: string, element: Element): Frame {
  const name = plainName(rawName, element.scope, state.dialect);
  const isItem = name === (state.dialect.core === "atom" ? "entry" : "item");
  if (isItem && !parent.xhtml) {
    endItem(state);
    state.size = 0;
    return frame("item", name ?? "", element);
  }
  if (parent.mode !== "text") return child(parent, name, element);
  if (HTML_TEXT.has(parent.name)) push(state, parent, openMarkup(rawName, element.attributes, element.base));
  return { ...parent, ...element, markup: rawName };
}

/** A new item ends the one before it, even without an end tag. */
function endItem(state: State): void {
  for (let at = state.stack.length - 1; at > 0; at -= 1) {
    const outer = state.stack[at];
    if (outer?.mode === "text") foldText(state, outer, state.stack[at - 1]);
    if (outer?.mode === "item") {
      emitItem(state, outer);
      return;
    }
  }
}

function child(parent: Frame, name: string | null, element: Element): Frame {
  if (parent.mode === "root" && name === "channel") return frame("channel", name, element);
  // RSS 1.0 lists items after the channel, some feeds in a list of their own.
  if (parent.mode === "root" || name === "items" || name === "rdf:seq") return frame("root", "", element);
  const reading = name === null ? undefined : VOCABULARY[parent.name]?.[name];
  if (name === null || reading === undefined || parent.done) return frame("ignored", "", element);
  if (reading !== "text") return frame("group", name, element);
  const type = `${element.attributes.type ?? ""} ${element.attributes.mode ?? ""}`.toLowerCase();
  return frame("text", name, element, name.startsWith("xhtml:") || /xhtml|(^|[\s/+])xml/.test(type));
}

function push(state: State, to: Frame, piece: string): void {
  state.size += piece.length;
  if (state.size <= LONGEST_ITEM) to.out.push(piece);
}

function addText(state: State, data: string): void {
  const current = top(state);
  if (current.mode !== "text" || current.done) return;
  const text = replaceControls(data);
  push(state, current, current.xhtml ? escapeXml(text) : text);
}

/** @param isImplied it has no end tag, so its text has none either */
function close(state: State, { isImplied = false } = {}): void {
  const ended = state.stack.length > 1 ? state.stack.pop() : undefined;
  if (ended === undefined) return;
  const parent = top(state);
  if (ended.markup !== undefined) {
    if (HTML_TEXT.has(ended.name) && !isImplied) push(state, parent, closeTag(ended.markup));
    return;
  }
  if (ended.mode === "item") emitItem(state, ended);
  else if (ended.mode === "text") foldText(state, ended, parent);
  else if (ended.mode === "group" && !ended.done) {
    childrenOf(state, parent).push(
      `<${ended.name}${attributesOf(ended.attributes, ended.base)}>${ended.out.join("")}</${ended.name}>`,
    );
  }
}

/** Writes a finished text element into its parent. */
function foldText(state: State, ended: Frame, parent: Frame | undefined): void {
  if (parent === undefined || ended.done || ended.markup !== undefined) return;
  ended.done = true;
  const text = ended.out.join("");
  const out = childrenOf(state, parent);
  if (ended.name.endsWith(":origlink")) {
    const link = state.dialect.core === "atom" ? "link" : "atom:link";
    out.push(`<${link} rel="canonical" href="${escapeXml(text.trim())}"/>`);
    return;
  }
  const name = ended.name.startsWith("xhtml:") ? "content:encoded" : ended.name;
  const attributes = ended.xhtml ? { ...ended.attributes, type: "html", mode: "" } : ended.attributes;
  const value = name === "link" ? resolveLink(text.trim() === "" ? pageIn(ended) : text, ended.base) : text;
  out.push(`<${name}${attributesOf(attributes, ended.base)}>${escapeXml(value)}</${name}>`);
}

const childrenOf = (state: State, parent: Frame) => (parent.mode === "channel" ? state.channel : parent.out);

/** Some RSS feeds write links as Atom does. */
const pageIn = ({ attributes: { href = "", rel = "alternate" } }: Frame): string => (rel === "alternate" ? href : "");

/** An RSS link's text, made absolute if possible. */
function resolveLink(text: string, base: string | undefined): string {
  const link = text.trim();
  if (link === "" || link.length > LONGEST_ATTRIBUTE || base === undefined) return link;
  if (/^[a-z][a-z0-9+.-]*:|^www\.|^https?\/\//i.test(link)) return link;
  return URL.parse(link, base)?.href ?? link;
}

function resolveBase(given: string | undefined, outer: string | undefined): string | undefined {
  if (given === undefined || given.trim() === "") return outer;
  if (given.length > LONGEST_ATTRIBUTE) return outer;
  const base = URL.parse(given.trim(), outer)?.href;
  return base === undefined || base.length > LONGEST_ATTRIBUTE ? outer : base;
}

function emitItem(state: State, ended: Frame): void {
  if (ended.done) return;
  ended.done = true;
  const about = ended.attributes["rdf:about"];
  const hasId = ended.out.some((piece) => piece.startsWith("<guid"));
  // RSS 1.0 identifies an item by its page.
  const isPage = /^https?:/i.test(about ?? "") && !ended.out.some((piece) => /^<link[^>]*>[^<]/.test(piece));
  const id = about !== undefined && !hasId ? `<guid ispermalink="${isPage}">${escapeXml(about)}</guid>` : "";
  const base = ended.base === undefined ? "" : ` xml:base="${escapeXml(ended.base)}"`;
  const lang = ended.lang === undefined ? "" : ` xml:lang="${escapeXml(ended.lang)}"`;
  state.items.push(`<${ended.name}${base}${lang}>${ended.out.join("")}${id}</${ended.name}>`);
}

function finish(state: State, root: Root, leftOut: number): TidyFeed {
  while (state.stack.length > 1) close(state);
  const lang = state.lang === undefined ? "" : ` xml:lang="${escapeXml(state.lang)}"`;
  const body = `${state.channel.join("")}${state.items.join("\n")}`;
  const xml =
    root.kind === "atom"
      ? `<feed xmlns="http://www.w3.org/2005/Atom" ${DECLARATIONS}${lang}>${body}</feed>`
      : `<rss version="2.0" ${DECLARATIONS}${lang}><channel>${body}</channel></rss>`;
  return { kind: root.kind, xml, items: state.items.length, leftOut };
}
