import type { Article } from "../../article/article.ts";
import { isDayName, isMonthName } from "../../article/dates/months.ts";
import { dateInHeadline } from "../../article/stories/dates-in-headlines.ts";
import type { Story } from "../../article/stories/stories.ts";
import { representativeOf } from "../../article/stories/stories.ts";

/** If each source has more articles than this, they aren't one story; their titles only have the same pattern. */
const MOST_EACH = 5;

/**
 * Separates articles with similar titles that aren't the same news: numbered or dated pieces of one source ("Lottery
 * draw 17", "Lottery draw 18"; "Events in May", "Events in June"), titles that name different days, and long series of
 * titles with one pattern.
 */
export function untangled(story: Story): Story[] {
  if (story.articles.length < 2) return [story];
  const parts = isNumbered(story) ? [...Map.groupBy(story.articles, marksOf).values()] : byDate(story.articles);
  return parts.flatMap(withoutRows).map((articles) => partOf(story, articles));
}

/** At least half of the articles differ from another one of their source only by numbers, months or weekdays. */
function isNumbered({ articles }: Story): boolean {
  const own = [...Map.groupBy(articles, ({ sourceId }) => sourceId).values()].filter(({ length }) => length > 1);
  const numbered = own.flatMap((pieces) => {
    const patterns = Map.groupBy(pieces, (one) => one.title.replace(MARK, (word) => (isMark(word, one) ? "#" : word)));
    return [...patterns.values()].filter((alike) => new Set(alike.map(marksOf)).size > 1);
  });
  return numbered.reduce((sum, alike) => sum + alike.length, 0) * 2 >= articles.length;
}

const MARK = /\d+|[\p{L}\p{M}]+/gu;
const isMark = (word: string, { language }: Article): boolean =>
  /^\d/.test(word) || isMonthName(word, language) || isDayName(word, language);
const marksOf = (one: Article): string => (one.title.match(MARK) ?? []).filter((word) => isMark(word, one)).join(" ");

/** If half of the articles and more name a day, and not the same, each day has its own; others go with the most. */
function byDate(articles: Article[]): Article[][] {
  const dates = Map.groupBy(articles, ({ title, language }) => dateInHeadline(title, language));
  const without = dates.get(null) ?? [];
  dates.delete(null);
  if (dates.size < 2 || without.length * 2 > articles.length) return [articles];
  const [most = [], ...others] = [...dates.values()].toSorted((a, b) => b.length - a.length);
  return [articles.filter((one) => most.includes(one) || without.includes(one)), ...others];
}

const numbersOf = ({ title }: { title: string }): string => (title.match(/\d+/g) ?? []).join(" ");

/** Titles with other numbers are about another draw, day or match. */
export const sameNumbers = (a: { title: string }, b: { title: string }): boolean => numbersOf(a) === numbersOf(b);

function withoutRows(articles: Article[]): Article[][] {
  const sources = new Set(articles.map(({ sourceId }) => sourceId)).size;
  return articles.length > MOST_EACH * sources ? articles.map((article) => [article]) : [articles];
}

function partOf(story: Story, articles: Article[]): Story {
  const [oldest] = articles;
  if (!oldest || articles.length === story.articles.length) return story;
  const sources = new Set(articles.map(({ sourceId }) => sourceId)).size;
  return {
    id: oldest.id,
    representative: representativeOf(articles),
    articles,
    tellings: Math.min(story.tellings, sources),
  };
}
