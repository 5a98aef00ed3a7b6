import { decodeEntities } from "./html-text.ts";
import type { RawFeed, RawItem, RawText } from "./map.ts";

/**
 * Feeds whose software took UTF-8 for another encoding and encoded it again: "für" arrives as "fÃ¼r". Every such text
 * can be turned back exactly, and hardly any other can, because the letters of right text make no valid UTF-8. So a text
 * is turned back only where the feed shows the fault several times inside of words: a text that
 * explains the fault has the right letters too.
 */

/** Encodings for which UTF-8 is taken, by their names in the Encoding Standard. */
const TAKEN_FOR = ["windows-1252", "windows-1251", "windows-1250"] as const;
/** Least faults inside of words in a feed, and how many are enough where most of its texts are right. */
const LEAST = 2;
const MANY = 5;

/** Bytes by character. Controls of ISO 8859-1 keep their bytes in all of them. */
function bytesOf(encoding: string): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>();
  const decoder = new TextDecoder(encoding);
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    if (byte < 0xa0) bytes.set(byte, byte);
    bytes.set(decoder.decode(Uint8Array.of(byte)).charCodeAt(0), byte);
  }
  return bytes;
}
const tables = TAKEN_FOR.map(bytesOf);

/** Marks, signs and spaces, whose misreadings never look like a word's letters: "â€™", "Â£". */
const MARKS = /[\u00a0-\u00bf\u2010-\u203a\u20ac]/u;
const NOT_ASCII = /[^\p{ASCII}]+/gu;
/** References to characters, which are a text's only ones beyond ASCII, or right beside misread ones. */
const REFERENCE = /&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8}\d{0,2});/giu;
function withCharacters(text: string): string {
  if (/[^\p{ASCII}]/u.test(text) || !text.includes("&")) return text;
  return text.replace(REFERENCE, (reference) => {
    const one = decodeEntities(reference);
    return /^[^\p{ASCII}]$/u.test(one) ? one : reference;
  });
}

type Reading = {
  /** Characters turned back; those of them at words and numbers, and marks among these; characters that can't be. */
  good: number;
  inWords: number;
  marks: number;
  bad: number;
  text: string;
};

/** A text as it was before it was misread, with what speaks for and against that. */
function turnBack(text: string, bytes: ReadonlyMap<number, number>): Reading {
  const reading: Reading = { good: 0, inWords: 0, marks: 0, bad: 0, text: "" };
  let from = 0;
  for (const { 0: run, index } of text.matchAll(NOT_ASCII)) {
    const around = /[a-z\d]/i.test(text.charAt(index - 1)) || /[a-z\d]/i.test(text.charAt(index + run.length));
    const turned = turnRun(run, text.charAt(index + run.length), bytes);
    reading.good += turned.good;
    reading.bad += turned.bad;
    if (around || turned.good > 2) {
      reading.inWords += turned.good;
      if (turned.bad === 0 && MARKS.test(turned.text)) reading.marks += 1;
    }
    reading.text += text.slice(from, index) + (turned.bad > 0 ? run : turned.text);
    from = index + run.length;
  }
  reading.text += text.slice(from);
  return reading;
}

/** Characters beyond ASCII in a row; none of a misread character's bytes is outside of it. */
function turnRun(run: string, next: string, bytes: ReadonlyMap<number, number>) {
  const codes = Array.from(run, (char) => bytes.get(char.codePointAt(0) ?? 0) ?? -1);
  let [good, bad, text] = [0, 0, ""];
  for (let at = 0; at < codes.length; ) {
    const lead = codes[at] ?? -1;
    const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    const rest = codes.slice(at + 1, at + length);
    const isWhole = length > 0 && rest.length === length - 1 && rest.every((byte) => byte >= 0x80 && byte < 0xc0);
    const char = isWhole ? decoder.decode(Uint8Array.of(lead, ...rest)) : "\ufffd";
    if (char !== "\ufffd") {
      good += 1;
      text += char;
      at += length;
      continue;
    }
    const lost = LOST.find(
      ([start]) => start.length === codes.length - at && start.every((byte, n) => byte === codes[at + n]),
    );
    if (lost === undefined || !/^[\s\p{P}<]?$/u.test(next)) bad += 1;
    else text += lost[1];
    at += lost === undefined ? 1 : lost[0].length;
  }
  return { good, bad, text };
}
/** Characters whose last byte is a no-break space, which became a space, or isn't in windows-1252. */
const LOST = [
  [[0xc2], ""],
  [[0xc3], "à"],
  [[0xe2, 0x80], "”"],
] as const;
const decoder = new TextDecoder();

/** A feed with its misread texts turned back; some are misread twice. */
export function withoutMisreading(feed: RawFeed): RawFeed {
  const once = turnFeed(feed);
  return once === feed ? feed : turnFeed(once);
}

function turnFeed(feed: RawFeed): RawFeed {
  const texts = textsOf(feed).filter((text) => /[^\p{ASCII}]|&[A-Z#]/u.test(text));
  for (const bytes of tables) {
    const { faults, doubtful, isMost } = faultsIn(texts, bytes);
    const isSure = isMost || faults + doubtful >= MANY;
    if (faults >= LEAST || doubtful >= MANY) return mapTexts(feed, (text) => turned(text, bytes, isSure));
  }
  return feed;
}

/** @param isSure of the feed; else a text has to show by itself that it is misread */
function turned(text: string, bytes: ReadonlyMap<number, number>, isSure: boolean): string {
  const { good, bad, inWords, text: turnedBack } = turnBack(withCharacters(text), bytes);
  if (good === 0) return text;
  // Characters given by reference were not misread with the others.
  const isRight = bad > 0 ? isSure && inWords > 0 : isSure || inWords > 1 || MARKS.test(turnedBack);
  return isRight ? turnedBack : text;
}

/** Most characters of a text and of a feed that are looked at to know. */
const LOOKED_AT = { text: 2000, feed: 200_000 };

/** The faults inside of words in a feed's misread texts and in others, and whether most of the texts are misread. */
function faultsIn(texts: readonly string[], bytes: ReadonlyMap<number, number>) {
  let [faults, doubtful, misread, right, room] = [0, 0, 0, 0, LOOKED_AT.feed];
  for (const text of texts) {
    if (room <= 0) break;
    const beginning = text.slice(0, LOOKED_AT.text);
    room -= beginning.length;
    const { good, inWords, marks, bad } = turnBack(withCharacters(beginning), bytes);
    if (bad > 0) {
      right += 1;
      doubtful += marks;
    } else if (good > 0) {
      misread += 1;
      faults += inWords;
    }
  }
  return { faults, doubtful, isMost: misread > right };
}

const TEXTS = ["title", "summary", "body"] as const;
const NAMES = ["shortTitle", "outlet", "author", "section"] as const;
const defined = (texts: readonly (string | undefined)[]) => texts.filter((one) => one !== undefined);

const textsOf = ({ title, self, items }: RawFeed): string[] => [
  ...defined([title?.value]),
  ...self,
  ...items.flatMap((item) => [
    ...defined(TEXTS.map((field) => item[field]?.value)),
    ...defined(NAMES.map((field) => item[field])),
  ]),
];

function mapTexts(feed: RawFeed, turn: (text: string) => string): RawFeed {
  const text = (one: RawText | undefined) => one && { ...one, value: turn(one.value) };
  const name = (one: string | undefined) => (one === undefined ? undefined : turn(one));
  const item = (one: RawItem): RawItem => ({
    ...one,
    title: text(one.title),
    summary: text(one.summary),
    body: text(one.body),
    shortTitle: name(one.shortTitle),
    outlet: name(one.outlet),
    author: name(one.author),
    section: name(one.section),
    images: one.images.map((image) => ({ ...image, alt: turn(image.alt) })),
  });
  return { ...feed, title: text(feed.title), self: feed.self.map(turn), items: feed.items.map(item) };
}
