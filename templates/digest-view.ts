import type { ArticleImage } from "#domain/article/article.ts";
import { groupsOf } from "#domain/edition/choosing/sections.ts";
import type { EditionContent, Headline, Lead } from "#domain/edition/edition.ts";
import type { Theme } from "#domain/theme/theme.ts";
import { linkTarget, literal } from "./literal.ts";
import { placeholder, sealed } from "./placeholders.ts";
import { type Tokens, tokensOf } from "./tokens.ts";
import { counted, direction, fullDate, listed, type Piece, sentence, type Words, wordsFor } from "./words.ts";

/** Characters that fill the three lines beside a large letter, at 600 pixels; fewer would let the next paragraph in. */
const BESIDE_INITIAL = 150;

const hasInitial = (paragraph: string): boolean =>
  /^\p{Lu}/u.test(paragraph) && [...paragraph].length >= BESIDE_INITIAL;

/** What an email needs to know besides what the edition says. All addresses are absolute. */
export type DigestLook = {
  /** The newsletter's name. */
  title: string;
  /** BCP 47 tag: the language of the email's own words, of its dates and of its direction. */
  language: string;
  timeZone: string;
  postalAddress: string;
  /** One sentence: why the reader gets this. Default: because of the subscription. */
  reason?: string | undefined;
  siteUrl: string;
  editionUrl: string;
  archiveUrl: string;
  /** The address replies go to. */
  contact: string;
  /** Default: the ready theme `broadsheet`. */
  theme?: Theme | undefined;
};

/** A piece of a sentence as the templates show it. */
export type ViewPiece = Piece & { strong?: boolean };

export type HeadlineView = { title: string; url: string | null; meta: ViewPiece[] };

/** A run of headlines under one heading; `start` is the first one's number in the whole list. */
export type GroupView = { heading: string | null; start: number; headlines: HeadlineView[] };

/** Everything the templates print: clean, sealed text and safe addresses. They decide nothing but the looks. */
export type DigestView = {
  lang: string;
  dir: "ltr" | "rtl";
  start: "left" | "right";
  /** What a screen reader calls the email: name and date. */
  label: string;
  preheader: string;
  title: string;
  date: string;
  /** False for an edition whose lead has no headline: its h1 is the newsletter's name and date. */
  titled: boolean;
  lead: string;
  /** What stands over the lead's headline: section and source, as far as they are known. */
  kicker: ViewPiece[];
  url: string | null;
  read: ViewPiece[];
  image: {
    url: string;
    alt: string;
    width: number;
    height: number | null;
    caption: string;
    credit: ViewPiece[];
  } | null;
  paragraphs: string[];
  /** Whether the first paragraph can begin with a large letter: a quotation mark that large is a blot. */
  initial: boolean;
  /** The list, a group for each run of one section; null without headlines. */
  groups: GroupView[] | null;
  more: string;
  /** Says how many headlines were left out; empty if none. */
  rest: string;
  reason: string;
  replies: ViewPiece[];
  postalAddress: string;
  unsubscribe: string;
  archiveUrl: string;
  editionUrl: string;
  words: Words;
} & Tokens;

/** Shown of a story's other sources; the rest is a number. */
const namedSources = 3;
/** The width of the text column at 600 pixels. */
const columnWidth = 528;

/** Content as it may stand in an email that SES fills in. */
export const inEmail = (content: string): string => sealed(literal(content));

/** How much of an edition is shown, and how its content is made fit for where it is shown. */
export type Showing = { headlines: number; paragraphs: number; show: (content: string) => string };

/** The edition as the templates print it, with the first so many headlines and paragraphs. */
export function viewOf(content: EditionContent, look: DigestLook, showing: Showing): DigestView {
  const { show } = showing;
  const words = wordsFor(look.language);
  const dir = direction(look.language);
  const title = show(look.title);
  const date = fullDate(look.language, content.date);
  const headlines = content.headlines.slice(0, showing.headlines);
  const omitted = content.headlines.length - headlines.length;
  const { lead } = content;
  return {
    lang: look.language,
    dir,
    start: dir === "rtl" ? "right" : "left",
    label: `${title}, ${date}`,
    preheader: show(content.preheader),
    title,
    date,
    ...leadView(lead, words, showing),
    groups: headlines.length > 0 ? groupViews(headlines, { language: look.language, words, show }) : null,
    more: counted(look.language, isEmpty(lead) ? words.headlines : words.more, headlines.length),
    rest: omitted > 0 ? counted(look.language, words.rest, omitted) : "",
    reason: look.reason ? show(look.reason) : words.reason.replace("{title}", () => title),
    replies: sentence(words.replies, { contact: show(look.contact) }),
    postalAddress: show(look.postalAddress),
    unsubscribe: placeholder("unsubscribe"),
    archiveUrl: look.archiveUrl,
    editionUrl: look.editionUrl,
    words,
    ...tokensOf(title, look.theme),
  };
}

const isEmpty = (lead: Lead): boolean => lead.title === null && lead.paragraphs.length === 0;

function leadView(lead: Lead, words: Words, { paragraphs, show }: Showing) {
  const source = show(lead.source ?? "");
  return {
    titled: lead.title !== null && lead.title !== "",
    lead: show(lead.title ?? ""),
    kicker: kickerOf(show(lead.section ?? ""), source),
    url: linkTarget(lead.url),
    read: source === "" ? sentence(words.read, {}) : sentence(words.readAt, { source }),
    image: lead.image === null ? null : imageView(lead.image, lead.title, words, show),
    paragraphs: lead.paragraphs.slice(0, paragraphs).map(show),
    initial: hasInitial(lead.paragraphs[0] ?? ""),
  };
}

const apart: ViewPiece = { text: " · ", isolated: false };

function kickerOf(section: string, source: string): ViewPiece[] {
  const names = [section, source].filter((name) => name !== "").map((text) => ({ text, isolated: true }));
  return names.flatMap((name, i) => (i === 0 ? [name] : [apart, name]));
}

/** The picture in the column's width; a text that only repeats headline or caption would be read twice. */
function imageView(
  { url, alt, width, height, caption = "", credit = "" }: ArticleImage,
  headline: string | null,
  words: Words,
  show: Showing["show"],
): DigestView["image"] {
  const src = linkTarget(url);
  if (src === null) return null;
  const shown = Math.min(width ?? columnWidth, columnWidth);
  return {
    url: src,
    alt: alt === headline || alt === caption ? "" : show(alt),
    width: shown,
    height: width !== null && height !== null ? Math.round((height * shown) / width) : null,
    caption: caption === headline ? "" : show(caption),
    credit: credit === "" ? [] : sentence(words.picture, { credit: show(credit) }),
  };
}

/** What the words of a list entry depend on. */
type Voice = { language: string; words: Words; show: Showing["show"] };

/** One list without a heading of its own, unless there are sections. */
const groupViews = (headlines: readonly Headline[], voice: Voice): GroupView[] =>
  groupsOf(headlines).map(({ section, start, headlines }, i) => ({
    heading: section === null ? (i === 0 ? null : voice.words.otherNews) : voice.show(section),
    start,
    headlines: headlines.map((headline) => headlineView(headline, voice)),
  }));

const headlineView = (headline: Headline, voice: Voice): HeadlineView => ({
  title: voice.show(headline.title),
  url: linkTarget(headline.url),
  meta: metaOf(headline, voice),
});

/** `Developing · The Gull · also in A, B and 4 others`, as far as it is known. */
function metaOf(headline: Headline, voice: Voice): ViewPiece[] {
  const { language, words, show } = voice;
  const parts: ViewPiece[][] = [];
  if (headline.developing) parts.push([{ text: words.developing, isolated: false, strong: true }]);
  if (headline.source) parts.push([{ text: show(headline.source), isolated: true }]);
  if (headline.alsoIn.length > 0) {
    parts.push(sentence(words.alsoIn, { names: listed(language, namesOf(headline.alsoIn, voice)) }));
  }
  return parts.flatMap((part, i) => (i === 0 ? part : [apart, ...part]));
}

function namesOf(sources: readonly string[], { language, words, show }: Voice): Piece[] {
  // "and 1 other" is longer than most names.
  const named = sources.length <= namedSources + 1 ? sources : sources.slice(0, namedSources);
  const names = named.map((name) => ({ text: show(name), isolated: true }));
  const others = sources.length - named.length;
  return others === 0 ? names : [...names, { text: counted(language, words.others, others), isolated: false }];
}
