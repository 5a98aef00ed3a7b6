import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { counted } from "../../counted.ts";
import type { LocalDate } from "../../time/instant.ts";
import { arrange, type Step } from "../decisions/arrange.ts";
import type { EditorialState, FileDraft } from "../decisions/decisions.ts";
import type { EditionContent, Headline, Lead } from "../edition.ts";
import { nameAndDate, preheaderOf } from "./subject.ts";

/** Story ids of a file: the lead, and each headline by its line. */
export const FILE_LEAD = "lead";
export const fileHeadline = (line: number): string => `line-${line}`;

type About = { newsletter: string; config: NewsletterConfig; date: LocalDate };

/** An edition from a plain-text digest. It may have no lead title and no links, and all its headlines are shown. */
export function contentOfFile(file: FileDraft, editorial: EditorialState, about: About): EditionContent {
  const { newsletter, config, date } = about;
  const lead = leadOf(file, editorial, config);
  const items = file.headlines.map((headline) => headlineOf(headline, editorial));
  const headlines = inOrder(items, editorial).map((headline, i) =>
    withSummary(headline, i < config.summaries, editorial),
  );
  // If the lead has no headline, the first one in the list becomes the subject.
  const headline = lead.title ?? headlines[0]?.title;
  const own = editorial.subject ?? file.subject;
  const subject = own ?? headline ?? nameAndDate(config.title, date, config.language);
  const titles = headlines.map(({ title }) => title);
  const preheader = editorial.preheader ?? preheaderOf(titles, [subject, lead.title ?? ""], config.language);
  return { newsletter, date, subject, preheader, lead, headlines };
}

/** A file has no summaries; editors can write them under the first headlines. */
function withSummary(headline: Headline, hasSummary: boolean, { rewrites }: EditorialState): Headline {
  const summary = rewrites.get(headline.storyId ?? "")?.summary;
  if (!hasSummary || !summary) return headline;
  return { ...headline, summary, reasons: [...headline.reasons, "An editor wrote its summary."] };
}

/** The file's order with editors' changes. Position 0 is always the file's lead. */
function inOrder(items: readonly Headline[], { moves }: EditorialState): Headline[] {
  const steps = moves.flatMap((move): Step<Headline>[] => {
    const item = items.find(({ storyId }) => storyId === move.story);
    if (item === undefined || move.do === "keep") return [];
    if (move.do === "remove") return [{ do: "remove", item }];
    return [{ do: "place", item, to: move.to === null ? null : Math.max(1, move.to) }];
  });
  const before = (one: Headline, other: Headline) => items.indexOf(one) < items.indexOf(other);
  const order = { natural: [null, ...items], size: items.length + 1, lead: () => null, before, same: () => false };
  return arrange<Headline>(order, steps).list.filter((item) => item !== null);
}

function leadOf(file: FileDraft, editorial: EditorialState, config: NewsletterConfig): Lead {
  const rewrite = editorial.rewrites.get(FILE_LEAD);
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
    ? [
        `It leads the file it came from; ${leadParagraphs} of its ${counted(file.paragraphs.length, "paragraph")} ${leadParagraphs === 1 ? "is" : "are"} shown.`,
      ]
    : ["It leads the file it came from."];

function headlineOf({ line, title }: { line: number; title: string }, editorial: EditorialState): Headline {
  const storyId = fileHeadline(line);
  const rewrite = editorial.rewrites.get(storyId);
  return {
    storyId,
    title: rewrite?.title ?? title,
    url: rewrite?.url ?? null,
    source: null,
    alsoIn: [],
    developing: false,
    reasons: [
      `It is line ${line} of the file.`,
      ...(editorial.moves.some((move) => move.do === "place" && move.story === storyId)
        ? ["An editor gave it this place."]
        : []),
      ...(rewrite?.title !== undefined || rewrite?.url !== undefined ? ["An editor rewrote it."] : []),
    ],
  };
}
