import type { Vector } from "./vectors.ts";

/** Of each term, a group is compared with so many holders before and after it in time. */
const around = 32;
/** Terms that make up less than this part of a group's length find it no neighbours: they are in every headline. */
const faint = 0.15;

/** A growing group: the sum of its vectors (terms ascending), that sum's length, and its members. */
type Group = { terms: Int32Array; weights: Float64Array; length: number; members: number[] };
type Neighbour = { index: number; likeness: number };
type Holders = readonly ({ vectors: Int32Array; weights: Float64Array } | undefined)[];
/** Which vectors have a term, which group owns a vector, and how long a group's sum is. */
type Index = { holders: Holders; owner: Int32Array; lengths: Float64Array };

/**
 * Joins vectors into groups: in each round, every two groups that are each other's likeliest become one, as long as
 * their centres have a cosine of at least `threshold` (agglomeration by reciprocal nearest neighbours). The centre of
 * a group is steadier than any of its headlines, so a group does not drift from one story to the next by a chain of
 * lucky words, and yet takes a new angle that shares its names.
 *
 * `vectors` are in time order. A round costs at most `2 × around` comparisons a term, and only groups whose
 * neighbourhood changed are compared again, so the whole is near-linear. The same input gives the same groups.
 */
export function agglomerate(vectors: readonly Vector[], threshold: number): number[][] {
  const groups: (Group | null)[] = vectors.map(single);
  const best: (Neighbour | null)[] = vectors.map(() => null);
  const index: Index = {
    holders: holdersOf(vectors),
    owner: Int32Array.from(vectors.keys()),
    lengths: new Float64Array(vectors.length).fill(1),
  };
  let changed = [...groups.keys()];
  while (changed.length > 0) {
    findNeighbours(groups, index, best, changed, threshold);
    const joined = joinPairs(groups, index, best);
    changed = [...groups.keys()].filter((at) => groups[at] && isStale(groups, best[at], joined, at));
  }
  return groups.flatMap((group) => (group ? [group.members.toSorted((a, b) => a - b)] : []));
}

function single({ terms, weights }: Vector, index: number): Group {
  return { terms, weights, length: terms.length ? 1 : 0, members: [index] };
}

function isStale(
  groups: readonly (Group | null)[],
  best: Neighbour | null | undefined,
  joined: ReadonlySet<number>,
  index: number,
): boolean {
  return joined.has(index) || (best ? joined.has(best.index) || groups[best.index] === null : false);
}

/** Sets the likeliest neighbour of the changed groups, and of others where a changed one is now the likeliest. */
function findNeighbours(
  groups: readonly (Group | null)[],
  lookup: Index,
  best: (Neighbour | null)[],
  changed: readonly number[],
  threshold: number,
): void {
  const products = new Float64Array(groups.length);
  // Where all are compared, comparing each with the earlier ones meets every pair, once.
  const all = changed.length === groups.length;
  for (const index of changed) best[index] = null;
  for (const index of changed) {
    const group = groups[index];
    if (!group) continue;
    for (const other of multiply(lookup, index, group, products, all)) {
      const product = products[other] ?? 0;
      products[other] = 0;
      const length = lookup.lengths[other] ?? 1;
      if (product < threshold * group.length * length || other === index) continue;
      const likeness = product / (group.length * length);
      improve(best, index, other, likeness);
      improve(best, other, index, likeness);
    }
  }
}

/** Of two equally like neighbours the one with the smaller index is taken. */
function improve(best: (Neighbour | null)[], index: number, other: number, likeness: number): void {
  const known = best[index];
  if (!known || likeness > known.likeness || (likeness === known.likeness && other < known.index)) {
    best[index] = { index: other, likeness };
  }
}

/** Which vectors have a term that tells something of them, and how heavy, in time order; terms are small numbers. */
function holdersOf(vectors: readonly Vector[]): Holders {
  const holders: { vectors: number[]; weights: number[] }[] = [];
  for (const [index, { terms, weights }] of vectors.entries()) {
    for (let at = 0; at < terms.length; at += 1) {
      const weight = weights[at] ?? 0;
      if (weight < faint) continue;
      const term = terms[at] ?? 0;
      const holder = holders[term] ?? { vectors: [], weights: [] };
      holders[term] = holder;
      holder.vectors.push(index);
      holder.weights.push(weight);
    }
  }
  return holders.map((holder) => ({
    vectors: Int32Array.from(holder.vectors),
    weights: Float64Array.from(holder.weights),
  }));
}

/**
 * Adds up in `products` the products with the groups that share a telling term: that of two sums is the sum over the
 * other's vectors, so the index of the vectors serves however they are grouped. @returns those groups.
 */
function multiply(
  { holders, owner }: Index,
  index: number,
  group: Group,
  products: Float64Array,
  earlierOnly: boolean,
): number[] {
  const touched: number[] = [];
  for (let at = 0; at < group.terms.length; at += 1) {
    const weight = group.weights[at] ?? 0;
    const holder = weight < faint * group.length ? undefined : holders[group.terms[at] ?? 0];
    if (!holder) continue;
    const { vectors, weights } = holder;
    const own = vectors.length > 2 * around ? positionOf(vectors, index) : around;
    const end = Math.min(vectors.length, own + around + 1);
    for (let other = Math.max(0, own - around); other < end; other += 1) {
      const vector = vectors[other] ?? index;
      if (earlierOnly && vector >= index) break;
      const there = owner[vector] ?? index;
      if (products[there] === 0) touched.push(there);
      products[there] = (products[there] ?? 0) + weight * (weights[other] ?? 0);
    }
  }
  return touched;
}

/** Where a value stands in an ascending list, by halving. */
function positionOf(list: ArrayLike<number>, value: number): number {
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Joins every two groups that are each other's likeliest. @returns the grown ones. */
function joinPairs(
  groups: (Group | null)[],
  { owner, lengths }: Index,
  best: readonly (Neighbour | null)[],
): Set<number> {
  const joined = new Set<number>();
  for (const [index, neighbour] of best.entries()) {
    if (!neighbour || neighbour.index < index || best[neighbour.index]?.index !== index) continue;
    const [left, right] = [groups[index], groups[neighbour.index]];
    if (!left || !right) continue;
    const sum = sumOf(left, right);
    groups[index] = sum;
    lengths[index] = sum.length;
    for (const member of right.members) owner[member] = index;
    groups[neighbour.index] = null;
    joined.add(index);
  }
  return joined;
}

/** Both lists of terms ascend, so one pass merges them. */
function sumOf(a: Group, b: Group): Group {
  const terms = new Int32Array(a.terms.length + b.terms.length);
  const weights = new Float64Array(terms.length);
  let [size, left, right, square] = [0, 0, 0, 0];
  while (left < a.terms.length || right < b.terms.length) {
    const [mine, other] = [a.terms[left] ?? Number.POSITIVE_INFINITY, b.terms[right] ?? Number.POSITIVE_INFINITY];
    const term = Math.min(mine, other);
    const weight = (mine === term ? (a.weights[left++] ?? 0) : 0) + (other === term ? (b.weights[right++] ?? 0) : 0);
    terms[size] = term;
    weights[size] = weight;
    square += weight * weight;
    size += 1;
  }
  const members = a.members.concat(b.members);
  return { terms: terms.subarray(0, size), weights: weights.subarray(0, size), length: Math.sqrt(square), members };
}
