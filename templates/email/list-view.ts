import { groupsOf } from "#domain/edition/choosing/sections.ts";
import { smallSize } from "#domain/edition/content/picture-size.ts";
import type { Headline } from "#domain/edition/edition.ts";
import { linkTarget } from "../text/literal.ts";
import { ownDirection } from "../text/text-direction.ts";
import { counted, listed, type Piece, sentence, weekday } from "../words.ts";
import { joined, type TextView, textView, updateOf, type ViewPiece, type Voice } from "./lead-view.ts";
import { summarisedSize } from "./tokens.ts";

export type HeadlineView = { title: string; dir: TextView["dir"]; url: string | null; meta: ViewPiece[] };

/** A headline with a sentence and a picture, which has alt text only from an editor. */
export type SummaryView = HeadlineView & {
  /** Font size, smaller for longer headlines. */
  heading: { size: number; line: number; class: string };
  summary: TextView | null;
  image: { url: string; alt: string; width: number; height: number } | null;
};

/** Headlines under one heading; `start` is the first one's number in the whole list. */
export type GroupView = { heading: string | null; start: number; headlines: HeadlineView[] };

/** Number of other sources that are named; the rest are counted. */
const NAMED_SOURCES = 3;

/** Number of headlines before "In brief": up to the last one with a sentence. */
export const summarised = (headlines: readonly Headline[]): number =>
  headlines.findLastIndex(({ summary = "" }) => summary !== "") + 1;

export const summaryView = (headline: Headline, voice: Voice): SummaryView => ({
  ...headlineView(headline, voice),
  heading: summarisedSize(headline.title),
  summary: headline.summary ? textView(headline.summary, voice) : null,
  image: smallPicture(headline, voice),
});

function smallPicture({ image, title }: Headline, { show }: Voice): SummaryView["image"] {
  const url = linkTarget(image?.url ?? null);
  return url === null || !image ? null : { url, alt: image.alt === title ? "" : show(image.alt), ...smallSize(image) };
}

/** One list without its own heading, unless there are sections. `before`: number of headlines above it. */
export const groupViews = (headlines: readonly Headline[], before: number, voice: Voice): GroupView[] =>
  groupsOf(headlines).map(({ section, start, headlines }, i) => ({
    heading: section === null ? (i === 0 ? null : voice.words.otherNews) : voice.show(section),
    start: before + start,
    headlines: headlines.map((headline) => headlineView(headline, voice)),
  }));

const headlineView = (headline: Headline, voice: Voice): HeadlineView => ({
  title: voice.show(headline.title),
  dir: ownDirection(headline.title, voice.dir),
  url: linkTarget(headline.url),
  meta: metaOf(headline, voice),
});

/** `Developing · The Gull · also in A, B and 4 others`, if known. */
function metaOf(headline: Headline, voice: Voice): ViewPiece[] {
  const { language, words, show } = voice;
  const source = headline.source && !voice.hasOneSource ? [{ text: show(headline.source), isolated: true }] : [];
  const others =
    headline.alsoIn.length > 0
      ? sentence(words.alsoIn, { names: listed(language, namesOf(headline.alsoIn, voice)) })
      : [];
  const day = headline.day === undefined ? [] : [{ text: weekday(language, headline.day), isolated: false }];
  return joined([day, updateOf(headline, voice), source, others]);
}

function namesOf(sources: readonly string[], { language, words, show }: Voice): Piece[] {
  // One more name is shown instead of "and 1 other", which is usually longer.
  const named = sources.length <= NAMED_SOURCES + 1 ? sources : sources.slice(0, NAMED_SOURCES);
  const names = named.map((name) => ({ text: show(name), isolated: true }));
  const others = sources.length - named.length;
  return others === 0 ? names : [...names, { text: counted(language, words.others, others), isolated: false }];
}
