import type { Article } from "../../article/article.ts";
import type { Regrouping } from "../decisions/decisions.ts";
import type { Sorted } from "./candidates.ts";
import type { Past } from "./past.ts";
import type { Scored } from "./scoring/score.ts";
import { type Candidate, candidateOf } from "./stories.ts";

type Stories = { scored: readonly Scored[]; sorted: Sorted; past: Past };

/** A story after editors' regrouping. `made`: changed by an editor. */
type Group = { articles: Article[]; shown: Article; found: Candidate | null };

/**
 * The stories after editors split and joined them, to be scored again; null: no change. Articles that are gone, or
 * aren't candidates, are ignored.
 */
export function regroup({ scored, sorted, past }: Stories, regroupings: readonly Regrouping[]): Candidate[] | null {
  if (regroupings.length === 0) return null;
  const groups = new Set<Group>();
  const byArticle = new Map<string, Group>();
  const put = (group: Group) => {
    groups.add(group);
    for (const { id } of group.articles) byArticle.set(id, group);
  };
  for (const { candidate } of scored) {
    put({ articles: candidate.articles, shown: candidate.article, found: candidate });
  }
  for (const one of regroupings) {
    for (const group of one.do === "split" ? split(one.articles, byArticle) : join(one, byArticle)) {
      if (group.is === "gone") groups.delete(group.group);
      else put(group.group);
    }
  }
  if ([...groups].every(({ found }) => found !== null)) return null;
  return [...groups].flatMap(({ articles, shown, found }) => {
    const candidate = found ?? candidateOf(articles, sorted, past);
    if (candidate === null || found !== null) return candidate ?? [];
    // Keeps the article that the editor saw, because another headline of the story would be a surprise.
    return articles.includes(shown) ? shownAs(candidate, shown) : candidate;
  });
}

type Step = { is: "gone" | "new"; group: Group };

function split(ids: readonly string[], byArticle: ReadonlyMap<string, Group>): Step[] {
  const touched = new Set(ids.flatMap((id) => byArticle.get(id) ?? []));
  return [...touched].flatMap((group): Step[] => {
    const [out, rest] = [true, false].map((isOut) => group.articles.filter(({ id }) => ids.includes(id) === isOut));
    if (!out?.length || !rest?.length) return [];
    const parts = [out, rest].map((articles) => made(articles, group.shown));
    return [{ is: "gone", group }, ...parts.map((part): Step => ({ is: "new", group: part }))];
  });
}

function join({ story, other }: { story: string; other: string }, byArticle: ReadonlyMap<string, Group>): Step[] {
  const [one, two] = [byArticle.get(story), byArticle.get(other)];
  if (one === undefined || two === undefined || one === two) return [];
  const both = made([...one.articles, ...two.articles], one.shown);
  return [
    { is: "gone", group: one },
    { is: "gone", group: two },
    { is: "new", group: both },
  ];
}

const made = (articles: Article[], shown: Article): Group => ({ articles, shown, found: null });

function shownAs(candidate: Candidate, article: Article): Candidate {
  const first = <T>(value: T, all: readonly T[]): T[] => [value, ...all.filter((one) => one !== value)];
  return {
    ...candidate,
    article,
    sources: first(article.sourceTitle, candidate.sources),
    sourceIds: first(article.sourceId, candidate.sourceIds),
  };
}
