import { isGoogleNews } from "../../article/address.ts";
import type { Article } from "../../article/article.ts";
import { beginningOf } from "../../article/excerpt.ts";
import { areOpposite } from "../../article/stories/opposites.ts";
import {
  cluster,
  representativeOf,
  richestOf,
  type Story,
  storyOfAll,
  tellers,
} from "../../article/stories/stories.ts";
import { fromInstant, type LocalDate } from "../../time/instant.ts";
import { bodyOf } from "../content/paragraphs.ts";
import { sameNumbers, untangled } from "../content/series.ts";
import { summaryOf } from "../content/summary.ts";
import { likeness, significantWords } from "../content/words.ts";
import type { Sorted } from "./candidates.ts";
import { nearest, type Past, type PastItem } from "./past.ts";
import { type Form, formOf, forms } from "./scoring/form.ts";

/** Above the first similarity to an earlier title, a title tells the same; below the second, something new. */
const SAME = 0.8;
const MOVED = 0.6;

/** A candidate story, with everything its score is made of. */
export type Candidate = {
  /** The story's id; the ids of all its articles identify it too. */
  id: string;
  article: Article;
  /** All its articles, including older ones. */
  articles: Article[];
  /** Titles of its sources, the shown one first. */
  sources: string[];
  sourceIds: string[];
  /** Number of articles with their own wording. */
  tellings: number;
  /** Number of sources with something new; all, unless it already ran. */
  tellersSince: number;
  form: Form;
  words: ReadonlySet<string>;
  /** Publication time of its newest article; without dates, when the first was seen. Epoch milliseconds. */
  newest: number;
  /** Whether one of its new articles has a date. */
  isDated: boolean;
  /** Earlier editions with it. */
  ran: PastItem | null;
  /** It already ran, and there is something new. */
  developing: boolean;
  /** The earlier story with the most similar title, and the similarity, 0 to 1. */
  echo: { item: PastItem; likeness: number } | null;
  /** The day it ran in the newsletter from which this one is made, and whether it led. */
  run?: { day: LocalDate; isLead: boolean } | undefined;
};

/** Groups articles into stories with something new in this window. */
export function candidateStories(sorted: Pick<Sorted, "candidates" | "context">, past: Past): Candidate[] {
  const fresh = new Set(sorted.candidates);
  const stories = cluster([...sorted.context, ...sorted.candidates]).flatMap(untangled);
  return stories.flatMap((story) => {
    const news = story.articles.filter((article) => fresh.has(article));
    return news.length === 0 ? [] : [candidate(story, news, past, richest)];
  });
}

/** The one story of any articles, shown by its most typical headline; null: none is new. */
export function storyMaker(
  { candidates }: Pick<Sorted, "candidates">,
  past: Past,
): (articles: readonly Article[]) => Candidate | null {
  const fresh = new Set(candidates);
  return (articles) => {
    const story = storyOfAll(articles);
    const news = story.articles.filter((article) => fresh.has(article));
    return news.length === 0 ? null : candidate(story, news, past, typical);
  };
}

/** The story of these articles, grouped by a person; null: none is new. */
export const candidateOf = (
  articles: readonly Article[],
  sorted: Pick<Sorted, "candidates">,
  past: Past,
): Candidate | null => storyMaker(sorted, past)(articles);

function candidate(story: Story, news: Article[], past: Past, choose: ChooseAmong): Candidate {
  const ran = ranBefore(story, past);
  const since = ran === null ? news : movedOn(news, ran);
  const article = shown(story, since.length > 0 ? since : news, choose);
  const words = new Set(significantWords(article.title));
  const like = nearest(past, words);
  const same = ran ?? (like !== null && tellsSame(like, article) ? like.item : null);
  const shownFirst = oneOfEach([article, ...story.articles.filter(({ sourceId }) => sourceId !== article.sourceId)]);
  return {
    id: story.id,
    article,
    articles: story.articles,
    sources: unique(shownFirst.map(({ sourceTitle }) => sourceTitle)),
    sourceIds: unique(shownFirst.map(({ sourceId }) => sourceId)),
    tellings: story.tellings,
    tellersSince: tellersOf(ran === null ? story.articles : since),
    form: formOf(article),
    words,
    ...newestOf(since.length > 0 ? since : news),
    ran: same,
    developing: ran !== null && isDeveloping(story, since),
    echo: like,
  };
}

const tellsSame = ({ item, likeness: alike }: { item: PastItem; likeness: number }, article: Article): boolean =>
  alike >= SAME && sameNumbers(item, article) && !areOpposite(item.title, article.title);

/** Dates count more than first sight: an undated article is never fresher than a dated one. */
function newestOf(news: readonly Article[]): Pick<Candidate, "newest" | "isDated"> {
  const dates = news.flatMap(({ published }) => published ?? []);
  const isDated = dates.length > 0;
  const times = isDated ? dates : news.map(({ seenAt }) => seenAt);
  const newest = times.reduce((a, b) => ((isDated ? a > b : a < b) ? a : b));
  return { newest: fromInstant(newest), isDated };
}

const tellersOf = (articles: readonly Article[]): number => new Set(articles.map(({ sourceId }) => sourceId)).size;

/** One article of each source; a source may name any outlet, so only those that Google News gathers count too. */
function oneOfEach(articles: readonly Article[]): Article[] {
  if (articles.length < 3) return [...articles];
  const known = new Set<string>();
  return articles.filter(({ sourceId, outlet, url }) => {
    const name = isGoogleNews(url) ? `${sourceId} ${outlet}` : sourceId;
    return !known.has(name) && known.add(name);
  });
}

const unique = (values: string[]): string[] => (values.length < 2 ? values : [...new Set(values)]);

type ChooseAmong = (articles: readonly Article[], story: Story) => Article;

/** The shown article: a report rather than a video or a comment, then the one with most content. */
function shown(story: Story, all: readonly Article[], choose: ChooseAmong): Article {
  const news = tellers(all);
  if (news.length === 1) return news[0] ?? story.representative;
  const values = new Map(news.map((article) => [article, forms[formOf(article)].value]));
  const most = Math.max(...values.values());
  const best = news.filter((article) => values.get(article) === most);
  return choose(best, story);
}

const richest: ChooseAmong = (articles, { representative }) =>
  articles.includes(representative) ? representative : representativeOf(articles);

/** Most headlines with which others are compared, for stories of hundreds of articles. */
const COMPARED = 30;

/**
 * Of the articles with most content, one with a sentence to show below its headline, and of these the headline that
 * shares most words with the others; ties: the oldest.
 */
function typical(articles: readonly Article[], { articles: all }: Story): Article {
  const rich = richestOf(articles);
  const withSentence = rich.filter((article) => summaryOf(article) !== null);
  const best = withSentence.length > 0 ? withSentence : rich;
  if (best.length < 2 || all.length < 3) return representativeOf(best);
  const titles = all.slice(0, COMPARED).map(({ title }) => new Set(significantWords(title)));
  const shares = best.map(({ title }) => {
    const own = new Set(significantWords(title));
    return titles.reduce((sum, words) => sum + likeness(own, words), 0);
  });
  const most = Math.max(...shares);
  return representativeOf(best.filter((_, at) => shares[at] === most));
}

function ranBefore(story: Story, past: Past): PastItem | null {
  const found = story.articles.flatMap(({ id, url }) => past.byId.get(id) ?? past.byUrl.get(url ?? "") ?? []);
  return found.toSorted((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null;
}

/** Articles that tell something new; another headline over the same text doesn't. */
export function movedOn(
  news: readonly Article[],
  ran: Pick<PastItem, "title" | "url" | "opening"> & { storyId?: string | null },
): Article[] {
  const before = new Set(significantWords(ran.title));
  return news.filter(
    (article) =>
      article.url !== ran.url &&
      // A story has the id of its oldest article, which existed when it ran.
      article.id !== ran.storyId &&
      (likeness(new Set(significantWords(article.title)), before) < MOVED || areOpposite(article.title, ran.title)) &&
      (ran.opening === undefined || beginningOf(bodyOf(article)[0] ?? "") !== beginningOf(ran.opening)),
  );
}

/** A single source may only have reworded its text, so if several told the story, two must have something new. */
export function isDeveloping(story: Pick<Story, "articles">, since: readonly Article[]): boolean {
  if (since.length === 0) return false;
  const sources = new Set(story.articles.map(({ sourceId }) => sourceId)).size;
  return new Set(since.map(({ sourceId }) => sourceId)).size >= Math.min(2, sources);
}
