import { type Holders, holdersOf, positionOf, type Vectors } from "./vectors.ts";

/** For each term, a group is compared with this many groups that have it, before and after it in time… */
const around = 32;
/** …and with fewer for terms in more groups than this, which are less informative and would cost the most. */
const crowded = 256;
/** Terms below this share of a group's length aren't used to find neighbours, because they are in every headline. */
const faint = 0.15;
/** Above this similarity, headlines are joined at once, or a thousand copies would take a thousand rounds. */
const copied = 0.9;

/** A growing group: the sum of its vectors (terms ascending, from `from` up to `to`), that sum's length, its members. */
type Group = {
  terms: Int32Array;
  weights: Float64Array;
  from: number;
  to: number;
  length: number;
  members: number[];
};
/** Each group's most similar neighbour, -1 for none, and the similarity. */
type Nearest = { index: Int32Array; likeness: Float64Array };
type Work = {
  vectors: Vectors;
  /** The groups of more than one vector; single vectors aren't stored here. */
  groups: (Group | undefined)[];
  nearest: Nearest;
  holders: Holders;
  /** The group of a vector: its own number, unless it was joined to another. */
  owner: Int32Array;
  /** How long a group's sum is. */
  lengths: Float64Array;
};

/**
 * Joins vectors into groups: in each round, two groups that are each other's nearest neighbours are joined if their
 * centres have a cosine of at least `threshold` (agglomeration by reciprocal nearest neighbours). A group's centre is
 * more stable than a headline, so groups don't drift from one story to the next by chance, but still include a new
 * angle with the same names.
 *
 * `vectors` are in time order. A round costs at most `2 × around` comparisons a term, and only groups with a changed
 * neighbourhood are compared again, so the total is nearly linear. The same input gives the same groups.
 * @returns the groups of more than one vector, by the vectors' numbers, ascending
 */
export function agglomerate(vectors: Vectors, threshold: number): number[][] {
  const count = vectors.starts.length - 1;
  const work: Work = {
    vectors,
    groups: Array.from({ length: count }),
    nearest: { index: new Int32Array(count).fill(-1), likeness: new Float64Array(count) },
    holders: holdersOf(vectors, faint),
    owner: Int32Array.from({ length: count }, (_, index) => index),
    lengths: new Float64Array(count).fill(1),
  };
  const find = neighbourFinder(work, threshold);
  let changed = [...work.owner.keys()];
  while (changed.length > 0) {
    find(changed);
    changed = staleOf(work, joinPairs(work));
  }
  return work.groups.flatMap((group) => (group ? [group.members.toSorted((a, b) => a - b)] : []));
}

const isAlive = ({ owner }: Work, index: number): boolean => owner[index] === index;

function groupAt({ groups, vectors: { starts, terms, weights } }: Work, index: number): Group {
  const grown = groups[index];
  if (grown) return grown;
  const from = starts[index] ?? 0;
  const to = starts[index + 1] ?? 0;
  return { terms, weights, from, to, length: to > from ? 1 : 0, members: [index] };
}

/** Groups that grew, and those whose nearest neighbour grew or is gone. */
function staleOf(work: Work, joined: Uint8Array): number[] {
  const { owner, nearest } = work;
  const stale: number[] = [];
  for (let index = 0; index < owner.length; index += 1) {
    if (!isAlive(work, index)) continue;
    const neighbour = nearest.index[index] ?? -1;
    if (joined[index] === 1 || (neighbour >= 0 && (joined[neighbour] === 1 || !isAlive(work, neighbour))))
      stale.push(index);
  }
  return stale;
}

/** Buffers for dot products: one value for each group, and the groups with a value. */
type Sums = { products: Float64Array; touched: Int32Array };

/** Sets the nearest neighbour of changed groups, and of others that now have a changed one as the nearest. */
function neighbourFinder(work: Work, threshold: number): (changed: readonly number[]) => void {
  const { owner, nearest, lengths } = work;
  const sums: Sums = { products: new Float64Array(owner.length), touched: new Int32Array(owner.length + 1) };
  const { products, touched } = sums;
  return (changed) => {
    // If all are compared, comparing each with earlier ones covers every pair once.
    const all = changed.length === owner.length;
    for (const index of changed) nearest.index[index] = -1;
    for (const index of changed) {
      const group = groupAt(work, index);
      const count = multiply(work, sums, index, group, all ? index : owner.length);
      // No group's sum is shorter than 1, so nearly all are excluded by their product alone.
      const least = threshold * group.length;
      for (let at = 0; at < count; at += 1) {
        const other = touched[at] ?? 0;
        const product = products[other] ?? 0;
        products[other] = 0;
        if (product < least) continue;
        const length = group.length * (lengths[other] ?? 1);
        if (product < threshold * length || other === index) continue;
        improve(nearest, index, other, product / length);
        improve(nearest, other, index, product / length);
      }
    }
  };
}

/**
 * Computes dot products with groups that share an informative term in their vectors before `last`. The product of two
 * sums is the sum over the other's vectors, so the index of vectors works for any grouping. @returns the number of
 * groups.
 */
function multiply(
  { holders, owner }: Work,
  { products, touched }: Sums,
  index: number,
  { terms, weights, from, to, length }: Group,
  last: number,
): number {
  const { starts, vectors, weights: others } = holders;
  const least = faint * length;
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const weight = weights[at] ?? 0;
    if (weight < least) continue;
    const term = terms[at] ?? 0;
    let start = starts[term] ?? 0;
    let end = starts[term + 1] ?? 0;
    if (end - start > 2 * around) {
      const own = positionOf(vectors, index, start, end);
      const near = Math.ceil(around * Math.max(0.25, Math.min(1, crowded / (end - start))));
      start = Math.max(start, own - near);
      end = Math.min(end, own + near + 1);
    }
    for (let other = start; other < end; other += 1) {
      const vector = vectors[other] ?? 0;
      if (vector >= last) break;
      const there = owner[vector] ?? 0;
      const product = products[there] ?? 0;
      // Always written, and counted if new: a branch here would be mispredicted half of the time.
      touched[count] = there;
      count += Number(product === 0);
      products[there] = product + weight * (others[other] ?? 0);
    }
  }
  return count;
}

/** Of two equally similar neighbours, the one with the smaller index is taken. */
function improve(nearest: Nearest, index: number, other: number, likeness: number): void {
  const known = nearest.index[index] ?? -1;
  const best = known < 0 ? -1 : (nearest.likeness[index] ?? 0);
  if (likeness < best || (likeness === best && other >= known)) return;
  nearest.index[index] = other;
  nearest.likeness[index] = likeness;
}

/**
 * Joins groups that are each other's nearest neighbours, and near copies at once. @returns 1 for each group that grew.
 */
function joinPairs(work: Work): Uint8Array {
  const { nearest, owner } = work;
  const joined = new Uint8Array(owner.length);
  for (let index = 0; index < owner.length; index += 1) {
    const neighbour = nearest.index[index] ?? -1;
    if (neighbour < 0) continue;
    const isPair = neighbour > index && nearest.index[neighbour] === index;
    if (!isPair && (nearest.likeness[index] ?? 0) < copied) continue;
    const one = owner[index] ?? 0;
    const other = owner[neighbour] ?? 0;
    if (one !== other) joined[join(work, Math.min(one, other), Math.max(one, other))] = 1;
  }
  return joined;
}

/** @returns the joined group's index, the smaller one. */
function join(work: Work, index: number, other: number): number {
  const { groups, owner, lengths } = work;
  const right = groupAt(work, other);
  const sum = sumOf(groupAt(work, index), right);
  groups[index] = sum;
  groups[other] = undefined;
  lengths[index] = sum.length;
  for (const member of right.members) {
    owner[member] = index;
    sum.members.push(member);
  }
  return index;
}

/** After the last term; larger than any, and an integer, because those are compared faster. */
const NO_TERM = 2 ** 31 - 1;

/** Both lists of terms are ascending, so one pass merges them. The result reuses the first one's members. */
function sumOf(a: Group, b: Group): Group {
  const terms = new Int32Array(a.to - a.from + b.to - b.from);
  const weights = new Float64Array(terms.length);
  let left = a.from;
  let right = b.from;
  let size = 0;
  let square = 0;
  while (left < a.to || right < b.to) {
    const mine = left < a.to ? (a.terms[left] ?? 0) : NO_TERM;
    const theirs = right < b.to ? (b.terms[right] ?? 0) : NO_TERM;
    const term = Math.min(mine, theirs);
    const weight = (mine === term ? (a.weights[left++] ?? 0) : 0) + (theirs === term ? (b.weights[right++] ?? 0) : 0);
    terms[size] = term;
    weights[size] = weight;
    square += weight * weight;
    size += 1;
  }
  return { terms, weights, from: 0, to: size, length: Math.sqrt(square), members: a.members };
}
