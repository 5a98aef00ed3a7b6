import { openPairs } from "./pairs.ts";
import { openTitles, type Titles } from "./titles.ts";

/** Least number of titles that share the two neighbouring words of a subject. */
const ENOUGH = 3;
/** A pair of words in more than this share of titles is a phrase, not a subject. */
const TOO_COMMON = 0.25;
/** A word next to a pair in this share of its titles belongs to the name: "New" to "York Times". */
const PART_OF_NAME = 0.8;

export type Subject = { key: string; name: string; articles: number };

type SubjectOf = (title: string) => Subject | null;

/** A title and its source. */
type TitleOf = { title: string; sourceId: string };

/**
 * Counts pairs of neighbouring words in titles, and returns a function that finds a title's subject: the name that most
 * titles share. Single words ("year", "police") and pairs that aren't names ("shooting suspect", "will pay") would
 * connect unrelated titles. A name that only one of several sources repeats is the name of a series ("Tech Tip").
 * Linear in the number of titles.
 *
 * @param sources names of sources, which aren't subjects
 */
export function subjectFinder(all: readonly TitleOf[], sources: Iterable<string> = []): SubjectOf {
  const titles = all.map(({ title }) => title);
  const read = openTitles(titles);
  const isShared = sharedTest(all, read);
  const pairs = countPairs(read);
  const isName = nameTest(read, pairs);
  const most = Math.max(titles.length * TOO_COMMON, 12);
  const publishers = new Set([...sources].map((name) => plainName(name)));
  const known = new Map<number, Subject | null>();
  const subjectOfPair = (place: number): Subject | null => {
    const before = known.get(place);
    if (before !== undefined) return before;
    const subject = isName(place) && isShared(pairs.holders(place)) ? describe(read, pairs, place) : null;
    const usable = subject === null || publishers.has(plainName(subject.name)) ? null : subject;
    known.set(place, usable);
    return usable;
  };
  return (title) => {
    let best: Subject | null = null;
    read.eachPair(title, (first, second) => {
      if ((read.uses[first] ?? 0) < ENOUGH || (read.uses[second] ?? 0) < ENOUGH) return;
      const place = pairs.placeOf(first, second);
      const count = pairs.count(place);
      if (count < ENOUGH || count > most || count <= (best?.articles ?? 0)) return;
      best = subjectOfPair(place) ?? best;
    });
    return best;
  };
}

/** Whether some titles are from more than one source, if there are several. */
function sharedTest(all: readonly TitleOf[], { numbers }: Titles): (holders: readonly { title: number }[]) => boolean {
  /** By title: its source, null for several. */
  const sourceOf: (string | null)[] = [];
  for (const [at, { sourceId }] of all.entries()) {
    const title = numbers[at] ?? 0;
    const known = sourceOf[title];
    sourceOf[title] = known === undefined || known === sourceId ? sourceId : null;
  }
  const [first] = all;
  const isOne = all.every(({ sourceId }) => sourceId === first?.sourceId);
  return (holders) => {
    const found = holders.map(({ title }) => sourceOf[title]);
    return isOne || found.includes(null) || new Set(found).size > 1;
  };
}

type Pairs = ReturnType<typeof openPairs>;

/** Number of titles with each pair. Only pairs of words that are themselves in enough titles are counted. */
function countPairs({ words, uses, count, eachPairOf, timesOf }: Titles): Pairs {
  const pairs = openPairs(words.length);
  for (let title = 0; title < count; title += 1) {
    eachPairOf(title, (first, second, position) => {
      if ((uses[first] ?? 0) >= ENOUGH && (uses[second] ?? 0) >= ENOUGH)
        pairs.add({ first, second, title, position, times: timesOf(title) });
    });
  }
  return pairs;
}

/**
 * Whether a pair is a name: headlines that have other words in lower case capitalise both words at least half of the
 * time. If there is no such headline, neither word may ever be in lower case.
 */
function nameTest({ smalls, ordinary, words, firstOf, isSentence }: Titles, pairs: Pairs): (place: number) => boolean {
  return (place) => {
    let [large, small] = [0, 0];
    for (const { title, position } of pairs.holders(place)) {
      const start = firstOf(position);
      if (smalls[position] === 1 || smalls[start] === 1) small += 1;
      else if (isSentence(title)) large += 1;
    }
    if (large + small > 0) return large > 0 && large >= small;
    const [holder] = pairs.holders(place);
    if (holder === undefined) return false;
    return [holder.position, firstOf(holder.position)].every((at) => ordinary[words[at] ?? 0] !== 1);
  };
}

type Stretch = { title: number; from: number; to: number };

/** The subject of a pair: the pair, with the words that most of its titles have before and after it. */
function describe(read: Titles, pairs: Pairs, place: number): Subject | null {
  const { words, smalls, firstOf, written, wordAt, timesOf } = read;
  const holders = pairs.holders(place);
  const small = ({ position }: { position: number }) => smalls[position] === 1 || smalls[firstOf(position)] === 1;
  const asName = holders.filter((holder) => !small(holder));
  const pair = asName.map(({ title, position }) => ({ title, from: firstOf(position), to: position }));
  const whole = extended(read, extended(read, pair, "before"), "behind");
  const [shown] = whole;
  if (shown === undefined) return null;
  const key: string[] = [];
  for (let at = shown.from; at <= shown.to; at += 1) if ((words[at] ?? -1) >= 0) key.push(wordAt(at));
  // A name of two words may also be in lower case; in a longer one, those would be other words.
  const counted = key.length > 2 ? asName : holders;
  const articles = counted.reduce((sum, { title }) => sum + timesOf(title), 0);
  return { key: key.join(" "), name: written(shown.title, shown.from, shown.to), articles };
}

/** Extends the ranges by a word on one side, as long as most have the same one. */
function extended({ words, smalls }: Titles, stretches: readonly Stretch[], side: "before" | "behind"): Stretch[] {
  let all = [...stretches];
  for (;;) {
    const next = all.map(({ title, from, to }) =>
      side === "before" ? { title, from: from - 1, to, at: from - 1 } : { title, from, to: to + 1, at: to + 1 },
    );
    const named = next.filter(({ at }) => (words[at] ?? -1) >= 0 && smalls[at] !== 1);
    const same = [...Map.groupBy(named, ({ at }) => words[at]).values()].find(
      ({ length }) => length >= stretches.length * PART_OF_NAME,
    );
    if (same === undefined) return all;
    all = same.map(({ title, from, to }) => ({ title, from, to }));
  }
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:the|der|die|das|le|la|el|il|o|a) /u, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
