import { type Decision, type EditorialState, editorialStateOf } from "../decisions/decisions.ts";
import type { EditionContent, Headline, Lead } from "../edition.ts";
import type { LeftOut } from "./candidates-record.ts";
import { eligible, twins } from "./choose.ts";
import { openTally } from "./diversity.ts";
import type { Explanation } from "./explanation.ts";
import type { Scored } from "./scoring/score.ts";
import { storyFinder } from "./story-finder.ts";

/** An edition's candidates, and the articles that were left out. */
export type Choice = { scored: readonly Scored[]; left: readonly LeftOut[]; decisions: readonly Decision[] };

/**
 * Explains every story: those in the edition by position, then the others by score, then left-out articles.
 *
 * @param content the edition's content
 */
export function explainAll({ scored, left, decisions }: Choice, content: EditionContent): Explanation[] {
  const editorial = editorialStateOf(decisions);
  const find = storyFinder(scored);
  const items = [content.lead, ...content.headlines];
  const listed = items.map(({ storyId }) => (storyId === null ? undefined : find(storyId)));
  const removed = new Set([...editorial.removed].map(find));
  const inside = items.flatMap((item, place) => {
    const one = listed[place];
    if (item.storyId === null) return [];
    return [one ? explained(one, place, item.reasons) : unscored(item, place)];
  });
  const out = scored.filter((one) => !listed.includes(one));
  const outside = out.map((one) =>
    explained(one, null, [...whyNot(one, { listed, removed, editorial }), ...ownReasons(one)]),
  );
  return [...inside, ...outside, ...left.map(leftOut)];
}

/** The stories of a file were chosen by its author. */
const unscored = ({ storyId, title, url, source, reasons }: Lead | Headline, place: number): Explanation => ({
  storyId: storyId ?? "",
  title: title ?? "",
  url,
  source: source ?? "",
  place,
  score: null,
  points: {},
  reasons,
  articles: [],
});

function explained({ candidate, score, parts }: Scored, place: number | null, reasons: string[]): Explanation {
  const { id, article } = candidate;
  const points = Object.fromEntries(parts.map((part) => [part.name, part.points]));
  const others = candidate.articles.filter((other) => other !== article);
  const articles = others.map((other) => ({
    id: other.id,
    title: other.title,
    url: other.url,
    source: other.sourceTitle,
  }));
  return {
    storyId: id,
    title: article.title,
    url: article.url,
    source: article.sourceTitle,
    place,
    score,
    points,
    reasons,
    articles,
  };
}

const ownReasons = ({ parts }: Scored): string[] => parts.flatMap(({ reason }) => reason ?? []);

type Chosen = {
  listed: readonly (Scored | undefined)[];
  removed: ReadonlySet<Scored | undefined>;
  editorial: EditorialState;
};

/** The first reason that kept a story out is the important one. */
function whyNot(scored: Scored, { listed, removed, editorial }: Chosen): string[] {
  if (editorial.file) return ["The edition comes from a file, which names its own stories."];
  if (removed.has(scored)) return ["An editor removed it."];
  if (!eligible(scored)) return [];
  const twin = listed.find((other) => other !== undefined && twins(other, scored));
  if (twin) return [`“${twin.candidate.article.title}” is in the edition and much like it.`];
  const chosen = listed.flatMap((other) => other ?? []);
  const weakest = chosen.slice(1).toSorted((a, b) => a.score - b.score)[0];
  if (weakest === undefined) return [];
  if (scored.score <= weakest.score) {
    return [
      `It has ${scored.score.toFixed(2)} points, and each story in the list has ${weakest.score.toFixed(2)} or more.`,
    ];
  }
  const others = new Set(chosen.map(({ candidate }) => candidate.article.sourceId)).size > 1;
  const crowd = openTally(chosen).crowd(scored, ["subject", "section", "desk", ...(others ? ["source" as const] : [])]);
  return [
    crowd === null ? "Others like it went before it." : `The edition has ${crowd} already, so others went before it.`,
  ];
}

const leftOut = ({ article, reason }: LeftOut): Explanation => ({
  storyId: article.id,
  title: article.title,
  url: article.url,
  source: article.sourceTitle,
  place: null,
  score: null,
  points: {},
  reasons: [reason],
  articles: [],
});
