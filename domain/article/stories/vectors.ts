import type { Terms } from "./terms.ts";

/** A headline as a direction: terms by number, ascending, with weights whose squares add up to 1. */
export type Vector = { terms: Int32Array; weights: Float64Array };

/** Few headlines say little about how rare a word is: of two, every shared word is in all. They count as so many. */
const fewest = 200;

/**
 * Weighs each term by how rare it is among these headlines (inverse document frequency) and scales each vector to
 * length 1, so that the product of two is their cosine. The rarity is measured on the headlines at hand: no corpus of
 * another year or language is needed.
 */
export function vectorsOf(all: readonly Terms[]): Vector[] {
  const numbers = new Map<string, number>();
  const documents: number[] = [];
  for (const terms of all) {
    for (const term of terms.keys()) {
      const number = numbers.get(term) ?? numbers.size;
      numbers.set(term, number);
      documents[number] = (documents[number] ?? 0) + 1;
    }
  }
  const headlines = Math.max(all.length, fewest) + 1;
  const rarity = Float64Array.from(documents, (frequency) => Math.max(0.1, Math.log(headlines / frequency)));
  return all.map((terms) => unit(terms, numbers, rarity));
}

function unit(words: Terms, numbers: ReadonlyMap<string, number>, rarity: Float64Array): Vector {
  const weightOf = new Map<number, number>();
  let square = 0;
  for (const [word, own] of words) {
    const term = numbers.get(word) ?? -1;
    const weight = own * (rarity[term] ?? 0);
    weightOf.set(term, weight);
    square += weight * weight;
  }
  const length = Math.sqrt(square) || 1;
  const terms = Int32Array.from(weightOf.keys()).sort();
  return { terms, weights: Float64Array.from(terms, (term) => (weightOf.get(term) ?? 0) / length) };
}
