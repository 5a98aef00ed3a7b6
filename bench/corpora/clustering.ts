import type { Article } from "#domain/article/article.ts";
import { retoldStories } from "#domain/article/stories/retold.ts";
import { cluster } from "#domain/article/stories/stories.ts";
import { nearPage, SAMPLE } from "#domain/edition/choosing/near-page.ts";
import { averageLink, exactTitle, singleLink, tfidf } from "./clustering-baselines.ts";
import type { Headline, Labels, Slice } from "./clustering-slices.ts";

/**
 * Compares stories with labelled headlines. Pairs are scored by `group`; pairs of ambiguous groups are left out. The
 * baselines see only titles; TF-IDF average link is taken at the threshold where it is as precise as our clustering.
 */
type Pairs = { right: number; wrong: number; missed: number };
type Label = (rows: readonly Headline[]) => Labels;

export type Figures = {
  precision: number;
  recall: number;
  /** BCubed F1, as published results give it: the mean over headlines, not over pairs. */
  bcubed: number;
  /** The share of stories without a wrong article, among those of several publishers that a page of 18 shows. */
  pagePrecision: number;
  /** The share of the 18 stories with most publishers that the page shows as stories. */
  pageRecall: number;
};

type ModeFigures = {
  mode: string;
  slices: number;
  ours: Figures;
  tfidf: Figures;
  jaccard: Figures;
  exact: Figures;
};

export function clusteringFigures(slices: readonly Slice[]): ModeFigures[] {
  return [...Map.groupBy(slices, ({ mode }) => mode)].map(([mode, group]) => {
    const ours = figuresOf(group, ourLabels);
    return {
      mode,
      slices: group.length,
      ours,
      tfidf: asPrecise(group, ours.precision),
      jaccard: figuresOf(group, (rows) => singleLink(rows, 0.3)),
      exact: figuresOf(group, exactTitle),
    };
  });
}

function figuresOf(slices: readonly Slice[], label: Label): Figures {
  const labelled = slices.map((slice) => ({ slice, labels: label(slice.rows) }));
  const pages = labelled.map(({ slice, labels }) => pageOf(slice, labels));
  const sum = (of: (page: Page) => number) => pages.reduce((total, page) => total + of(page), 0);
  return {
    ...ratesOf(labelled.map(({ slice, labels }) => pairs(slice, labels))),
    bcubed: mean(labelled.map(({ slice, labels }) => bcubed(slice, labels))),
    pagePrecision:
      sum(({ right }) => right) /
      Math.max(
        1,
        sum(({ shown }) => shown),
      ),
    pageRecall:
      sum(({ found }) => found) /
      Math.max(
        1,
        sum(({ wanted }) => wanted),
      ),
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function bcubed({ rows }: Slice, labels: Labels): number {
  const groups = Map.groupBy(rows, ({ group }) => group);
  const stories = Map.groupBy(rows, ({ id }) => labels.get(id));
  const parts = rows.map(({ id, group }) => {
    const story = stories.get(labels.get(id)) ?? [];
    const right = story.filter((other) => other.group === group).length;
    return { precision: right / story.length, recall: right / (groups.get(group)?.length ?? 1) };
  });
  const [precision, recall] = [mean(parts.map((one) => one.precision)), mean(parts.map((one) => one.recall))];
  return (2 * precision * recall) / (precision + recall);
}

/** The number of stories on a page. */
const PAGE = 18;

/**
 * The number of stories of several publishers on a page, and of right ones; the number that should be there, and that
 * are.
 */
type Page = { shown: number; right: number; wanted: number; found: number };

function pageOf({ rows, ambiguous_group_pairs }: Slice, labels: Labels): Page {
  const leftOut = new Set(ambiguous_group_pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const shown = largest(Map.groupBy(rows, ({ id }) => labels.get(id))).map((story) => [
    ...new Set(story.map(({ group }) => group)),
  ]);
  const right = shown.filter((groups) =>
    groups.every((a, at) => groups.slice(at + 1).every((b) => leftOut.has(`${a} ${b}`))),
  );
  const onPage = new Set(right.flat());
  const wanted = largest(Map.groupBy(rows, ({ group }) => group));
  const found = wanted.filter(([first]) => onPage.has(first?.group ?? ""));
  return { shown: shown.length, right: right.length, wanted: wanted.length, found: found.length };
}

/** The groups with most publishers, as many as a page shows. */
const largest = (groups: ReadonlyMap<unknown, readonly Headline[]>): (readonly Headline[])[] =>
  [...groups.values()]
    .map((rows) => ({ rows, publishers: new Set(rows.map(({ publisher }) => publisher)).size }))
    .filter(({ publishers }) => publishers > 1)
    .toSorted((a, b) => b.publishers - a.publishers)
    .slice(0, PAGE)
    .map(({ rows }) => rows);

/** Our stories, and of the largest ones those that tell one event in other words joined, as on a page. */
function ourLabels(rows: readonly Headline[]): Labels {
  const publishersOf = (articles: readonly Article[]) => new Set(articles.map(({ sourceId }) => sourceId)).size;
  const stories = cluster(rows.map(asArticle))
    .map(({ articles }) => ({ articles, publishers: publishersOf(articles) }))
    .toSorted((a, b) => b.publishers - a.publishers);
  const labels = stories.map((_, label) => label);
  const near = nearPage(stories, ({ publishers }) => publishers > 1).map(({ articles }) => articles);
  const sample = stories.flatMap(({ articles }) => articles).slice(0, SAMPLE);
  for (const [first = 0, ...others] of retoldStories(near, sample)) for (const other of others) labels[other] = first;
  return new Map(stories.flatMap(({ articles }, at) => articles.map(({ id }) => [id, labels[at] ?? at] as const)));
}

function asArticle({ id, title, url, published, publisher }: Headline): Article {
  const seenAt = new Date(published).toISOString();
  return {
    id,
    sourceId: publisher,
    sourceTitle: publisher,
    title,
    url,
    guid: null,
    published: seenAt,
    doubts: [],
    seenAt,
    changedAt: seenAt,
    summary: "",
    paragraphs: [],
    author: null,
    section: null,
    language: "en",
    image: null,
    archive: false,
  };
}

function ratesOf(all: readonly Pairs[]): Pick<Figures, "precision" | "recall"> {
  const total = all.reduce((sum, one) => ({
    right: sum.right + one.right,
    wrong: sum.wrong + one.wrong,
    missed: sum.missed + one.missed,
  }));
  return { precision: total.right / (total.right + total.wrong), recall: total.right / (total.right + total.missed) };
}

function pairs({ rows, ambiguous_group_pairs }: Slice, labels: Labels): Pairs {
  const leftOut = new Set(ambiguous_group_pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const found = { right: 0, wrong: 0, missed: 0 };
  for (const [index, a] of rows.entries()) {
    for (const b of rows.slice(index + 1)) {
      if (leftOut.has(`${a.group} ${b.group}`)) continue;
      const [same, joined] = [a.group === b.group, labels.get(a.id) === labels.get(b.id)];
      if (same && joined) found.right += 1;
      else if (joined) found.wrong += 1;
      else if (same) found.missed += 1;
    }
  }
  return found;
}

/** TF-IDF average link at the loosest threshold with at least this precision. */
function asPrecise(slices: readonly Slice[], precision: number): Figures {
  const matrices = new Map(slices.map(({ rows }) => [rows as readonly Headline[], tfidf(rows)]));
  for (let distance = 0.9; distance > 0.5; distance -= 0.01) {
    const label: Label = (rows) => averageLink(rows, matrices.get(rows) ?? [], 1 - distance);
    if (ratesOf(slices.map((slice) => pairs(slice, label(slice.rows)))).precision >= precision)
      return figuresOf(slices, label);
  }
  return { precision: 1, recall: 0, bcubed: 0, pagePrecision: 1, pageRecall: 0 };
}
