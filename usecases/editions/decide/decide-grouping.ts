import type { Article } from "#domain/article/article.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { editorialStateOf, type NewDecision } from "#domain/edition/decisions/decisions.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";
import type { Stamp } from "./decide-order.ts";
import { named, placeOf, storyNamed } from "./find-story.ts";

/** Takes articles out of a story, into a story of their own; the rest keeps its position. */
export function decideSplit(
  input: Extract<DecisionInput, { do: "split" }>,
  now: EditionState,
  stamp: Stamp,
): Outcome<NewDecision> {
  const found = groupNamed(input.story, now);
  if (!found.ok) return found;
  const { story, articles } = found.value;
  const out: Article[] = [];
  for (const name of input.articles) {
    const article = articleNamed(name, articles);
    if (article === undefined) {
      return fault(
        "unknown-story",
        `The story has no article “${name.trim()}”. List its articles with: npx --no-install broadsheet edition story.`,
      );
    }
    out.push(article);
  }
  const [rest] = articles.filter((article) => !out.includes(article));
  if (rest === undefined) {
    return fault("bad-request", "Those are all of the story's articles. Leave at least one in it.");
  }
  const ids = [...new Set(out.map(({ id }) => id))];
  return done({ do: "split", story, articles: ids, rest: rest.id, to: placeOf(story, now.content), ...stamp });
}

/** By its number from 1 in the story's list, its id or the start of it, or its address. */
function articleNamed(name: string, articles: readonly Article[]): Article | undefined {
  const wanted = name.trim();
  return /^\d{1,3}$/.test(wanted) ? articles[Number(wanted) - 1] : named(wanted, articles)[0];
}

/** Joins two stories, at the position of the first if it is in the edition, else of the second. */
export function decideJoin(
  input: Extract<DecisionInput, { do: "join" }>,
  now: EditionState,
  stamp: Stamp,
): Outcome<NewDecision> {
  const [one, two] = [groupNamed(input.story, now), groupNamed(input.other, now)];
  if (!one.ok) return one;
  if (!two.ok) return two;
  const [story, other] = [one.value.story, two.value.story];
  if (story === other) return fault("bad-request", "Those are the same story already.");
  const to = placeOf(story, now.content) ?? placeOf(other, now.content);
  return done({ do: "join", story, other, to, ...stamp });
}

/** Only candidates from sources can be grouped, because stories are found among them. */
function groupNamed(name: string, now: EditionState): Outcome<{ story: string; articles: readonly Article[] }> {
  if (editorialStateOf(now.log).file) {
    return fault("wrong-state", "An edition from a file has the file's stories: they can't be split or joined.");
  }
  const named = storyNamed(name, now);
  if (!named.ok) return named;
  const found = now.field.scored.find(({ candidate }) => candidate.id === named.value);
  if (found) return done({ story: named.value, articles: found.candidate.articles });
  return fault("wrong-state", "A story that was added by its address stands alone: it can't be split or joined.");
}
