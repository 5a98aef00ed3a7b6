import type { NewsletterConfig } from "../config.ts";
import type { LocalDate } from "../instant.ts";
import type { FileDraft, Wishes } from "./decisions.ts";
import type { EditionContent, Headline, Lead } from "./edition.ts";
import { slotted } from "./slots.ts";
import { preheaderOf, subjectOf } from "./subject.ts";

/** How decisions name what came from a file: the lead, and each headline by its line there. */
export const FILE_LEAD = "lead";
export const fileHeadline = (line: number): string => `line-${line}`;

type About = { newsletter: string; config: NewsletterConfig; date: LocalDate };

/** An edition from a plain-text digest: it may lack a lead title and links, and every headline of it is shown. */
export function contentOfFile(file: FileDraft, wishes: Wishes, about: About): EditionContent {
  const { newsletter, config, date } = about;
  const lead = leadOf(file, wishes, config);
  const items = file.headlines.map((headline) => headlineOf(headline, wishes));
  const kept = items.filter(({ storyId }) => storyId === null || !wishes.removed.has(storyId));
  // Place 0 is the file's lead, whatever was wished.
  const fixed = [...wishes.places].flatMap(([story, to]) => {
    const item = kept.find(({ storyId }) => storyId === story);
    return item && to !== null ? [{ item, place: Math.max(0, to - 1) }] : [];
  });
  const rest = kept.filter((item) => !fixed.some((one) => one.item === item));
  const headlines = slotted(rest, fixed, kept.length);
  const subject =
    wishes.subject ??
    file.subject ??
    subjectOf({ headline: lead.title, title: config.title, date, language: config.language });
  const titles = headlines.map(({ title }) => title);
  const preheader = wishes.preheader ?? preheaderOf(titles, [subject, lead.title ?? ""], config.language);
  return { newsletter, date, subject, preheader, lead, headlines };
}

function leadOf(file: FileDraft, wishes: Wishes, config: NewsletterConfig): Lead {
  const rewrite = wishes.rewrites.get(FILE_LEAD);
  return {
    storyId: FILE_LEAD,
    title: rewrite?.title ?? null,
    url: rewrite?.url ?? null,
    paragraphs: (rewrite?.paragraphs ?? file.paragraphs).slice(0, config.leadParagraphs),
    source: null,
    image: null,
    reasons: [...shortened(file, config), ...(rewrite ? ["An editor rewrote it."] : [])],
  };
}

const shortened = (file: FileDraft, { leadParagraphs }: NewsletterConfig): string[] =>
  file.paragraphs.length > leadParagraphs
    ? [`It leads the file it came from; of its ${file.paragraphs.length} paragraphs ${leadParagraphs} are shown.`]
    : ["It leads the file it came from."];

function headlineOf({ line, title }: { line: number; title: string }, wishes: Wishes): Headline {
  const storyId = fileHeadline(line);
  const rewrite = wishes.rewrites.get(storyId);
  return {
    storyId,
    title: rewrite?.title ?? title,
    url: rewrite?.url ?? null,
    source: null,
    alsoIn: [],
    developing: false,
    reasons: [
      `It stands in line ${line} of the file.`,
      ...(wishes.places.has(storyId) ? ["An editor gave it this place."] : []),
      ...(rewrite ? ["An editor rewrote it."] : []),
    ],
  };
}
