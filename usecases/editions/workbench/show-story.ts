import type { Scored } from "#domain/edition/choosing/scoring/score.ts";
import { finderWith, rewriteOf } from "#domain/edition/content/from-picks.ts";
import { makeEdition, regrouped } from "#domain/edition/content/make.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import { chosenPicture } from "#domain/edition/decisions/picture-choice.ts";
import { type StoryDetail, storyPictures } from "#domain/edition/views/story-detail.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { storyNamed } from "../decide/find-story.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { gather } from "../making/gather.ts";
import { fieldFor } from "../making/known-field.ts";
import type { Ports } from "../ports.ts";

/** Most stories outside the edition that are offered for joining. */
const OTHERS = 60;

/** One story with its articles and pictures. */
export async function showStory(
  ports: Ports,
  request: EditionRequest & { story: string },
): Promise<Outcome<{ story: StoryDetail }>> {
  const resolved = resolveEdition(ports, request);
  if (!resolved.ok) return resolved;
  const { key, config } = resolved.value;
  const [edition, log] = await Promise.all([ports.editions.get(key), ports.editions.decisions(key)]);
  const gathered = await gather(ports, key, config, edition?.cutoff ?? ports.now());
  const revision = edition && edition.rev > 0 ? await ports.editions.revision(key, edition.rev) : undefined;
  const ingredients = { ...gathered, decisions: log };
  const found = fieldFor(gathered);
  const content = revision?.content ?? makeEdition(ingredients, found).content;
  const field = regrouped(found, ingredients);
  const fold = () => content;
  const named = storyNamed(request.story, { edition, log, content, field, fold });
  if (!named.ok) return named;
  const editorial = editorialStateOf(log);
  const scored = finderWith(field.scored, editorial)(named.value);
  if (scored === undefined) {
    return fault("wrong-state", "That story comes from a file: it has no articles or pictures of its own.");
  }
  const items = [content.lead, ...content.headlines];
  const place = items.findIndex(({ storyId }) => storyId === named.value);
  const rewrite = rewriteOf(scored, editorial);
  const { id, article, articles } = scored.candidate;
  return done({
    story: {
      storyId: id,
      place: place < 0 ? null : place,
      title: rewrite.title ?? article.title,
      source: article.sourceTitle,
      articles: articles.map((one) => ({
        ...{ id: one.id, title: one.title, url: one.url, source: one.sourceTitle, at: one.published ?? one.seenAt },
        isShown: one === article,
      })),
      pictures: storyPictures(scored.candidate),
      image: chosenPicture(article.image, rewrite.picture),
      isChosen: rewrite.picture !== undefined,
      showsPicture: place <= config.summaries,
      others: othersThan(scored, field.scored, items),
    },
  });
}

function othersThan(
  story: Scored,
  scored: readonly Scored[],
  items: readonly { storyId: string | null }[],
): StoryDetail["others"] {
  const placeOf = ({ candidate }: Scored) => items.findIndex(({ storyId }) => storyId === candidate.id);
  const all = scored.filter((one) => one !== story).map((one) => ({ one, place: placeOf(one) }));
  const inside = all.filter(({ place }) => place >= 0).toSorted((a, b) => a.place - b.place);
  const outside = all.filter(({ place }) => place < 0).slice(0, OTHERS);
  return [...inside, ...outside].map(({ one: { candidate }, place }) => ({
    storyId: candidate.id,
    place: place < 0 ? null : place,
    title: candidate.article.title,
    source: candidate.article.sourceTitle,
  }));
}
