import { isPair, type Terms } from "./terms.ts";

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
  const documents = frequencies(all);
  const numbers = new Map([...documents.keys()].map((term, index) => [term, index]));
  return all.map((terms) => {
    const weighted: [number, number][] = [];
    for (const [term, weight] of terms) {
      const frequency = documents.get(term) ?? 1;
      if (isPair(term) && frequency < 2) continue;
      weighted.push([
        numbers.get(term) ?? -1,
        weight * Math.max(0.1, Math.log((Math.max(all.length, fewest) + 1) / frequency)),
      ]);
    }
    return unit(weighted.toSorted(([a], [b]) => a - b));
  });
}

function frequencies(all: readonly Terms[]): Map<string, number> {
  const documents = new Map<string, number>();
  for (const terms of all) for (const term of terms.keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  return documents;
}

function unit(weighted: readonly [number, number][]): Vector {
  const length = Math.hypot(...weighted.map(([, weight]) => weight)) || 1;
  return {
    terms: Int32Array.from(weighted, ([term]) => term),
    weights: Float64Array.from(weighted, ([, weight]) => weight / length),
  };
}
