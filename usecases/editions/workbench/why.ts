import { leftOutOf, scoredOf } from "#domain/edition/choosing/candidates-record.ts";
import type { Explanation } from "#domain/edition/choosing/explanation.ts";
import { type Choice, explainAll } from "#domain/edition/choosing/why.ts";
import { type Ingredients, makeEdition, regrouped } from "#domain/edition/content/make.ts";
import { significantWords } from "#domain/edition/content/words.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import type { Edition, EditionContent, EditionKey } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { gather } from "../making/gather.ts";
import { fieldFor } from "../making/known-field.ts";
import type { Ports } from "../ports.ts";

/** Number of stories outside the edition that are explained by default. */
const NEXT = 20;

type Why = EditionKey & { stories: Explanation[] };

/** Why a story is in the edition or not; if it isn't drafted, as if it were built now. */
export async function explainEdition(
  ports: Ports,
  request: EditionRequest & { story?: string | undefined },
): Promise<Outcome<Why>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const { key, config } = target.value;
  const edition = await ports.editions.get(key);
  const decisions = await ports.editions.decisions(key);
  const content = edition && (await ports.editions.revision(key, edition.rev))?.content;
  // The record has the stories as they were found, before editors split and joined them.
  const isRegrouped = editorialStateOf(decisions).regroupings.length > 0;
  const kept = content && !isRegrouped && (await keptChoice(ports, edition));
  const all = kept
    ? explainAll({ ...kept, decisions }, content)
    : explainNow({ ...(await gather(ports, key, config, edition?.cutoff ?? ports.now())), decisions }, content);
  if (request.story === undefined) {
    const inside = all.filter(({ place }) => place !== null);
    const outside = all.filter(({ place, score }) => place === null && score !== null);
    return done({ ...key, stories: [...inside, ...outside.slice(0, NEXT)] });
  }
  const stories = storiesNamed(request.story.trim(), all, content);
  if (stories.length > 0) return done({ ...key, stories });
  return fault(
    "unknown-story",
    `No article seen for the edition of ${key.newsletter} for ${key.date} is called “${request.story}”. ` +
      "Name a story by its number in the list (0 is the lead), its id, its address or words of its title.",
  );
}

/** The edition's candidates as they were then, because articles change and expire. */
async function keptChoice({ editions }: Ports, edition: Edition): Promise<Omit<Choice, "decisions"> | null> {
  const record = await editions.candidates(edition);
  if (record === undefined || record.cutoff !== edition.cutoff) return null;
  return { scored: scoredOf(record), left: leftOutOf(record) };
}

function explainNow(ingredients: Ingredients, content: EditionContent | undefined): Explanation[] {
  const found = fieldFor(ingredients);
  const field = regrouped(found, ingredients);
  const choice = { scored: field.scored, left: field.sorted.left, decisions: ingredients.decisions };
  return explainAll(choice, content ?? makeEdition(ingredients, found).content);
}

function storiesNamed(name: string, all: readonly Explanation[], content: EditionContent | undefined): Explanation[] {
  if (/^\d{1,3}$/.test(name)) {
    const listed = content ? [content.lead, ...content.headlines].map(({ storyId }) => storyId) : null;
    const id = listed?.[Number(name)];
    return all.filter(({ storyId, place }) => (listed ? storyId === id : place === Number(name)));
  }
  const matches = (id: string, url: string | null) => url === name || (name.length >= 6 && id.startsWith(name));
  const exact = all.filter(
    ({ storyId, url, articles }) => matches(storyId, url) || articles.some((one) => matches(one.id, one.url)),
  );
  if (exact.length > 0) return exact;
  const words = significantWords(name);
  const saying = (title: string) => new Set(significantWords(title)).isSupersetOf(new Set(words));
  return words.length === 0
    ? []
    : all.filter(({ title, articles }) => [{ title }, ...articles].some((one) => saying(one.title))).slice(0, NEXT);
}
