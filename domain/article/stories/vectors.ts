import type { Headlines } from "./terms.ts";

/**
 * Headlines as directions: their terms, ascending, with weights whose squares add up to 1. Headline n has those from
 * `starts[n]` up to `starts[n + 1]`; `lexicon` is how many different terms there are.
 */
export type Vectors = { starts: Int32Array; terms: Int32Array; weights: Float64Array; lexicon: number };

/** Few headlines say little about how rare a word is: of two, every shared word is in all. They count as so many. */
const fewest = 200;

/**
 * Weighs each term by how rare it is among these headlines (inverse document frequency) and scales each vector to
 * length 1, so the product of two is their cosine. The rarity is measured on the headlines at hand: no corpus of
 * another year or language is needed.
 */
export function vectorsOf({ starts, terms, weights, lexicon }: Headlines): Vectors {
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
  };
  /** By term: its weight in the headline at hand. */
  const own = new Float64Array(lexicon);
  for (let n = 1; n < starts.length; n += 1) {
    const [start, end] = [starts[n - 1] ?? 0, starts[n] ?? 0];
    let square = 0;
    for (let at = start; at < end; at += 1) {
      const term = terms[at] ?? 0;
      const weight = (weights[at] ?? 0) * (rarity[term] ?? 0);
      own[term] = weight;
      square += weight * weight;
    }
    const length = Math.sqrt(square) || 1;
    vectors.terms.subarray(start, end).sort();
    for (let at = start; at < end; at += 1) vectors.weights[at] = (own[vectors.terms[at] ?? 0] ?? 0) / length;
  }
  return vectors;
}
