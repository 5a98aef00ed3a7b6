import { fromInstant } from "../time/instant.ts";
import { formOf, forms } from "./choosing/scoring/form.ts";
import type { Scored } from "./choosing/scoring/score.ts";
import { isDeveloping, movedOn } from "./choosing/stories.ts";
import { bodyOf } from "./content/paragraphs.ts";
import type { EditionContent, Headline, Lead } from "./edition.ts";

/** A story's id and headline, for notices and logs. */
export type NamedStory = { storyId: string; title: string };

/** A story with a page to check. */
export type Page = NamedStory & { url: string };

/** The pages that an edition's stories link to, the lead's first. */
export const pagesOf = ({ lead, headlines }: EditionContent): Page[] =>
  [lead, ...headlines].flatMap(({ storyId, title, url }) =>
    storyId === null || url === null ? [] : [{ storyId, title: title ?? "", url }],
  );

/** Whether a page's answer means that it is gone. */
export const saysGone = ({ status }: { status?: number | undefined }): boolean => status === 404 || status === 410;

/**
 * How many stories may be dropped automatically: if more than a third is gone at once, it is probably a network fault.
 */
export const mayDrop = (gone: readonly Page[], { headlines }: EditionContent): boolean =>
  gone.length * 3 <= headlines.length + 1;

/** Stories whose sources have changed, by their headlines in `before`. */
export function correctedStories(before: EditionContent, after: EditionContent): NamedStory[] {
  const now = new Map([after.lead, ...after.headlines].map((one) => [one.storyId, one]));
  return [before.lead, ...before.headlines].flatMap((one) => {
    const other = one.storyId === null ? undefined : now.get(one.storyId);
    if (one.storyId === null || other === undefined || saysSame(one, other)) return [];
    return [{ storyId: one.storyId, title: one.title ?? "" }];
  });
}

/** A lead's text counts if it leads in both; a summary, if both show one. */
function saysSame(one: Lead | Headline, other: Lead | Headline): boolean {
  if (one.title !== other.title || one.url !== other.url) return false;
  if ("paragraphs" in one && "paragraphs" in other) return one.paragraphs.join("\n") === other.paragraphs.join("\n");
  if (!("summary" in one) || !("summary" in other)) return true;
  return one.summary === other.summary;
}

const HALF_HOUR = 30 * 60_000;

/**
 * The newest article of the leading story that has overtaken the shown one: newer by half an hour, with something new,
 * and fit to lead; if several sources tell the story, two of them must have something new. Null: none.
 */
export function overtaking({ candidate }: Scored, shownId: string): { id: string; title: string } | null {
  const shown = candidate.articles.find(({ id }) => id === shownId) ?? candidate.article;
  if (shown.published === null) return null;
  const from = fromInstant(shown.published) + HALF_HOUR;
  const newer = candidate.articles.filter(({ published }) => published !== null && fromInstant(published) >= from);
  const [opening] = bodyOf(shown);
  const since = movedOn(newer, { title: shown.title, url: shown.url, opening });
  if (!isDeveloping(candidate, since)) return null;
  const value = forms[formOf(shown)].value;
  const leads = since.filter((one) => bodyOf(one).length >= 2 && one.url !== null && forms[formOf(one)].value >= value);
  const newest = leads.toSorted((a, b) => ((a.published ?? "") < (b.published ?? "") ? 1 : -1))[0];
  return newest === undefined ? null : { id: newest.id, title: newest.title };
}
