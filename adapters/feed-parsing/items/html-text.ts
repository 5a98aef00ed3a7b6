import { Parser } from "htmlparser2";
import { DEEPEST } from "../limits.ts";
import { parseHtml } from "../markup/bounded-parser.ts";
import { escapeLooseMarkup } from "../markup/loose-markup.ts";
import { isButtonAddress, isPageFurniture } from "./page-furniture.ts";

/** A picture in an article's text. */
export type FoundImage = { src: string; alt: string; width: number | null; height: number | null };
/** `links`: the paragraphs that are links from beginning to end. */
export type PlainText = { paragraphs: string[]; images: FoundImage[]; links: LinkedText[] };
type LinkedText = { readonly text: string; readonly addresses: readonly string[] };

/** Elements whose text isn't part of the article. */
const SKIPPED = new Set(
  "script style noscript template iframe object applet svg math head title select textarea button audio video canvas map figcaption frameset noframes noembed xmp plaintext".split(
    " ",
  ),
);
/** Those of them that a browser extends to the end of the page if they aren't closed. */
const RAW = new Set(["script", "style", "xmp", "plaintext"]);
/** Elements that the tokenizer reads as raw text up to their end tag, or to the end of the text without one. */
const RAW_START = /<(iframe|noembed|noframes|noscript|textarea|title)(?=[\s/>])/gi;
/** Elements that start and end a paragraph. */
const BLOCKS = new Set(
  "p div section article main header footer aside nav address blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre hr table caption tbody thead tr figure fieldset center body html details summary form".split(
    " ",
  ),
);
/** Most characters of markup that are read; articles are shorter. */
const LONGEST = 400_000;
const MOST_IMAGES = 20;
const MOST_PARAGRAPHS = 200;
/** Fewer letters beside buttons are their label. */
const LABEL = 40;

type State = {
  readonly paragraphs: string[];
  readonly images: FoundImage[];
  readonly links: LinkedText[];
  current: string;
  /** Open links, letters of the paragraph outside of links, and where its links lead. */
  linked: number;
  outside: number;
  addresses: string[];
  /** Prefix of the next paragraph: a list's bullet, or the term of a definition. */
  prefix: string;
  /** Open elements; true: their text is skipped. */
  readonly open: { name: string; skips: boolean; ellipsis: boolean }[];
  /** Names of elements that have an end tag somewhere. */
  readonly closed: ReadonlySet<string>;
  skipping: number;
  preformatted: number;
  breaks: number;
};

/**
 * HTML as plain-text paragraphs and pictures. One pass of htmlparser2's tokenizer, without a tree or recursion, so
 * neither depth nor size can exhaust the process. The result is text and has to be escaped in HTML.
 */
export function htmlToText(html: string): PlainText {
  return parseMarkup(escapeLooseMarkup(html.slice(0, LONGEST), "body"));
}

/** The same for markup whose stray `<` are already escaped. */
export function parseMarkup(html: string): PlainText {
  const closed = new Set([...html.matchAll(/<\/([a-z][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase() ?? ""));
  const state: State = {
    paragraphs: [],
    images: [],
    links: [],
    current: "",
    linked: 0,
    outside: 0,
    addresses: [],
    prefix: "",
    open: [],
    closed,
    skipping: 0,
    preformatted: 0,
    breaks: 0,
  };
  parseHtml(
    html.replace(RAW_START, (tag, name: string) => (closed.has(name.toLowerCase()) ? tag : "<span")),
    {
      open: (name, attributes) => open(state, name, attributes),
      text: (data) => addText(state, data),
      close: (name) => close(state, name),
    },
  );
  endParagraph(state);
  return { paragraphs: state.paragraphs, images: state.images, links: state.links };
}

type HtmlAttributes = Readonly<Record<string, string>>;

function open(state: State, name: string, attributes: HtmlAttributes): void {
  const skips = state.open.length >= DEEPEST || isSkipped(state, name) || isHidden(attributes);
  state.open.push({ name, skips, ellipsis: attributes.class === "ellipsis" });
  if (skips) state.skipping += 1;
  if (state.skipping > 0) return;
  if (BLOCKS.has(name)) endParagraph(state);
  if (name === "pre") state.preformatted += 1;
  if (name === "a") openLink(state, attributes);
  if (name === "li") state.prefix = "• ";
  // Several terms before one definition are named together.
  if (name === "dt" && !state.prefix.endsWith(": ")) state.prefix = "";
  if (name === "td" || name === "th") state.current += " ";
  if (name === "br") addBreak(state);
  if (name === "img") addImage(state, attributes);
}

function openLink(state: State, { href }: HtmlAttributes): void {
  state.linked += 1;
  if (href !== undefined) state.addresses.push(href);
}

/** An unclosed element doesn't hide the rest, except for those that do so in a browser. */
const isSkipped = ({ closed }: State, name: string) => SKIPPED.has(name) && (RAW.has(name) || closed.has(name));

function close(state: State, name: string): void {
  const ended = state.open.pop();
  if (ended?.skips) {
    state.skipping -= 1;
    return;
  }
  if (state.skipping > 0) return;
  if (ended?.ellipsis) state.current += "…";
  if (name === "dt") endTerm(state);
  else if (BLOCKS.has(name)) endParagraph(state);
  if (name === "pre") state.preformatted = Math.max(0, state.preformatted - 1);
  if (name === "a") state.linked = Math.max(0, state.linked - 1);
  if (name === "li" || name === "dd") state.prefix = "";
}

const isHidden = (attributes: HtmlAttributes) =>
  attributes.hidden !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.style ?? "") ||
  isPageFurniture(attributes);

function addText(state: State, data: string): void {
  if (state.skipping > 0) return;
  if (/\S/.test(data)) state.breaks = 0;
  if (state.linked === 0 && /[\p{L}\p{N}]/u.test(data)) state.outside += data.length;
  if (state.preformatted === 0) {
    state.current += data;
    return;
  }
  // Lines of code or verse are kept.
  const [first = "", ...lines] = data.split("\n");
  state.current += first;
  for (const line of lines) {
    endParagraph(state);
    state.current += line;
  }
}

/** One break starts a line within the paragraph, two start a new paragraph; lists and code keep each line. */
function addBreak(state: State): void {
  state.breaks += 1;
  const keepsLines = state.preformatted > 0 || state.open.some(({ name }) => name === "li");
  if (state.breaks > 1 || keepsLines) endParagraph(state);
  else state.current += " ";
}

/** A term and its definition are one paragraph. */
function endTerm(state: State): void {
  const term = state.current.replace(/\s+/gu, " ").trim();
  state.current = "";
  const terms = `${state.prefix.replace(/: $/u, ", ")}${term}`;
  if (term !== "") state.prefix = /[:.!?…–—-]$/u.test(term) ? `${terms} ` : `${terms}: `;
}

function endParagraph(state: State): void {
  const text = state.current.replace(/\s+/gu, " ").trim();
  const { outside, addresses } = state;
  state.current = "";
  state.outside = 0;
  state.addresses = [];
  state.breaks = 0;
  if (text === "" || state.paragraphs.length >= MOST_PARAGRAPHS) return;
  // "Share: Facebook, X"
  if (outside < LABEL && addresses.length > 0 && addresses.every(isButtonAddress)) return;
  if (outside === 0) state.links.push({ text: state.prefix + text, addresses });
  state.paragraphs.push(state.prefix + text);
  state.prefix = "";
}

function addImage(state: State, attributes: HtmlAttributes): void {
  const src = sourceOf(attributes);
  if (src === undefined || state.images.length >= MOST_IMAGES) return;
  const [width, height] = [size(attributes.width), size(attributes.height)];
  // Tracking pixels, smileys and share buttons are tiny pictures.
  if ((width !== null && width < 50) || (height !== null && height < 50)) return;
  state.images.push({ src, alt: attributes.alt?.trim() || (attributes.title ?? ""), width, height });
}

/** The attributes in which scripts that load pictures late keep their address. */
const LATE = ["data-src", "data-lazy-src", "data-original", "data-orig-file"] as const;

/** A picture's address; a late one has a placeholder in `src`. */
function sourceOf(attributes: HtmlAttributes): string | undefined {
  const given = [...LATE, "src"].map((name) => attributes[name]?.trim() ?? "");
  const [first] = (attributes.srcset ?? attributes["data-srcset"] ?? "").trim().split(/\s/);
  return [...given, first ?? ""].find((one) => one !== "" && !one.startsWith("data:"));
}

function size(value: string | undefined): number | null {
  const digits = /^\s*(\d{1,5})(px)?\s*$/.exec(value ?? "")?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Decodes entities with the same tokenizer; everything else is unchanged. */
export function decodeEntities(text: string): string {
  let out = "";
  const parser = new Parser({ ontext: (data) => (out += data) }, { decodeEntities: true });
  parser.write(text.replace(/</g, "&lt;"));
  parser.end();
  return out;
}
