import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";

/** Shortest prefix of an id that is accepted. */
const SHORTEST = 6;

/** Finds a story's id by its number in the list (0 is the lead), its id or a prefix of it, or its address. */
export function storyNamed(name: string, { content, field, log }: EditionState): Outcome<string> {
  const wanted = name.trim();
  const listed = content ? [content.lead, ...content.headlines] : [];
  if (/^\d{1,3}$/.test(wanted)) {
    const at = listed[Number(wanted)]?.storyId;
    if (at) return done(at);
    return fault(
      "unknown-story",
      `There is no story ${wanted}: the list goes from 0, the lead, to ${listed.length - 1}.`,
    );
  }
  const ids = [
    ...listed.flatMap(({ storyId, url }) => (storyId === null ? [] : [{ id: storyId, story: storyId, url }])),
    ...field.scored.flatMap(({ candidate }) =>
      candidate.articles.map(({ id, url }) => ({ id, story: candidate.id, url })),
    ),
    ...[...editorialStateOf(log).added.values()].map(({ id, url }) => ({ id, story: id, url })),
  ];
  const stories = [...new Set(named(wanted, ids).map(({ story }) => story))];
  const [only] = stories;
  if (only && stories.length === 1) return done(only);
  const why =
    stories.length > 1 ? `“${wanted}” is the start of ${stories.length} stories` : `There is no story “${wanted}”`;
  return fault("unknown-story", `${why}. Name it by its number in the list (0 is the lead) or by its id.`);
}

/** The one of that id or address; without one, those whose id starts so. */
export function named<T extends { id: string; url: string | null }>(wanted: string, items: readonly T[]): T[] {
  const exact = items.find(({ id, url }) => id === wanted || url === wanted);
  if (exact) return [exact];
  return wanted.length < SHORTEST ? [] : items.filter(({ id }) => id.startsWith(wanted));
}

/** A story's position in the edition, 0 for the lead; null: not in it. */
export function placeOf(story: string, content: EditionContent | null): number | null {
  const place = content ? [content.lead, ...content.headlines].findIndex(({ storyId }) => storyId === story) : -1;
  return place < 0 ? null : place;
}
