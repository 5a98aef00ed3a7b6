type Occurrence = { first: number; second: number; title: number; position: number; times: number };

/**
 * A table of at most so many pairs of numbers, in lists: a pair is at the place its numbers give, or the next free one.
 * Maps of tens of thousands of small objects take most of their time in collecting garbage.
 */
export function openPairs(most: number) {
  const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
  const [keys, counts, last] = [new Float64Array(size).fill(-1), new Int32Array(size), new Int32Array(size).fill(-1)];
  /** By position: the title it is in, and the position where the same pair was before it, -1 for none. */
  const [titles, before] = [new Int32Array(most + 1), new Int32Array(most + 1)];
  const placeOf = (first: number, second: number): number => {
    const key = first * 2 ** 26 + second;
    let place = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0;
    for (place = (place ^ (place >>> 15)) & (size - 1); ; place = (place + 1) & (size - 1)) {
      if (keys[place] === key || keys[place] === -1) return place;
    }
  };
  return {
    placeOf,
    /** Counts a pair of a title so many times; where the title has it twice, once. */
    add({ first, second, title, position, times }: Occurrence): void {
      const place = placeOf(first, second);
      const known = last[place] ?? -1;
      if (known >= 0 && titles[known] === title) return;
      keys[place] = first * 2 ** 26 + second;
      titles[position] = title;
      before[position] = known;
      last[place] = position;
      counts[place] = (counts[place] ?? 0) + times;
    },
    count: (place: number): number => counts[place] ?? 0,
    /** The titles that have the pair of a place, in their order, and where its second word stands. */
    holders(place: number): { title: number; position: number }[] {
      const found: { title: number; position: number }[] = [];
      for (let at = last[place] ?? -1; at >= 0; at = before[at] ?? -1)
        found.push({ title: titles[at] ?? 0, position: at });
      return found.reverse();
    },
  };
}
