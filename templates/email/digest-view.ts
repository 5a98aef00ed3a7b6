import type { EditionContent } from "#domain/edition/edition.ts";
import { sitePaths, withoutSlash } from "#domain/site-paths.ts";
import type { Theme } from "#domain/theme/theme.ts";
import { literal } from "../text/literal.ts";
import { typographic } from "../text/typography.ts";
import { comma, counted, dateLine, direction, fullDate, sentence, type Words, wordsFor } from "../words.ts";
import {
  leadView,
  type ParagraphView,
  type PictureView,
  type TextView,
  type ViewPiece,
  type Voice,
} from "./lead-view.ts";
import { type GroupView, groupViews, type SummaryView, summarised, summaryView } from "./list-view.ts";
import { placeholder, sealed } from "./placeholders.ts";
import { minutesToRead } from "./reading-time.ts";
import { headingSize, type Tokens, tokensOf } from "./tokens.ts";

export type { ViewPiece } from "./lead-view.ts";
export type { HeadlineView } from "./list-view.ts";

/** An email's input besides the edition's content. All addresses are absolute. */
export type DigestLook = {
  /** The newsletter's name. */
  title: string;
  /** BCP 47 tag of the email's own words, dates and direction. */
  language: string;
  timeZone: string;
  postalAddress: string;
  /** One sentence: why the reader gets this. Default: because of the subscription. */
  reason?: string | undefined;
  /** Whether the footer asks if it was worth reading. Default: no. */
  feedback?: boolean | undefined;
  siteUrl: string;
  editionUrl: string;
  archiveUrl: string;
  /** The address for replies. */
  contact: string;
  /** Default: the ready theme `broadsheet`. */
  theme?: Theme | undefined;
};

/** Everything the templates print: clean, sealed text and safe addresses. Templates only decide the look. */
export type DigestView = {
  lang: string;
  dir: "ltr" | "rtl";
  start: "left" | "right";
  end: "left" | "right";
  /** The email's name for screen readers: name and date. */
  label: string;
  preheader: string;
  title: string;
  /** The date within a sentence; `dateLine`: on its own line. */
  date: string;
  dateLine: string;
  /** Number of stories and reading time: `18 stories · 5 minutes`. */
  reading: string;
  /** False for an edition whose lead has no headline: its h1 is the newsletter's name and date. */
  titled: boolean;
  lead: string;
  leadDir: TextView["dir"];
  /** Font size, smaller for longer headlines. */
  heading: { size: number; line: number; class: string };
  /** Above the lead's headline: section and source, if known. */
  kicker: ViewPiece[];
  url: string | null;
  read: ViewPiece[];
  image: PictureView | null;
  paragraphs: ParagraphView[];
  /** The first headlines with a sentence each; null: none has one. */
  also: SummaryView[] | null;
  /** The other headlines, a group for each run of one section; null without any. */
  groups: GroupView[] | null;
  /** The heading over them. */
  more: string;
  /** Text about left-out headlines; empty: none. */
  rest: string;
  reason: string;
  replies: ViewPiece[];
  postalAddress: string;
  unsubscribe: string;
  preferences: string;
  /** Links of the feedback question; null: it isn't asked. */
  worth: { yes: string; no: string } | null;
  archiveUrl: string;
  editionUrl: string;
  /** For people who got the email forwarded. */
  subscribeUrl: string;
  words: Words;
} & Tokens;

/** Content, ready for an email that SES fills in. */
export const inEmail = (content: string): string => sealed(literal(content));

/** How much of an edition is shown, and how its content is prepared. */
type Showing = { headlines: number; paragraphs: number; show: (content: string) => string };

/** The edition's view, with a number of first headlines and paragraphs. */
export function viewOf(content: EditionContent, look: DigestLook, showing: Showing): DigestView {
  const { language } = look;
  const words = wordsFor(language);
  const dir = direction(language);
  const show = (text: string) => showing.show(typographic(text, language));
  const editionUrl = (date: string) => look.siteUrl + sitePaths.edition(content.newsletter, date);
  const voice = { language, dir, words, show, hasOneSource: hasOneSource(content), date: content.date, editionUrl };
  const title = show(look.title);
  const date = fullDate(language, content.date);
  return {
    lang: language,
    dir,
    ...(dir === "rtl" ? { start: "right", end: "left" } : { start: "left", end: "right" }),
    label: `${title}${comma(language)}${date}`,
    preheader: show(content.preheader),
    title,
    date,
    dateLine: dateLine(language, content.date),
    heading: headingSize(content.lead.title ?? ""),
    ...leadView(content.lead, showing.paragraphs, voice),
    ...tiersOf(content, showing.headlines, voice),
    reason: look.reason ? show(look.reason) : words.reason.replace("{title}", () => title),
    replies: sentence(words.replies, { contact: showing.show(look.contact) }),
    postalAddress: show(look.postalAddress),
    unsubscribe: placeholder("unsubscribe"),
    preferences: `${placeholder("unsubscribe")}/preferences`,
    worth: look.feedback === true ? worthLinks(content.date) : null,
    archiveUrl: look.archiveUrl,
    editionUrl: look.editionUrl,
    subscribeUrl: `${withoutSlash(look.archiveUrl)}/subscribe`,
    words,
    ...tokensOf(look.title, look.theme),
  };
}

const worthLinks = (date: string) => ({
  yes: `${placeholder("unsubscribe")}/worth/${date}/yes`,
  no: `${placeholder("unsubscribe")}/worth/${date}/no`,
});

/** The headlines in tiers, with the text about their number. */
function tiersOf(content: EditionContent, most: number, voice: Voice) {
  const { language, words } = voice;
  const headlines = content.headlines.slice(0, most);
  const above = summarised(headlines);
  const [also, brief] = [headlines.slice(0, above), headlines.slice(above)];
  const isTitled = content.lead.title !== null && content.lead.title !== "";
  const omitted = content.headlines.length - headlines.length;
  const stories = counted(language, words.stories, headlines.length + (isTitled ? 1 : 0));
  const minutes = counted(language, words.minutes, minutesToRead({ ...content, headlines }));
  return {
    also: also.length > 0 ? also.map((headline) => summaryView(headline, voice)) : null,
    groups: brief.length > 0 ? groupViews(brief, above, voice) : null,
    more: above > 0 ? words.inBrief : counted(language, isTitled ? words.more : words.headlines, brief.length),
    rest: omitted > 0 ? counted(language, words.rest, omitted) : "",
    reading: [stories, minutes].map((count) => count.replaceAll(" ", "\u00a0")).join(" · "),
  };
}

/** Whether one source, and no other, told every story. */
function hasOneSource({ lead, headlines }: EditionContent): boolean {
  const sources = new Set([lead.source, ...headlines.flatMap(({ source, alsoIn }) => [source, ...alsoIn])]);
  return sources.size === 1 && lead.source !== null;
}
