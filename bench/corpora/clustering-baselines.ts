import type { Headline, Labels } from "./clustering-slices.ts";

/** Three baselines for clustering, which see only titles. */

/** Headlines with the same words, in the same order. */
export function exactTitle(rows: readonly Headline[]): Labels {
  const first = new Map<string, number>();
  return new Map(
    rows.map(({ id, title }, index) => {
      const words = wordsOf(title).join(" ");
      const label = first.get(words) ?? index;
      first.set(words, label);
      return [id, label];
    }),
  );
}

const wordsOf = (title: string): string[] => title.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** Single link by the overlap of words (Jaccard). */
export function singleLink(rows: readonly Headline[], threshold: number): Labels {
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

/** The cosine similarity of titles, with words weighted by rarity. */
export function tfidf(rows: readonly Headline[]): number[][] {
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

/** Average-link clustering with quadratic memory, which is enough for some hundreds of headlines. */
export function averageLink(rows: readonly Headline[], similarity: readonly number[][], threshold: number): Labels {
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
