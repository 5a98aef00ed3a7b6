import type { Vectors } from "./vectors.ts";

/**
 * Least similarity of a headline to the rest of its group (cosine with the centre of the others). Two headlines alone
 * need a higher one, and their few common words may be a phrase ("on the move") or one name in two stories, unless they
 * are nearly all of their words. With these values, of stories from several sources on a page, 97 % are right; `npm run
 * corpora` prints the results and the cost in recall.
 */
const LIKENESS = { pairByFewWords: 0.6, pairNoName: 0.5, pair: 0.38, fewNoName: 0.45, few: 0.37, many: 0.35 } as const;
/** Least number of shared words that isn't few. */
const ENOUGH_WORDS = 3;
/** From this many headlines, one of them hardly changes a group's centre. */
const MANY = 5;
/** Words below this weight don't characterise a headline. */
const FAINT = 0.12;
/** Share of a group's headlines that must have a name for it to be the group's. */
const MOST = 0.6;
/** Two headlines this similar connect a group, whatever words they share. */
const CLOSE = 0.5;
/** Up to this many headlines, a group may be connected by one name alone. */
const SMALL = 8;

/** Smaller windows may be about one story, so the similarity of unrelated headlines can't be measured. */
const ENOUGH_HEADLINES = 20;
/** Number of pairs for measuring the similarity of unrelated headlines. */
const PAIRS = 2000;
/** How much that similarity raises the threshold for neighbours, and the largest raise. */
const RAISE = 1.5;
const MOST_RAISED = 0.25;

/**
 * The similarity of unrelated headlines: the median of pairs spread over the window. It is nearly 0 in a mixed window;
 * in one about a single subject, all headlines share its words, which then no longer distinguish stories.
 */
function strangersLikeness(vectors: Vectors): number {
  const count = vectors.starts.length - 1;
  if (count < ENOUGH_HEADLINES) return 0;
  const likenesses: number[] = [];
  for (let step = 0; step < PAIRS; step += 1) {
    // Two strides without a common divisor give different pairs, the same in each run.
    const [one, other] = [(step * 7919) % count, (step * 104_729 + 1 + Math.floor(step / count)) % count];
    if (one !== other) likenesses.push(cosine(vectors, one, other));
  }
  return likenesses.toSorted((a, b) => a - b)[Math.floor(likenesses.length / 2)] ?? 0;
}

/** The raise of the threshold for neighbours in this window. */
export const raisedBy = (vectors: Vectors): number => Math.min(MOST_RAISED, RAISE * strangersLikeness(vectors));

/**
 * Removes headlines from a group that are too different from the rest, the most different first, until all remaining
 * ones belong.
 * @param raised the raise of the threshold in this window
 * @returns the remaining ones (none if fewer than two), and the removed ones
 */
export function firmGroup(
  vectors: Vectors,
  group: readonly number[],
  raised: number,
): { kept: number[]; loose: number[] } {
  let kept = [...group];
  const loose: number[] = [];
  const sum = sumOf(vectors, kept);
  while (kept.length > 1) {
    const likenesses = likenessToRest(vectors, kept, sum);
    const least = Math.min(...likenesses);
    if (least >= likenessOf(vectors, kept) + raised) {
      const whole = coherentPart(vectors, kept);
      return { kept: whole, loose: [...loose, ...kept.filter((member) => !whole.includes(member))] };
    }
    if (kept.length === 2) break;
    const at = likenesses.indexOf(least);
    const out = kept[at] ?? 0;
    addTo(sum, vectors, out, -1);
    loose.push(out);
    kept = kept.filter((_, index) => index !== at);
  }
  return { kept: [], loose: [...loose, ...kept] };
}

function likenessOf(vectors: Vectors, members: readonly number[]): number {
  if (members.length >= MANY) return LIKENESS.many;
  const isNamed = shareName(vectors, members);
  if (members.length > 2) return isNamed ? LIKENESS.few : LIKENESS.fewNoName;
  const [one = 0, other = 0] = members;
  if (sharedWords(vectors, one, other) < ENOUGH_WORDS) return LIKENESS.pairByFewWords;
  return isNamed ? LIKENESS.pair : LIKENESS.pairNoName;
}

/** Whether most of these headlines have a name or a number in common; of two, both. */
function shareName({ starts, terms, weights, ordinary }: Vectors, members: readonly number[]): boolean {
  const holders = new Map<number, number>();
  for (const member of members) {
    for (let at = starts[member] ?? 0; at < (starts[member + 1] ?? 0); at += 1) {
      const term = terms[at] ?? 0;
      if (ordinary[term] === 1 || (weights[at] ?? 0) < FAINT) continue;
      const count = (holders.get(term) ?? 0) + 1;
      if (count >= members.length * MOST && count > 1) return true;
      holders.set(term, count);
    }
  }
  return false;
}

/** Whether two headlines share enough words to be about the same news. */
export const areLinked = (vectors: Vectors, one: number, other: number): boolean =>
  sharedWords(vectors, one, other) >= ENOUGH_WORDS || cosine(vectors, one, other) >= CLOSE;

/**
 * The largest part of a small group that is connected by pairs with enough common words. Two stories about one name,
 * each told twice, have a common centre but no such pair. Empty: fewer than two.
 */
function coherentPart(vectors: Vectors, members: readonly number[]): number[] {
  if (members.length < 3 || members.length > SMALL) return [...members];
  const left = new Set(members);
  let largest: number[] = [];
  for (const first of members) {
    if (!left.delete(first)) continue;
    const part = [first];
    for (const one of part) {
      for (const other of left) if (areLinked(vectors, one, other) && left.delete(other)) part.push(other);
    }
    if (part.length > largest.length) largest = part;
  }
  return largest.length < 2 ? [] : largest.toSorted((a, b) => a - b);
}

type Sum = Map<number, number>;

function sumOf(vectors: Vectors, members: readonly number[]): Sum {
  const sum: Sum = new Map();
  for (const member of members) addTo(sum, vectors, member, 1);
  return sum;
}

function addTo(sum: Sum, { starts, terms, weights }: Vectors, member: number, sign: 1 | -1): void {
  for (let at = starts[member] ?? 0; at < (starts[member + 1] ?? 0); at += 1) {
    const term = terms[at] ?? 0;
    sum.set(term, (sum.get(term) ?? 0) + sign * (weights[at] ?? 0));
  }
}

/** The cosine of each member with the sum of the others. */
function likenessToRest(vectors: Vectors, members: readonly number[], sum: Sum): number[] {
  let square = 0;
  for (const weight of sum.values()) square += weight * weight;
  return members.map((member) => {
    // Each vector has length 1, so its product with the others is its product with the sum, minus one.
    const shared = dot(vectors, member, sum) - 1;
    return shared / Math.sqrt(Math.max(square - 2 * shared - 1, 1e-9));
  });
}

function dot({ starts, terms, weights }: Vectors, member: number, sum: Sum): number {
  let shared = 0;
  for (let at = starts[member] ?? 0; at < (starts[member + 1] ?? 0); at += 1) {
    shared += (weights[at] ?? 0) * (sum.get(terms[at] ?? 0) ?? 0);
  }
  return shared;
}

const cosine = (vectors: Vectors, one: number, other: number): number => product(vectors, one, vectors, other);

/** The dot product of two vectors over the same lexicon. */
export function product(ours: Vectors, one: number, theirs: Vectors, other: number): number {
  let sum = 0;
  let left = ours.starts[one] ?? 0;
  let right = theirs.starts[other] ?? 0;
  const leftEnd = ours.starts[one + 1] ?? 0;
  const rightEnd = theirs.starts[other + 1] ?? 0;
  // Both lists of terms ascend.
  while (left < leftEnd && right < rightEnd) {
    const a = ours.terms[left] ?? 0;
    const b = theirs.terms[right] ?? 0;
    if (a === b) sum += (ours.weights[left] ?? 0) * (theirs.weights[right] ?? 0);
    if (a <= b) left += 1;
    if (b <= a) right += 1;
  }
  return sum;
}

function sharedWords({ starts, terms, weights }: Vectors, one: number, other: number): number {
  let count = 0;
  let left = starts[one] ?? 0;
  let right = starts[other] ?? 0;
  const leftEnd = starts[one + 1] ?? 0;
  const rightEnd = starts[other + 1] ?? 0;
  while (left < leftEnd && right < rightEnd) {
    const a = terms[left] ?? 0;
    const b = terms[right] ?? 0;
    if (a === b && (weights[left] ?? 0) >= FAINT && (weights[right] ?? 0) >= FAINT) count += 1;
    if (a <= b) left += 1;
    if (b <= a) right += 1;
  }
  return count;
}

/** A subset of the vectors, in order. */
export function subset({ starts, terms, weights, lexicon, ordinary }: Vectors, members: readonly number[]): Vectors {
  const sizes = members.map((member) => (starts[member + 1] ?? 0) - (starts[member] ?? 0));
  const part: Vectors = {
    starts: new Int32Array(members.length + 1),
    terms: new Int32Array(sizes.reduce((a, b) => a + b, 0)),
    weights: new Float64Array(sizes.reduce((a, b) => a + b, 0)),
    lexicon,
    ordinary,
  };
  for (const [index, member] of members.entries()) {
    const [from, to, start] = [starts[member] ?? 0, starts[member + 1] ?? 0, part.starts[index] ?? 0];
    part.terms.set(terms.subarray(from, to), start);
    part.weights.set(weights.subarray(from, to), start);
    part.starts[index + 1] = start + to - from;
  }
  return part;
}
