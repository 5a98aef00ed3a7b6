import type { ArticleImage } from "#domain/article/article.ts";
import { COLUMN_WIDTH, fillsColumn } from "#domain/edition/content/picture-size.ts";
import { startsWithStandfirst } from "#domain/edition/content/standfirst.ts";
import type { Lead } from "#domain/edition/edition.ts";
import { linkTarget } from "../text/literal.ts";
import { ownDirection } from "../text/text-direction.ts";
import { dayBefore, type Piece, sentence, type Words, weekday } from "../words.ts";

/** A text with its direction, if it differs from the edition's. */
export type TextView = { text: string; dir: "ltr" | "rtl" | null };

export type ParagraphView = TextView & {
  /** The standfirst, a summary without a full stop above the text. */
  isStandfirst: boolean;
  /** The first of the text. */
  isOpening: boolean;
  /** Of the style sheet. */
  class: string;
};

export type PictureView = {
  url: string;
  alt: string;
  width: number;
  height: number | null;
  /** A picture without alt text isn't linked, because the link would have no name. */
  isLinked: boolean;
  /** Caption and credit. */
  below: Piece[];
};

/** A part of a sentence; `href`: a page of the newsletter. */
export type ViewPiece = Piece & { strong?: boolean; href?: string };

/** Input for the words around a story. `show` prepares content. */
export type Voice = {
  language: string;
  dir: "ltr" | "rtl";
  words: Words;
  show: (content: string) => string;
  /** True: all stories come from one source, whose name is shown only above the lead. */
  hasOneSource: boolean;
  /** The edition's date, and the address of the newsletter's edition of another date. */
  date: string;
  editionUrl: (date: string) => string;
};

export const textView = (text: string, { dir, show }: Voice): TextView => ({
  text: show(text),
  dir: ownDirection(text, dir),
});

/** With no-break spaces, so a separator never begins or ends a line. */
export const apart: Piece = { text: "\u00a0·\u00a0", isolated: false };

export const joined = (parts: readonly (readonly ViewPiece[])[]): ViewPiece[] =>
  parts.filter((part) => part.length > 0).flatMap((part, i) => (i === 0 ? part : [apart, ...part]));

export function leadView(lead: Lead, shown: number, voice: Voice) {
  const { words, show } = voice;
  const source = show(lead.source ?? "");
  const url = linkTarget(lead.url);
  const isNamed = source !== "" && !voice.hasOneSource;
  return {
    titled: lead.title !== null && lead.title !== "",
    lead: show(lead.title ?? ""),
    leadDir: ownDirection(lead.title ?? "", voice.dir),
    kicker: joined([
      dayOf(lead, voice),
      updateOf(lead, voice),
      ...[lead.section, lead.source].map((name) => (name ? [named(show(name))] : [])),
    ]),
    url,
    read: isNamed ? sentence(words.readAt, { source }) : sentence(words.read, {}),
    image: lead.image === null ? null : pictureView(lead.image, lead.title, url !== null, voice),
    paragraphs: paragraphViews(lead, shown, voice),
  };
}

/** `Update: led on Tuesday` with a link to that edition; without a link if the edition isn't known. */
export function updateOf(
  { earlier, developing = false }: Pick<Lead, "earlier"> & { developing?: boolean },
  voice: Voice,
): ViewPiece[] {
  const { language, words, date, editionUrl } = voice;
  if (earlier === undefined) return developing ? [{ text: words.developing, isolated: false, strong: true }] : [];
  const pattern = earlier.hasLed ? words.updateOfLead : words.updateOfStory;
  const text = pattern.replace("{day}", dayBefore(language, earlier.date, date));
  return [{ text, isolated: false, strong: true, href: editionUrl(earlier.date) }];
}

const dayOf = ({ day }: Lead, { language }: Voice): Piece[] =>
  day === undefined ? [] : [{ text: weekday(language, day), isolated: false }];

const named = (text: string): Piece => ({ text, isolated: true });

function paragraphViews(lead: Lead, shown: number, voice: Voice): ParagraphView[] {
  const opening = lead.title !== null && startsWithStandfirst(lead.paragraphs) ? 1 : 0;
  return lead.paragraphs.slice(0, shown).map((text, i) => ({
    ...textView(text, voice),
    isStandfirst: i < opening,
    isOpening: i === opening,
    class: i > opening ? "" : i === opening && hasInitial(text) ? "o f" : "o",
  }));
}

/**
 * Characters that fill the three lines next to a drop cap at 600 pixels; with fewer, the next paragraph would move up.
 */
const BESIDE_INITIAL = 150;

/**
 * Whether a paragraph can begin with a drop cap. CSS includes punctuation after the letter: the full stop of "U.S.",
 * the apostrophe of "L’Europe".
 */
const hasInitial = (paragraph: string): boolean =>
  /^\p{Lu}\p{M}*[\p{L}\s]/u.test(paragraph) && [...paragraph].length >= BESIDE_INITIAL;

/**
 * The picture at the column's width; alt text that repeats headline or caption is removed, because it would be read
 * twice.
 */
function pictureView(
  image: ArticleImage,
  headline: string | null,
  hasTarget: boolean,
  voice: Voice,
): PictureView | null {
  const { url, alt, width, height, caption = "" } = image;
  const src = linkTarget(url);
  if (src === null || !fillsColumn(image)) return null;
  const own = alt === headline || alt === caption ? "" : voice.show(alt);
  const isCaption = caption !== "" && caption !== headline;
  return {
    url: src,
    alt: own,
    width: COLUMN_WIDTH,
    height: width !== null && height !== null ? Math.round((height * COLUMN_WIDTH) / width) : null,
    isLinked: hasTarget && own !== "",
    below: joined([isCaption ? [captionView(caption, voice)] : [], creditView(image, voice)]),
  };
}

/** A caption that runs the other way keeps its full stop at its own end. */
const captionView = (caption: string, { show, dir }: Voice): Piece => ({
  text: show(caption),
  isolated: ownDirection(caption, dir) !== null,
});

/** Words before a name that already label a credit. */
const label =
  /^(?:photo(?:graph(?:er|y|ie)?|s)?|pictures?|images?|illustration|composite|video|credits?|foto(?:s|grafie|grafia|grafía)?|bild(?:er)?|grafik|crédits?|imagen|imagem|créditos?|الصورة|صورة|تصوير|תמונה|צילום|copyright|©|\(c\))(?![\p{L}\p{M}])/iu;

function creditView({ caption = "", credit = "" }: ArticleImage, { words, show }: Voice): Piece[] {
  if (credit === "" || caption.includes(credit)) return [];
  return label.test(credit) ? [named(show(credit))] : sentence(words.picture, { credit: show(credit) });
}
