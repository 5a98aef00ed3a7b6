import type { Article } from "#domain/article/article.ts";
import type { TextPlace } from "#domain/article/excerpt.ts";
import type { ArticleStore } from "../../ports/articles.ts";

/** The last texts read by this process, by article and name. A text with a name never changes. */
const recent = new Map<string, readonly string[]>();
const RECENT = 50;

/** The whole texts of the few shown articles; candidates have excerpts. */
export type WholeTexts = {
  /** An article's whole text. If it hasn't been read yet, it is noted, and the result can't be used. */
  textOf: (article: Article) => readonly string[];
  /** Makes something from texts, and makes it again once the requested texts are read. */
  withTexts: <T>(make: () => T) => Promise<T>;
};

/** Reads whole texts on request, because the lead is only known once an edition is made. */
export function wholeTexts(articles: Pick<ArticleStore, "texts">): WholeTexts {
  const known = new Map<string, readonly string[]>();
  const wanted = new Map<string, TextPlace>();
  return {
    textOf: ({ seenAt, id, text, paragraphs }) => {
      if (text === undefined) return paragraphs;
      const name = `${id} ${text}`;
      const read = known.get(name) ?? recent.get(name);
      if (read === undefined) wanted.set(name, { seenAt, id, text });
      return read ?? [];
    },
    withTexts: async (make) => {
      for (;;) {
        wanted.clear();
        const made = make();
        if (wanted.size === 0) return made;
        const places = [...wanted];
        const read = await articles.texts(places.map(([, place]) => place));
        for (const [name, { id }] of places) {
          const text = read.get(id);
          if (text !== undefined) keep(name, text);
          // If a text has expired, the article's summary is shown.
          known.set(name, text ?? []);
        }
      }
    },
  };
}

function keep(name: string, text: readonly string[]): void {
  recent.set(name, text);
  const [oldest] = recent.keys();
  if (recent.size > RECENT && oldest !== undefined) recent.delete(oldest);
}
