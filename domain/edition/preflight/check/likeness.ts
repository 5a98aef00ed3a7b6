/**
 * The similarity of two sequences, 0 to 1: twice the length of the longest common subsequence divided by both lengths.
 * Exact if at least `least`; below that, 0. E. W. Myers, "An O(ND) difference algorithm", Algorithmica 1, 1986: the
 * time grows with the differences, so whole emails are compared in a few milliseconds.
 */
export function likeness(one: readonly string[], other: readonly string[], least: number): number {
  const both = one.length + other.length;
  if (both === 0) return 1;
  const edits = distance(one, other, Math.floor((1 - least) * both + 1e-9));
  return edits === null ? 0 : (both - edits) / both;
}

/** Number of words to remove and add to turn one into the other; null: more than `most`. */
function distance(one: readonly string[], other: readonly string[], most: number): number | null {
  // The furthest place in `one` reached on each diagonal.
  const furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const left = furthest.get(diagonal - 1) ?? -1;
      const above = furthest.get(diagonal + 1) ?? -1;
      let at = diagonal === -edits || (diagonal !== edits && left < above) ? above : left + 1;
      while (at < one.length && at - diagonal < other.length && one[at] === other[at - diagonal]) at += 1;
      furthest.set(diagonal, at);
      if (at >= one.length && at - diagonal >= other.length) return edits;
    }
  }
  return null;
}
