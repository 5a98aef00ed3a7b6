import { fileHeadline } from "#domain/edition/content/from-file.ts";
import { openOrder } from "#domain/edition/content/from-picks.ts";
import { wholeBodyOf } from "#domain/edition/content/paragraphs.ts";
import { summaryOf } from "#domain/edition/content/summary.ts";
import { type Decision, editorialStateOf, type Field } from "#domain/edition/decisions/decisions.ts";
import { type Entry, type HistoryFacts, historyOf } from "#domain/edition/history/history.ts";
import { type Bench, findIn } from "./workbench-source.ts";

/** Describes an edition's log in words. */
export function historyFacts(bench: Bench) {
  const facts: HistoryFacts = {
    titleOf: (story) => titleOf(bench, story),
    articleTitleOf: (id) => titleOf(bench, id),
    placeOf: placesIn(bench),
    sourceOf: (story, field) => sourceOf(bench, story, field),
    timeZone: bench.gathered.config.timeZone,
  };
  return {
    history: (most: number): Entry[] => historyOf(bench.log, facts, most),
    text: (decision: Decision): string =>
      historyOf(
        bench.log.filter(({ n }) => n <= decision.n),
        facts,
        1,
      )[0]?.text ?? "",
  };
}

/** The article that a story is named by, even if the story was joined with another one since. */
function articleOf(bench: Bench, id: string) {
  const candidate = findIn(bench)(id)?.candidate;
  return candidate?.articles.find((article) => article.id === id) ?? candidate?.article;
}

function titleOf(bench: Bench, story: string): string {
  const line = bench.editorial.file?.headlines.find((one) => fileHeadline(one.line) === story);
  return articleOf(bench, story)?.title ?? line?.title ?? "a story that is gone";
}

/** A story's position at a time, without making the whole edition of that time. */
function placesIn({ log, field, gathered, editorial }: Bench): HistoryFacts["placeOf"] {
  const removals = log.filter((one) => one.do === "remove").length;
  const order = openOrder(field.scored, gathered.config, removals);
  const find = findIn({ field, editorial });
  return (story, before) => {
    const item = find(story);
    if (item === undefined) return null;
    const place = order.arrange(editorialStateOf(before).moves, find).list.indexOf(item);
    return place < 0 ? null : place;
  };
}

function sourceOf(bench: Bench, story: string | null, field: Field): string {
  if (story === null || field === "picture") return "";
  const article = articleOf(bench, story);
  if (article === undefined) return titleOf(bench, story);
  if (field === "url") return article.url ?? "";
  if (field === "summary") return summaryOf(article) ?? "";
  return field === "paragraphs" ? wholeBodyOf(article, bench.gathered.textOf).join("\n\n") : article.title;
}
