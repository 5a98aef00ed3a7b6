import { formsOf, LINKED, languages, NAMED, networks, plain, withoutPrefix, wordsOf } from "./buttons.ts";
import { PLEA_WORDS } from "./plea-words.ts";
import { isAboutOthers } from "./roles/rules.ts";

/** Longest plea, in words. */
const LONGEST = 26;
/** Quoted people address others too. */
const SAID = new Set(
  "said says asked told cried sagte sagt rief meinte dit déclaré expliqué crié dijo dice gritó afirmó disse diz gritou afirmou قال قالت صاح אמר אמרה צעק".split(
    " ",
  ),
);
const plained = (words: ReadonlySet<string>) => new Set([...words].map(plain));
const vocabularies = languages.map((buttons, at) => {
  const more = PLEA_WORDS[at];
  const both = (words: ReadonlySet<string>, others: ReadonlySet<string> = new Set()) => words.union(plained(others));
  return {
    sure: buttons.sure,
    acts: both(buttons.acts, more?.acts),
    things: both(buttons.things, more?.things),
    small: both(buttons.small, more?.small),
    address: plained(more?.address ?? new Set()),
  };
});

/**
 * Whether a line speaks to readers about the publication: nearly all of its words are those of pleas in one language,
 * with an act and a thing, and it addresses someone, asks, or begins with the act. "You" and "share" are in articles
 * too, so this holds only at the end of a text.
 * @param names the title's, the outlet's and the publisher's
 */
export function isPlea(line: string, names: readonly string[]): boolean {
  const words = wordsOf(line, names);
  if (words.length < 3 || words.length > LONGEST || words.some((word) => SAID.has(plain(word)))) return false;
  const asks = /[?؟]/u.test(line);
  const forms = words.map(formsOf);
  const isInWords = vocabularies.some((vocabulary) => {
    let [sure, acts, things, unknown, addressed] = [0, 0, 0, 0, asks];
    for (const [at, { raw, word, bare }] of forms.entries()) {
      const isIn = (set: ReadonlySet<string>) => set.has(word) || set.has(bare);
      const isAct = isIn(vocabulary.sure) || isIn(vocabulary.acts);
      if (isIn(vocabulary.address) || (at === 0 && isAct)) addressed = true;
      if (isIn(vocabulary.sure)) sure += 1;
      else if (isAct) acts += 1;
      else if (raw === LINKED || networks.has(word) || isIn(vocabulary.things)) things += 1;
      else if (raw !== NAMED && !/^\p{Nd}/u.test(raw) && !isIn(vocabulary.small) && !isIn(vocabulary.address))
        unknown += 1;
    }
    const isAbout = sure > 0 ? acts + things > 0 || words.length < 6 : things > 0 && acts > 0;
    return addressed && isAbout && unknown <= Math.floor(words.length / 6);
  });
  return isInWords && !isAboutOthers(line);
}

/** Whether a line addresses readers and has a word of pleas: enough only for a line that is suspected otherwise. */
export function addressesReaders(line: string): boolean {
  const words = wordsOf(line, []).map(plain);
  return vocabularies.some(({ sure, acts, things, address }) => {
    const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word) || set.has(withoutPrefix(word)));
    return (has(address) || /[?؟]/u.test(line)) && (has(things) || has(sure) || has(acts));
  });
}
