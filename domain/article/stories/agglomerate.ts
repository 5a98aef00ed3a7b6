import type { Vector } from "./vectors.ts";

/** Of each term, a headline is compared with the latest so many that have it too. */
const latest = 160;
/** Products below this are noise: two headlines that share one middling word. */
const faint = 0.12;

/**
 * A growing group: its members, the square of the length of their sum, and for each group it was compared with the
 * product of the two sums. Sums of products are all a cosine needs, and add up when groups join.
 */
type Group = { members: number[]; square: number; products: Map<number, number>; version: number };
type Pair = { likeness: number; a: number; b: number; versions: number };

/**
 * Joins vectors into groups, closest pair first, as long as the two groups' centres have a cosine of at least
 * `threshold`. The centre of a group is steadier than any of its headlines, so a group does not drift from one story
 * to the next by a chain of lucky words, and yet takes a new angle that shares its names.
 *
 * `vectors` are in time order. The cost grows with the number of vectors times a constant: each is compared with at
 * most `latest` earlier ones a term. The result is the same for the same input.
 */
export function agglomerate(vectors: readonly Vector[], threshold: number): number[][] {
  const groups: (Group | null)[] = vectors.map((vector, index) => ({
    members: [index],
    square: vector.terms.length ? 1 : 0,
    products: new Map(),
    version: 0,
  }));
  const queue: Pair[] = [];
  const offer = (a: number, b: number, product: number) => {
    const [left, right] = [groups[a], groups[b]];
    if (!left || !right) return;
    const likeness = product / Math.sqrt(left.square * right.square);
    if (likeness >= threshold) enqueue(queue, { likeness, a, b, versions: left.version + right.version });
  };
  for (const { a, b, product } of comparisons(vectors)) {
    groups[a]?.products.set(b, product);
    groups[b]?.products.set(a, product);
    offer(a, b, product);
  }
  for (let pair = dequeue(queue); pair; pair = dequeue(queue)) {
    const [left, right] = [groups[pair.a], groups[pair.b]];
    if (!left || !right || left.version + right.version !== pair.versions) continue;
    const [into, from] = left.products.size >= right.products.size ? [pair.a, pair.b] : [pair.b, pair.a];
    for (const [other, product] of merge(groups, into, from))
      offer(Math.min(into, other), Math.max(into, other), product);
  }
  return groups.flatMap((group) => (group ? [group.members.toSorted((a, b) => a - b)] : []));
}

/**
 * The products of all pairs that share enough to matter, each pair once with the smaller index first, in a fixed order.
 * Terms are looked up in an inverted index that remembers the latest holders only, so that a word half the headlines
 * have costs no more than another.
 */
function* comparisons(vectors: readonly Vector[]): Generator<{ a: number; b: number; product: number }> {
  const holders = new Map<number, { index: number; weight: number }[]>();
  const products = new Float64Array(vectors.length);
  for (const [b, { terms, weights }] of vectors.entries()) {
    const touched: number[] = [];
    for (const [at, term] of terms.entries()) {
      const weight = weights[at] ?? 0;
      const list = holders.get(term) ?? [];
      for (let last = list.length - 1; last >= Math.max(0, list.length - latest); last -= 1) {
        const holder = list[last];
        if (!holder) continue;
        if (products[holder.index] === 0) touched.push(holder.index);
        products[holder.index] = (products[holder.index] ?? 0) + weight * holder.weight;
      }
      if (list.length === 0) holders.set(term, list);
      list.push({ index: b, weight });
    }
    for (const a of touched) {
      const product = products[a] ?? 0;
      products[a] = 0;
      if (product >= faint) yield { a, b, product };
    }
  }
}

/**
 * Adds one group to another with more neighbours: products with a third group add up, and it forgets the one that is
 * gone. @returns the products of the grown group, all of whose likenesses changed.
 */
function merge(groups: (Group | null)[], into: number, from: number): ReadonlyMap<number, number> {
  const [grown, gone] = [groups[into], groups[from]];
  if (!grown || !gone) return new Map();
  groups[from] = null;
  grown.square += gone.square + 2 * (grown.products.get(from) ?? 0);
  grown.members.push(...gone.members);
  grown.version += gone.version + 1;
  grown.products.delete(from);
  gone.products.delete(into);
  for (const [other, product] of gone.products) {
    const sum = (grown.products.get(other) ?? 0) + product;
    grown.products.set(other, sum);
    const third = groups[other]?.products;
    third?.delete(from);
    third?.set(into, sum);
  }
  return grown.products;
}

const before = (a: Pair, b: Pair): boolean =>
  a.likeness !== b.likeness ? a.likeness > b.likeness : a.a !== b.a ? a.a < b.a : a.b < b.b;

/** A binary heap, the likeliest pair on top; equal ones in the order of their indexes. */
function enqueue(heap: Pair[], pair: Pair): void {
  let at = heap.push(pair) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || before(above, pair)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = pair;
}

function dequeue(heap: Pair[]): Pair | undefined {
  const [top] = heap;
  const last = heap.pop();
  if (!top || !last || heap.length === 0) return top;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    const [left, right] = [heap[child], heap[child + 1]];
    const next = right && left && before(right, left) ? child + 1 : child;
    const below = heap[next];
    if (!below || before(last, below)) break;
    heap[at] = below;
    at = next;
  }
  heap[at] = last;
  return top;
}
