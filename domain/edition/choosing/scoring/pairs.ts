type Occurrence = { first: number; second: number; title: number; position: number; times: number };

/**
 * A hash table of pairs of numbers in typed arrays, with open addressing. Maps with tens of thousands of small objects
 * spend most of their time in garbage collection.
 */
export function openPairs(most: number) {
  const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
  const [keys, counts, last] = [new Float64Array(size).fill(-1), new Int32Array(size), new Int32Array(size).fill(-1)];
  /** By position: its title, and the position of the previous occurrence of the pair, -1 for none. */
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
    /** Counts a pair of a title, once for each title. */
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
    /** The titles with a pair, in order, and the positions of its second word. */
    holders(place: number): { title: number; position: number }[] {
      const found: { title: number; position: number }[] = [];
      for (let at = last[place] ?? -1; at >= 0; at = before[at] ?? -1)
        found.push({ title: titles[at] ?? 0, position: at });
      return found.reverse();
    },
  };
}
