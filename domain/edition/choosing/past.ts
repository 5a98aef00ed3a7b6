import type { LocalDate } from "../../time/instant.ts";
import { significantWords } from "../content/words.ts";
import type { EditionContent } from "../edition.ts";

/** A story in an earlier edition. */
export type PastItem = {
  date: LocalDate;
  storyId: string | null;
  url: string | null;
  title: string;
  /** Whether it was the lead. */
  hasLed: boolean;
  /** The first shown paragraph, if any. */
  opening?: string | undefined;
};

type PastWords = PastItem & { words: ReadonlySet<string> };

/** An index of the stories in earlier editions, so thousands of candidates are compared quickly. */
export type Past = {
  byId: ReadonlyMap<string, PastItem>;
  byUrl: ReadonlyMap<string, PastItem>;
  byWord: ReadonlyMap<string, readonly PastWords[]>;
};

/** Most earlier editions that are compared. */
export const PAST_EDITIONS = 14;

/** Indexes earlier editions, newest first; if a story ran twice, the newest counts. */
export function pastOf(editions: readonly EditionContent[]): Past {
  const byId = new Map<string, PastItem>();
  const byUrl = new Map<string, PastItem>();
  const byWord = new Map<string, PastWords[]>();
  for (const item of editions.toSorted((a, b) => (a.date < b.date ? 1 : -1)).flatMap(itemsOf)) {
    if (item.storyId !== null && !byId.has(item.storyId)) byId.set(item.storyId, item);
    if (item.url !== null && !byUrl.has(item.url)) byUrl.set(item.url, item);
    for (const word of item.words) byWord.set(word, [...(byWord.get(word) ?? []), item]);
  }
  return { byId, byUrl, byWord };
}

function itemsOf({ date, lead, headlines }: EditionContent): PastWords[] {
  const [opening] = lead.paragraphs;
  const listed = headlines.map((one) => ({ ...one, opening: undefined, hasLed: false }));
  return [{ ...lead, opening, hasLed: true }, ...listed].flatMap((item) => {
    const { storyId, url, title, hasLed } = item;
    if (title === null) return [];
    return [{ date, storyId, url, title, hasLed, opening: item.opening, words: new Set(significantWords(title)) }];
  });
}

/** The earlier story with the most similar title, and the similarity, 0 to 1. */
export function nearest(past: Past, words: ReadonlySet<string>): { item: PastItem; likeness: number } | null {
  const shared = new Map<PastWords, number>();
  for (const word of words) {
    for (const item of past.byWord.get(word) ?? []) shared.set(item, (shared.get(item) ?? 0) + 1);
  }
  let best: { item: PastItem; likeness: number } | null = null;
  for (const [item, count] of shared) {
    const likeness = count / (words.size + item.words.size - count);
    if (best === null || likeness > best.likeness) best = { item, likeness };
  }
  return best;
}
