/** Why a feed was given up: a sentence for the person who added it. */
export class UnreadableFeed extends Error {
  override readonly name = "UnreadableFeed";
}

/** Most bytes of a feed after decompression. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Of a feed with more items, so many are kept from its beginning and as many from its end. */
export const MOST_ITEMS_EACH_END = 1000;
/** Elements in elements. Real feeds stay below 40; beyond this it is an attack on parsers that recurse. */
export const DEEPEST = 200;
/** The same inside a text, where sloppy HTML leaves elements open. */
export const DEEPEST_MARKUP = 400;
/** Characters of one item, markup included: more than any page of text. */
export const LONGEST_ITEM = 1024 * 1024;
/** Attributes of one element, namespace declarations included. */
export const MOST_ATTRIBUTES = 500;
/** Characters of a link, of a base, and of any other attribute that is kept. */
export const LONGEST_ATTRIBUTE = 4000;
/** Characters of a title or a name, markup included, that are looked at. */
export const LONGEST_NAME = 10_000;
/** Milliseconds of processor time one feed may take: a busy machine isn't its fault. */
const LONGEST_READING = 4000;
/** Characters handed to the tokenizer at once: the time is looked at between two of them. */
const CHUNK = 64 * 1024;

/**
 * Feeds a text to a tokenizer piece by piece, each with the character that follows it, so no input can hold the
 * process longer than the limit.
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
