import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Article } from "#domain/article/article.ts";
import { cluster } from "#domain/article/stories/stories.ts";

/**
 * Stories against labelled headlines: `DIR/index.json` and `DIR/slice-NN.jsonl`. Pairs are scored on `group`; pairs of
 * groups the index calls ambiguous are left out. Two baselines see titles only: single link by Jaccard overlap, and
 * average link by TF-IDF cosine, the latter at the threshold where it is as precise as we are.
 */
type Headline = { id: string; title: string; url: string; published: string; publisher: string; group: string };
type Slice = { slice: string; mode: string; ambiguous_group_pairs: [string, string][]; rows: Headline[] };
type Pairs = { right: number; wrong: number; missed: number };
type Labels = ReadonlyMap<string, number>;

type ModeFigures = {
  mode: string;
  slices: number;
  precision: number;
  recall: number;
  /** BCubed F1, as published results give it: the mean over headlines, not over pairs. */
  bcubed: number;
  /** Of the stories of several publishers that a page of 18 would show, the part that joins no strangers. */
  page: number;
  jaccard: { precision: number; recall: number };
  tfidf: { precision: number; recall: number };
};

/** Reads the slices, in the order given by `order` (so a run in another order can be compared). */
export function readSlices(dir: string): Slice[] {
  const index: Omit<Slice, "rows">[] = JSON.parse(readFileSync(join(dir, "index.json"), "utf8"));
  const files = new Set(readdirSync(dir));
  return index
    .filter(({ slice }) => files.has(`${slice}.jsonl`))
    .map((entry) => ({ ...entry, rows: readRows(join(dir, `${entry.slice}.jsonl`)) }));
}

export function clusteringFigures(slices: readonly Slice[]): ModeFigures[] {
  return [...Map.groupBy(slices, ({ mode }) => mode)].map(([mode, group]) => {
    const ours = rates(group, ourLabels);
    return {
      mode,
      slices: group.length,
      ...ours,
      bcubed: mean(group.map((slice) => bcubed(slice, ourLabels(slice.rows)))),
      page: pagePrecision(group),
      jaccard: rates(group, (rows) => singleLink(rows, 0.3)),
      tfidf: asPrecise(group, ours.precision),
    };
  });
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

/** How many stories a page shows. */
const PAGE = 18;

function pagePrecision(slices: readonly Slice[]): number {
  const shown = slices.flatMap(({ rows, ambiguous_group_pairs }) => {
    const leftOut = new Set(ambiguous_group_pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
    const groupOf = new Map(rows.map(({ id, group }) => [id, group]));
    const stories = cluster(rows.map(asArticle)).map(({ articles }) => ({
      publishers: new Set(articles.map(({ sourceId }) => sourceId)).size,
      groups: [...new Set(articles.map(({ id }) => groupOf.get(id) ?? ""))],
    }));
    return stories
      .filter(({ publishers }) => publishers > 1)
      .toSorted((a, b) => b.publishers - a.publishers)
      .slice(0, PAGE)
      .map(({ groups }) => groups.every((a, at) => groups.slice(at + 1).every((b) => leftOut.has(`${a} ${b}`))));
  });
  return shown.filter(Boolean).length / shown.length;
}

function readRows(file: string): Headline[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function ourLabels(rows: readonly Headline[]): Labels {
  return new Map(
    cluster(rows.map(asArticle)).flatMap(({ articles }, label) => articles.map(({ id }) => [id, label] as const)),
  );
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

function rates(slices: readonly Slice[], label: (rows: readonly Headline[]) => Labels) {
  const total = slices
    .map((slice) => pairs(slice, label(slice.rows)))
    .reduce((sum, one) => ({
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

/** The recall of TF-IDF average link at the first threshold from loose to strict that is at least so precise. */
function asPrecise(slices: readonly Slice[], precision: number) {
  const matrices = new Map(slices.map((slice) => [slice.rows as readonly Headline[], tfidf(slice.rows)]));
  for (let distance = 0.9; distance > 0.5; distance -= 0.01) {
    const figures = rates(slices, (rows) => averageLink(rows, matrices.get(rows) ?? [], 1 - distance));
    if (figures.precision >= precision) return figures;
  }
  return { precision: 1, recall: 0 };
}

const wordsOf = (title: string): string[] => title.toLowerCase().match(/[a-z0-9]+/g) ?? [];

function singleLink(rows: readonly Headline[], threshold: number): Labels {
  const sets = rows.map(({ title }) => new Set(wordsOf(title)));
  const labels = rows.map((_, index) => index);
  const rename = (from: number, to: number) => {
    for (const [at, label] of labels.entries()) if (label === from) labels[at] = to;
  };
  for (const [a, left] of sets.entries()) {
    for (const [b, right] of sets.entries()) {
      if (b <= a || labels[a] === labels[b]) continue;
      const shared = left.intersection(right).size;
      if (shared / (left.size + right.size - shared) >= threshold) rename(labels[b] ?? b, labels[a] ?? a);
    }
  }
  return new Map(rows.map(({ id }, index) => [id, labels[index] ?? index]));
}

function tfidf(rows: readonly Headline[]): number[][] {
  const documents = rows.map(({ title }) => wordsOf(title));
  const frequency = new Map<string, number>();
  for (const words of documents) for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const vectors = documents.map((words) => {
    const vector = new Map<string, number>();
    for (const word of words) {
      const rarity = Math.log((1 + rows.length) / (1 + (frequency.get(word) ?? 0))) + 1;
      vector.set(word, (vector.get(word) ?? 0) + rarity);
    }
    const length = Math.hypot(...vector.values()) || 1;
    return new Map([...vector].map(([word, weight]) => [word, weight / length]));
  });
  return vectors.map((a) =>
    vectors.map((b) => [...a].reduce((sum, [word, weight]) => sum + weight * (b.get(word) ?? 0), 0)),
  );
}

/** Agglomeration by mean similarity, quadratic memory: fine for some hundreds of headlines. */
function averageLink(rows: readonly Headline[], similarity: readonly number[][], threshold: number): Labels {
  const sums = similarity.map((row) => Float64Array.from(row));
  const members = rows.map((_, index) => [index]);
  const alive = new Set(rows.keys());
  const mean = (a: number, b: number) => (sums[a]?.[b] ?? 0) / ((members[a]?.length ?? 1) * (members[b]?.length ?? 1));
  const best = (a: number) => {
    let [at, value] = [-1, -1];
    for (const b of alive) if (b !== a && mean(a, b) > value) [at, value] = [b, mean(a, b)];
    return { at, value };
  };
  const nearest = new Map([...alive].map((index) => [index, best(index)]));
  for (;;) {
    const [pair] = [...nearest].toSorted(([, a], [, b]) => b.value - a.value);
    if (!pair || pair[1].value < threshold) break;
    const [a, { at: b }] = pair;
    for (const other of alive) {
      const [to, from] = [sums[a], sums[b]];
      if (!to || !from) continue;
      to[other] = (to[other] ?? 0) + (from[other] ?? 0);
      sums[other]?.set([to[other] ?? 0], a);
    }
    members[a]?.push(...(members[b] ?? []));
    alive.delete(b);
    nearest.delete(b);
    for (const [index, { at }] of nearest)
      if (index === a || at === a || at === b || mean(index, a) > (nearest.get(index)?.value ?? 0))
        nearest.set(index, best(index));
  }
  return new Map(
    [...alive].flatMap((root) => (members[root] ?? []).map((index) => [rows[index]?.id ?? "", root] as const)),
  );
}
