import type { Article } from "#domain/article/article.ts";
import type { Scored } from "#domain/edition/choosing/scoring/score.ts";
import { explainAll } from "#domain/edition/choosing/why.ts";
import { FILE_LEAD, fileHeadline } from "#domain/edition/content/from-file.ts";
import { rewriteOf } from "#domain/edition/content/from-picks.ts";
import { wholeBodyOf } from "#domain/edition/content/paragraphs.ts";
import { summaryOf } from "#domain/edition/content/summary.ts";
import { decisionsInForce } from "#domain/edition/decisions/decisions.ts";
import type { EditionContent, Headline, Lead } from "#domain/edition/edition.ts";
import type { Other, Ran, Row, Workbench } from "#domain/edition/views/workbench.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type Bench, findIn } from "./workbench-source.ts";

/** The editions in which a story appeared, by its id, its address or its title. */
type RanFinder = (one: { ids: readonly string[]; urls: readonly (string | null)[]; title: string }) => Ran | null;

export function ranIn(past: readonly EditionContent[]): RanFinder {
  const places = new Map<string, Ran>();
  for (const { date, lead, headlines } of past.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    for (const [place, item] of [lead, ...headlines].entries()) {
      for (const name of [item.storyId, item.url, item.title]) if (name) places.set(name, { date, place });
    }
  }
  return ({ ids, urls, title }) => {
    const found = [...ids, ...urls, title].flatMap((name) => (name === null ? [] : (places.get(name) ?? [])));
    return found.toSorted((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null;
  };
}

const ranOf = ({ candidate }: Scored, ran: RanFinder): Ran | null =>
  ran({
    ids: candidate.articles.map(({ id }) => id),
    urls: candidate.articles.map(({ url }) => url),
    title: candidate.ran?.title ?? candidate.article.title,
  });

/** The edition's stories in order. */
export function rowsOf(bench: Bench, ran: RanFinder): Row[] {
  const { content } = bench;
  const find = findIn(bench);
  return [content.lead, ...content.headlines].flatMap((item, place) => {
    if (item.storyId === null) return [];
    const scored = find(item.storyId);
    return [scored ? scoredRow(bench, { item, place, scored, ran }) : fileRow(bench, item, place, item.storyId)];
  });
}

type Shown = { item: Lead | Headline; place: number; scored: Scored; ran: RanFinder };

function scoredRow(bench: Bench, { item, place, scored, ran }: Shown): Row {
  const { article, articles } = scored.candidate;
  const rewrite = rewriteOf(scored, bench.editorial);
  const ids = articles.map(({ id }) => id);
  const ownSummary = summaryOf(article);
  const body = place === 0 ? wholeBodyOf(article, bench.gathered.textOf) : [];
  const own = { title: article.title, url: article.url, paragraphs: body, summary: ownSummary };
  return {
    ...said(item, place),
    ...detailsOf(scored),
    storyId: scored.candidate.id,
    alsoIn: "alsoIn" in item ? item.alsoIn : scored.candidate.sources.slice(1),
    paragraphs: "paragraphs" in item ? item.paragraphs : (rewrite.paragraphs ?? body),
    own,
    summary: rewrite.summary === undefined ? ownSummary : rewrite.summary,
    rewritten: fields.filter((field) => rewrite[field] !== undefined),
    changedSince: changedSince(bench, ids, article),
    ran: ranOf(scored, ran),
    placed: bench.editorial.moves.some((move) => move.do === "place" && ids.includes(move.story)),
  };
}

/** What helps an editor to recognise a story at a glance. */
const detailsOf = ({ candidate: { article, articles, newest } }: Scored) => ({
  at: toInstant(newest),
  section: article.section,
  picture: article.image?.url ?? articles.find(({ image }) => image !== null)?.image?.url ?? null,
});

const fields = ["title", "url", "paragraphs", "summary", "picture"] as const;

const said = (item: Lead | Headline, place: number) => ({
  place,
  title: item.title ?? "",
  url: item.url,
  source: item.source,
  alsoIn: "alsoIn" in item ? item.alsoIn : [],
  developing: "developing" in item && item.developing,
  reasons: item.reasons,
});

function changedSince({ editorial }: Bench, ids: readonly string[], article: Article): string | null {
  const at = ids
    .flatMap((id) => editorial.rewrittenAt.get(id) ?? [])
    .toSorted()
    .at(-1);
  const isRewritten = ids.some((id) => editorial.rewrites.has(id));
  return isRewritten && at !== undefined && article.changedAt > at ? article.changedAt : null;
}

/** A story from a file, or one whose articles are gone. */
function fileRow({ editorial }: Bench, item: Lead | Headline, place: number, storyId: string): Row {
  const rewrite = editorial.rewrites.get(storyId) ?? {};
  const line = editorial.file?.headlines.find(({ line }) => fileHeadline(line) === storyId);
  const body = storyId === FILE_LEAD ? (editorial.file?.paragraphs ?? []) : [];
  return {
    ...said(item, place),
    at: null,
    section: null,
    picture: null,
    storyId,
    paragraphs: "paragraphs" in item ? item.paragraphs : [],
    own: {
      title: line?.title ?? (editorial.file ? "" : (item.title ?? "")),
      url: editorial.file ? null : item.url,
      paragraphs: body,
      summary: null,
    },
    summary: rewrite.summary ?? null,
    rewritten: fields.filter((field) => rewrite[field] !== undefined),
    changedSince: null,
    ran: null,
    placed: editorial.moves.some((move) => move.do === "place" && move.story === storyId),
  };
}

/** Stories removed from this edition, latest first, with who removed them. */
export function removedOf(bench: Bench, ran: RanFinder): Workbench["removed"] {
  const find = findIn(bench);
  return decisionsInForce(bench.log)
    .flatMap((decision) => (decision.do === "remove" && bench.editorial.removed.has(decision.story) ? [decision] : []))
    .filter(({ story, n }, _, all) => all.findLast((other) => other.story === story)?.n === n)
    .toReversed()
    .map(({ story, by, at }) => {
      const scored = find(story);
      const about = scored ? otherOf(scored, ran) : bareOf(bench, story, at);
      return { ...about, by, removedAt: at };
    });
}

function otherOf(scored: Scored, ran: RanFinder, reasons: string[] = []): Other {
  const { id, article, sources } = scored.candidate;
  return {
    storyId: id,
    title: article.title,
    url: article.url,
    source: article.sourceTitle,
    sources: sources.length,
    score: scored.score,
    reasons,
    ...detailsOf(scored),
    ran: ranOf(scored, ran),
  };
}

function bareOf({ editorial }: Bench, storyId: string, at: string): Other {
  const title =
    editorial.file?.headlines.find(({ line }) => fileHeadline(line) === storyId)?.title ?? "A story that is gone";
  return {
    storyId,
    title,
    url: null,
    source: "",
    sources: 1,
    score: null,
    reasons: [],
    at,
    section: null,
    picture: null,
    ran: null,
  };
}

/** The candidates that were left out, best first, each with the reason. */
export function othersOf(bench: Bench, ran: RanFinder): Other[] {
  const { field, log, content } = bench;
  if (bench.editorial.file) return [];
  const find = findIn(bench);
  const removed = new Set([...bench.editorial.removed].map(find));
  return explainAll({ scored: field.scored, left: field.sorted.left, decisions: log }, content).flatMap((one) => {
    if (one.place !== null || one.score === null) return [];
    const scored = find(one.storyId);
    return scored === undefined || removed.has(scored) ? [] : [otherOf(scored, ran, one.reasons)];
  });
}
