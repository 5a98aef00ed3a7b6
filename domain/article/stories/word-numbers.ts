/** Slots in which a word is searched. Hostile words, made to have the same hash, are kept in a map. */
const MOST_STEPS = 32;

/**
 * Numbers words from 0, in the order of their first use. A hash table with open addressing, three times as fast as a
 * `Map` for strings that were just cut out of a text: `slots` has a word's number plus 1, `hashes` is by number.
 */
export function openNumbers() {
  let slots = new Int32Array(4096);
  let hashes = new Int32Array(slots.length / 2);
  const words: string[] = [];
  const crowded = new Map<string, number>();
  /** The slot of a word, or the free one for it; -1: all are taken by others. */
  const slotOf = (word: string, hash: number): number => {
    const mask = slots.length - 1;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const slot = ((hash ^ (hash >>> 15)) + step) & mask;
      const number = (slots[slot] ?? 0) - 1;
      if (number < 0 || (hashes[number] === hash && words[number] === word)) return slot;
    }
    return -1;
  };
  const place = (word: string, number: number, slot: number): void => {
    if (slot < 0) crowded.set(word, number);
    else slots[slot] = number + 1;
  };
  const grow = (): void => {
    const known = hashes;
    slots = new Int32Array(slots.length * 2);
    hashes = new Int32Array(slots.length / 2);
    hashes.set(known);
    crowded.clear();
    for (const [number, word] of words.entries()) place(word, number, slotOf(word, hashes[number] ?? 0));
  };
  /** @param hash that of the word's characters, by `hashWith` */
  const numberOf = (word: string, hash = hashOf(word)): number => {
    const slot = slotOf(word, hash);
    const known = slot < 0 ? (crowded.get(word) ?? -1) : (slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    const number = words.push(word) - 1;
    hashes[number] = hash;
    place(word, number, slot);
    if (words.length === hashes.length) grow();
    return number;
  };
  return { numberOf, textOf: (number: number): string => words[number] ?? "", count: (): number => words.length };
}

/** The hash of characters and one more. */
export const hashWith = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) hash = hashWith(hash, word.charCodeAt(at));
  return hash;
}
