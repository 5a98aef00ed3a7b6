import * as z from "zod";
import { LocalDate } from "../time/instant.ts";
import type { EditionContent } from "./edition.ts";

/** An edition that contains a term, with those headlines. */
export const SearchEntry = z.strictObject({
  term: z.string(),
  date: LocalDate,
  subject: z.string(),
  titles: z.array(z.string()),
});
export type SearchEntry = z.infer<typeof SearchEntry>;

/** Length of a term in characters. */
const SHORTEST = 2;
const LONGEST = 40;
/** Most terms of one edition, and of one query. */
const MOST_TERMS = 400;
const MOST_WORDS_SOUGHT = 8;

/** The search words of a text: lower case, without accents, each once. */
export function termsOf(text: string, language: string): string[] {
  // Only for Latin letters: in other scripts, such as Japanese, a mark makes another letter.
  const bare = text.normalize("NFKD").replaceAll(/(\p{Script=Latin})\p{M}+/gu, "$1");
  // "Ellery’s" and "l’Europe" are found by "Ellery" and "Europe".
  const plain = bare.normalize("NFKC").toLowerCase().replaceAll(/['’]/g, " ");
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(plain)];
  const terms = words.flatMap(({ segment, isWordLike }) => (isWordLike === true ? [segment] : []));
  // One Chinese or Japanese character can be a word; one Latin letter isn't.
  const isTerm = (term: string) => term.length <= LONGEST && (term.length >= SHORTEST || /^[^\p{ASCII}]$/u.test(term));
  return [...new Set(terms.filter(isTerm))];
}

/** The search terms of a reader's query. */
export const queryTerms = (query: string, language: string): string[] =>
  termsOf(query.slice(0, 200), language).slice(0, MOST_WORDS_SOUGHT);

/** An entry for each term of an edition's headlines. */
export function searchEntriesOf({ date, subject, lead, headlines }: EditionContent, language: string): SearchEntry[] {
  const titles = [...new Set([lead.title ?? subject, ...headlines.map(({ title }) => title)])];
  const byTerm = new Map<string, string[]>();
  for (const title of titles) {
    for (const term of termsOf(title, language)) byTerm.set(term, [...(byTerm.get(term) ?? []), title]);
  }
  return [...byTerm].slice(0, MOST_TERMS).map(([term, found]) => ({ term, date, subject, titles: found }));
}

/** The entries of one term whose headlines have all terms, with only those headlines. */
export const withAllTerms = (
  entries: readonly SearchEntry[],
  terms: readonly string[],
  language: string,
): SearchEntry[] =>
  entries.flatMap((entry) => {
    const titles = entry.titles.filter((title) => {
      const own = new Set(termsOf(title, language));
      return terms.every((term) => own.has(term));
    });
    return titles.length === 0 ? [] : [{ ...entry, titles }];
  });
