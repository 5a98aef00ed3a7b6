import { Parser } from "htmlparser2";
import type { HtmlFacts, Run, TopElement } from "#domain/edition/preflight/check/facts.ts";
import { declarationsIn, pixels } from "./styles.ts";

type Attributes = Readonly<Record<string, string>>;
type Text = { text: string };
/** How text looks by inline styles and attributes alone, inherited from element to element. */
type Look = Pick<Run, "color" | "background" | "size" | "block"> & { hidden: boolean };
type Frame = { tag: string; look: Look; text: Text | null; end: () => void };

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type State = {
  facts: Writable<Omit<HtmlFacts, "styles" | "metas" | "elements">>;
  metas: Record<string, string>;
  elements: Record<string, number>;
  styles: Set<string>;
  frames: Frame[];
  /** Whether text continues the last run: the tokenizer splits text at entities. */
  spoken: Frame | null;
};

/** Elements that start and end a line. */
const BLOCKS = new Set("p div section article li ul ol td tr table h1 h2 h3 h4 h5 h6 br blockquote hr body".split(" "));
const NO_TEXT = new Set(["head", "style", "script", "title"]);

/** Reads an email's HTML in one pass, without a tree. It never fails. */
export function readHtml(html: string): HtmlFacts {
  const state = blank();
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => open(state, tag, attributes),
      ontext: (text) => read(state, text),
      onclosetag: () => close(state),
      oncomment: (comment) => conditional(state, comment),
    },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  const { facts, metas, elements, styles } = state;
  const runs = facts.runs.map((run) => ({ ...run, text: tidy(run.text) }));
  return { ...facts, runs, metas, elements, styles: [...styles], visible: tidy(facts.visible) };
}

function blank(): State {
  return {
    facts: {
      ...{ language: null, direction: null, title: "", hidden: null, visible: "" },
      ...{ top: [], headings: [], lists: [], links: [], images: [], tables: [] },
      ...{ handlers: [], sheets: [], outlook: [], runs: [] },
    },
    metas: {},
    elements: {},
    styles: new Set(),
    frames: [],
    spoken: null,
  };
}

const tidy = (text: string): string => text.replace(/\s+/gu, " ").trim();
const value = (attributes: Attributes, name: string): string | null => attributes[name] ?? null;

function open(state: State, tag: string, attributes: Attributes): void {
  state.spoken = null;
  const { facts, frames } = state;
  const parent = frames.at(-1);
  state.elements[tag] = (state.elements[tag] ?? 0) + 1;
  if (BLOCKS.has(tag)) gap(state);
  if (attributes.style !== undefined && attributes.style !== "") state.styles.add(attributes.style);
  facts.handlers.push(...Object.keys(attributes).filter((name) => /^on[a-z]+$/.test(name)));
  if (parent?.tag === "body") facts.top.push(topElement(tag, attributes));
  const look = lookOf(tag, attributes, parent?.look);
  const frame: Frame = { tag, look, text: null, end: () => undefined };
  frames.push(frame);
  note(state, frame, attributes);
}

const topElement = (tag: string, attributes: Attributes): TopElement => ({
  tag,
  language: value(attributes, "lang"),
  direction: value(attributes, "dir"),
  role: value(attributes, "role"),
  roleDescription: value(attributes, "aria-roledescription"),
  label: value(attributes, "aria-label"),
});

function lookOf(tag: string, attributes: Attributes, around: Look | undefined): Look {
  const style = declarationsIn(attributes.style ?? "");
  const own = style.get("background-color") ?? style.get("background") ?? value(attributes, "bgcolor");
  // Webmail drops the body element, so only its children's styles count.
  const background = tag === "body" || tag === "html" ? null : (own ?? around?.background ?? null);
  return {
    color: style.get("color") ?? around?.color ?? null,
    background,
    size: pixels(style.get("font-size")) ?? around?.size ?? null,
    block: BLOCKS.has(tag) ? tag : (around?.block ?? tag),
    hidden: (around?.hidden ?? false) || style.get("display") === "none" || NO_TEXT.has(tag),
  };
}

type Collect = (end: (text: string) => void) => void;
type Note = (state: State, frame: Frame, attributes: Attributes, collect: Collect) => void;

const heading: Note = ({ facts }, { tag }, _, collect) =>
  collect((text) => facts.headings.push({ level: Number(tag.slice(1)), text }));
const list: Note = ({ facts }) => facts.lists.push({ items: [] });

/** Collected for each element; its text is complete when it ends. */
const notes: Readonly<Record<string, Note>> = {
  ...{ h1: heading, h2: heading, h3: heading, h4: heading, h5: heading, h6: heading, ul: list, ol: list },
  html: ({ facts }, _, attributes) => {
    facts.language = value(attributes, "lang");
    facts.direction = value(attributes, "dir");
  },
  title: ({ facts }, _, __, collect) =>
    collect((text) => {
      facts.title = text;
    }),
  meta: ({ metas }, _, { name, content = "" }) => {
    if (name) metas[name.toLowerCase()] = content;
  },
  style: ({ facts, frames }, _, __, collect) => {
    const inBody = frames.some(({ tag }) => tag === "body");
    collect((text) => facts.sheets.push({ text, inBody }));
  },
  table: ({ facts }, _, attributes) => facts.tables.push(value(attributes, "role")),
  img: ({ facts }, { look }, attributes) => {
    const [src, alt] = [attributes.src ?? "", value(attributes, "alt")];
    facts.images.push({ src, alt, width: value(attributes, "width"), height: value(attributes, "height") });
    if (!look.hidden) facts.visible += ` ${alt ?? ""} `;
  },
  li: ({ facts }, _, __, collect) => {
    const at = facts.lists.length - 1;
    const from = facts.links.length;
    collect((text) => {
      const links = facts.links.slice(from).map((one) => one.text);
      facts.lists[at] = { items: [...(facts.lists[at]?.items ?? []), { text, links }] };
    });
  },
  a: ({ facts }, _, { href, style = "" }, collect) => {
    if (href === undefined) return;
    const underlined = /underline/.test(declarationsIn(style).get("text-decoration") ?? "");
    const after = facts.visible.length;
    collect((text) => facts.links.push({ href, text, underlined, after }));
  },
};

function note(state: State, frame: Frame, attributes: Attributes): void {
  const { facts } = state;
  const text = { text: "" };
  const collect: Collect = (end) => {
    frame.text = text;
    frame.end = () => end(tidy(text.text));
  };
  if (Object.hasOwn(notes, frame.tag)) notes[frame.tag]?.(state, frame, attributes, collect);
  const { style = "" } = attributes;
  if (frame.text !== null || facts.hidden !== null || declarationsIn(style).get("display") !== "none") return;
  const isFirst = tidy(facts.visible) === "";
  const ariaHidden = attributes["aria-hidden"] === "true";
  frame.text = text;
  // Unchanged: its white space keeps the rest of the email out of the inbox's preview line.
  frame.end = () => {
    facts.hidden = { text: text.text, style, ariaHidden, isFirst };
  };
}

function read(state: State, text: string): void {
  for (const frame of state.frames) if (frame.text) frame.text.text += text;
  const frame = state.frames.at(-1);
  if (frame === undefined || frame.look.hidden) return;
  const { facts } = state;
  facts.visible += text;
  const newest = facts.runs.at(-1);
  if (newest && frame === state.spoken) facts.runs[facts.runs.length - 1] = { ...newest, text: newest.text + text };
  else if (text.trim() !== "") facts.runs.push(runOf(text, frame.look));
  else return;
  state.spoken = frame;
}

const runOf = (text: string, { block, color, background, size }: Look): Run => ({
  ...{ text, block, color, background, size },
});

/** White space separates blocks, whether the markup has some or not. */
function gap(state: State): void {
  state.facts.visible += " ";
  for (const frame of state.frames) if (frame.text && frame.tag !== "style") frame.text.text += " ";
}

function close(state: State): void {
  const frame = state.frames.pop();
  state.spoken = null;
  if (frame === undefined) return;
  if (BLOCKS.has(frame.tag)) gap(state);
  frame.end();
}

/** `[if mso]>…<![endif]`: markup for Outlook. */
function conditional({ facts }: State, comment: string): void {
  const markup = /^\[if [^\]]*\]>([\s\S]*)<!\[endif\]$/.exec(comment)?.[1];
  if (markup === undefined) return;
  facts.outlook.push(markup);
  for (const [table] of markup.matchAll(/<table\b[^<>]*>/gi)) {
    facts.tables.push(/\brole="([^"]*)"/i.exec(table)?.[1] ?? null);
  }
}
