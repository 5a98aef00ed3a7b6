import { type Headlines, weightsOfKind } from "./terms.ts";

/**
 * Headlines as unit vectors: their terms, ascending, with weights. Headline n has those from `starts[n]` up to
 * `starts[n + 1]`; `lexicon` is the number of different terms.
 */
export type Vectors = {
  starts: Int32Array;
  terms: Int32Array;
  weights: Float64Array;
  lexicon: number;
  /** By term: 1 for an ordinary word, 0 for a name or a number. */
  ordinary: Uint8Array;
};

/** Least number of headlines for computing rarity, because in a few headlines every shared word seems common. */
const fewest = 200;

/**
 * Weights each term by its rarity among these headlines (inverse document frequency) and scales each vector to length
 * 1, so the product of two is their cosine. Rarity is measured on these headlines, so no corpus of another year or
 * language is needed.
 */
export function vectorsOf({ starts, terms, kinds, lexicon, ordinary }: Headlines): Vectors {
  const frequency = new Int32Array(lexicon);
  for (const term of terms) frequency[term] = (frequency[term] ?? 0) + 1;
  const telling = starts.filter((start, n) => n > 0 && start > (starts[n - 1] ?? 0)).length;
  const headlines = Math.max(telling, fewest) + 1;
  const rarity = Float64Array.from(frequency, (own) => Math.max(0.1, Math.log(headlines / own)));
  const vectors: Vectors = {
    starts: Int32Array.from(starts),
    terms: Int32Array.from(terms),
    weights: new Float64Array(terms.length),
    lexicon,
    ordinary,
  };
  /** By term: its weight in the current headline. */
  const own = new Float64Array(lexicon);
  for (let n = 1; n < starts.length; n += 1) {
    const start = starts[n - 1] ?? 0;
    const end = starts[n] ?? 0;
    let square = 0;
    for (let at = start; at < end; at += 1) {
      const term = terms[at] ?? 0;
      const weight = (weightsOfKind[kinds[at] ?? 0] ?? 0) * (rarity[term] ?? 0);
      own[term] = weight;
      square += weight * weight;
    }
    const length = Math.sqrt(square) || 1;
    vectors.terms.subarray(start, end).sort();
    for (let at = start; at < end; at += 1) vectors.weights[at] = (own[vectors.terms[at] ?? 0] ?? 0) / length;
  }
  return vectors;
}

/** The centres of groups: the sums of their vectors, scaled to length 1. */
export function centresOf(vectors: Vectors, groups: readonly (readonly number[])[]): Vectors {
  const { lexicon, ordinary } = vectors;
  const starts = new Int32Array(groups.length + 1);
  const most = groups.flat().reduce((n, at) => n + (vectors.starts[at + 1] ?? 0) - (vectors.starts[at] ?? 0), 0);
  const [terms, weights] = [new Int32Array(most), new Float64Array(most)];
  let end = 0;
  const sum = new Float64Array(lexicon);
  for (const [index, group] of groups.entries()) {
    const start = end;
    for (const member of group) {
      for (let at = vectors.starts[member] ?? 0; at < (vectors.starts[member + 1] ?? 0); at += 1) {
        const term = vectors.terms[at] ?? 0;
        if (sum[term] === 0) terms[end++] = term;
        sum[term] = (sum[term] ?? 0) + (vectors.weights[at] ?? 0);
      }
    }
    terms.subarray(start, end).sort();
    let square = 0;
    for (let at = start; at < end; at += 1) square += (sum[terms[at] ?? 0] ?? 0) ** 2;
    const length = Math.sqrt(square) || 1;
    for (let at = start; at < end; at += 1) {
      const term = terms[at] ?? 0;
      weights[at] = (sum[term] ?? 0) / length;
      sum[term] = 0;
    }
    starts[index + 1] = end;
  }
  return { starts, terms: terms.subarray(0, end), weights: weights.subarray(0, end), lexicon, ordinary };
}

/**
 * An inverted index: the vectors with a term, in time order, with weights; those of term t are from `starts[t]` up to
 * `starts[t + 1]`.
 */
export type Holders = { starts: Int32Array; vectors: Int32Array; weights: Float64Array };

/** Makes the inverted index of vectors, without weights below `least`. */
export function holdersOf({ starts, terms, weights, lexicon }: Vectors, least: number): Holders {
  const ends = new Int32Array(lexicon + 1);
  for (let at = 0; at < terms.length; at += 1) {
    const next = (terms[at] ?? 0) + 1;
    if ((weights[at] ?? 0) >= least) ends[next] = (ends[next] ?? 0) + 1;
  }
  for (let term = 1; term <= lexicon; term += 1) ends[term] = (ends[term] ?? 0) + (ends[term - 1] ?? 0);
  const holders = {
    starts: ends.slice(),
    vectors: new Int32Array(ends[lexicon] ?? 0),
    weights: new Float64Array(ends[lexicon] ?? 0),
  };
  for (let vector = 0; vector + 1 < starts.length; vector += 1) {
    for (let at = starts[vector] ?? 0; at < (starts[vector + 1] ?? 0); at += 1) {
      const weight = weights[at] ?? 0;
      if (weight < least) continue;
      const term = terms[at] ?? 0;
      const place = ends[term] ?? 0;
      ends[term] = place + 1;
      holders.vectors[place] = vector;
      holders.weights[place] = weight;
    }
  }
  return holders;
}

/** Binary search in an ascending range of a list. */
export function positionOf(list: Int32Array, value: number, start: number, end: number): number {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
