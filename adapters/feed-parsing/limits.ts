/** Why a feed was rejected: a sentence for the person who added it. */
export class UnreadableFeed extends Error {
  override readonly name = "UnreadableFeed";
}

/** Most bytes of a feed after decompression. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Items kept from the beginning of a large feed, and as many from its end. */
export const MOST_ITEMS_EACH_END = 1000;
/** Deepest nesting of elements. Real feeds stay below 40; more is an attack on recursive parsers. */
export const DEEPEST = 200;
/** The same inside a text, where careless HTML leaves elements open. */
export const DEEPEST_MARKUP = 400;
/** Characters of one item, markup included: more than any page of text. */
export const LONGEST_ITEM = 1024 * 1024;
/** Attributes of one element, namespace declarations included. */
export const MOST_ATTRIBUTES = 500;
/** Characters of a link, a base, and any other kept attribute. */
export const LONGEST_ATTRIBUTE = 4000;
/** Characters of a title or a name that are read, markup included. */
export const LONGEST_NAME = 10_000;
/** Limit of processor time for one feed, in milliseconds; a busy machine doesn't count. */
const LONGEST_READING = 4000;
/** Characters given to the tokenizer at once; the time is checked between pieces. */
const CHUNK = 64 * 1024;

/**
 * Gives a text to a tokenizer in pieces, each with the character that follows it, so no input can block the process
 * longer than the limit.
 */
export function writeInPieces(text: string, write: (piece: string, next: string) => void): void {
  const before = process.cpuUsage();
  for (let from = 0; from < text.length; from += CHUNK) {
    write(text.slice(from, from + CHUNK), text.charAt(from + CHUNK));
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > LONGEST_READING) {
      throw new UnreadableFeed(`it takes longer than ${LONGEST_READING / 1000} seconds to read`);
    }
  }
}
