import { fromInstant } from "../time/instant.ts";
import { formOf, forms } from "./choosing/form.ts";
import type { Scored } from "./choosing/score.ts";
import { isDeveloping, movedOn } from "./choosing/stories.ts";
import { bodyOf } from "./content/paragraphs.ts";
import type { EditionContent, Headline, Lead } from "./edition.ts";

/** A story of an edition by its id and headline, as notices and logs name it. */
export type NamedStory = { storyId: string; title: string };

/** A story that has a page to look at. */
export type Page = NamedStory & { url: string };

/** The pages that an edition's stories link to, the lead's first. */
export const pagesOf = ({ lead, headlines }: EditionContent): Page[] =>
  [lead, ...headlines].flatMap(({ storyId, title, url }) =>
    storyId === null || url === null ? [] : [{ storyId, title: title ?? "", url }],
  );

/** Whether a page's answer says that it is gone, which a busy or careful server's does not. */
export const saysGone = ({ status }: { status?: number | undefined }): boolean => status === 404 || status === 410;

/** Of how many stories may be dropped without a person: more than a third gone at once is rather a fault of the network. */
export const mayDrop = (gone: readonly Page[], { headlines }: EditionContent): boolean =>
  gone.length * 3 <= headlines.length + 1;

/** The stories whose sources say something else by now, by the headlines that they have in `before`. */
export function correctedStories(before: EditionContent, after: EditionContent): NamedStory[] {
  const now = new Map([after.lead, ...after.headlines].map((one) => [one.storyId, one]));
  return [before.lead, ...before.headlines].flatMap((one) => {
    const other = one.storyId === null ? undefined : now.get(one.storyId);
    if (one.storyId === null || other === undefined || saysSame(one, other)) return [];
    return [{ storyId: one.storyId, title: one.title ?? "" }];
  });
}

/** A lead's text counts where both lead; a summary where both have a place for one. */
function saysSame(one: Lead | Headline, other: Lead | Headline): boolean {
  if (one.title !== other.title || one.url !== other.url) return false;
  if ("paragraphs" in one && "paragraphs" in other) return one.paragraphs.join("\n") === other.paragraphs.join("\n");
  if (!("summary" in one) || !("summary" in other)) return true;
  return one.summary === other.summary;
}

const HALF_HOUR = 30 * 60_000;

/**
 * The newest article of a leading story that has overtaken the one that is shown: it is newer by half an hour, says
 * something else, and makes a lead as well; where several sources tell the story, two of them must have moved on.
 * Null: none has.
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
