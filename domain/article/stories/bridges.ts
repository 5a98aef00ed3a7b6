import type { Article } from "../article.ts";

/**
 * A source's articles are a bridge in a group if the others fall apart without them. From this many parts on, over the
 * whole window, that isn't chance: in ten days of labelled headlines, no source holds more than two together. Such a
 * source repeats others' headlines, texts or addresses in articles of its own.
 */
const LEAST = 6;
/** Larger groups have so many articles of each source that they aren't shown as one story. */
const LARGEST = 400;
/** Sources that are looked at in a group, those with most articles in it. */
const MOST_SOURCES = 10;

/** Whether two articles would be in one story if there were no others; by position. */
type AreAlike = (one: number, other: number) => boolean;
/** For each member of a group, the members that it is like. */
type Graph = ReadonlyMap<number, readonly number[]>;
type Bridge = { readonly source: string; readonly parts: number };

/**
 * Takes a source's articles out of the groups that only they hold together, if there are so many that it isn't chance.
 * Otherwise one source could make a single story of everything that others have.
 */
export function withoutBridges(
  groups: readonly number[][],
  articles: readonly Article[],
  areAlike: AreAlike,
): number[][] {
  const sourceOf = (index: number) => articles[index]?.sourceId ?? "";
  const looked = groups.map((group) => {
    const graph: Graph = isLookedAt(group, sourceOf) ? graphOf(group, areAlike) : new Map();
    return { group, graph, bridges: bridgesIn(group, graph, sourceOf) };
  });
  const counts = new Map<string, number>();
  for (const { source, parts } of looked.flatMap(({ bridges }) => bridges))
    counts.set(source, (counts.get(source) ?? 0) + parts - 1);
  return looked.flatMap(({ group, graph, bridges }) => {
    const out = new Set(bridges.flatMap(({ source }) => ((counts.get(source) ?? 0) < LEAST ? [] : [source])));
    return out.size === 0 ? [group] : divide(group, graph, (index) => out.has(sourceOf(index)));
  });
}

/**
 * The parts of a group without some articles. What one of them has in common with a single part isn't a bridge, so it
 * joins that one; the oldest first, because others' articles are repeated after they are out.
 */
function divide(group: readonly number[], graph: Graph, isOut: (index: number) => boolean): number[][] {
  const parts = partsOf(
    graph,
    group.filter((index) => !isOut(index)),
  ).map((part) => new Set(part));
  for (const index of group.filter(isOut)) {
    const [only, ...more] = parts.filter((part) => graph.get(index)?.some((other) => part.has(other)));
    if (only !== undefined && more.length === 0) only.add(index);
    else parts.push(new Set([index]));
  }
  return parts.map((part) => [...part].sort((a, b) => a - b));
}

const isLookedAt = (group: readonly number[], sourceOf: (index: number) => string): boolean =>
  group.length > 2 && group.length <= LARGEST && group.some((index) => sourceOf(index) !== sourceOf(group[0] ?? 0));

function graphOf(group: readonly number[], areAlike: AreAlike): Graph {
  const graph = new Map<number, number[]>(group.map((index) => [index, []]));
  for (const [at, one] of group.entries()) {
    for (const other of group.slice(0, at)) {
      if (!areAlike(other, one)) continue;
      graph.get(one)?.push(other);
      graph.get(other)?.push(one);
    }
  }
  return graph;
}

function bridgesIn(group: readonly number[], graph: Graph, sourceOf: (index: number) => string): Bridge[] {
  if (graph.size === 0 || group.length < 3) return [];
  const sources = [...Map.groupBy(group, sourceOf)].toSorted(([, a], [, b]) => b.length - a.length);
  return sources.slice(0, MOST_SOURCES).flatMap(([source]) => {
    const others = group.filter((index) => sourceOf(index) !== source);
    const parts = partsOf(graph, others).length;
    return parts > 1 ? [{ source, parts }] : [];
  });
}

/** The connected parts of some of a graph's members. */
function partsOf(graph: Graph, members: readonly number[]): number[][] {
  const left = new Set(members);
  return members.flatMap((first) => {
    if (!left.delete(first)) return [];
    const part = [first];
    for (const index of part) for (const other of graph.get(index) ?? []) if (left.delete(other)) part.push(other);
    return [part];
  });
}
