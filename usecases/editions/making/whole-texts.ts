import type { Article } from "#domain/article/article.ts";
import type { TextPlace } from "#domain/article/excerpt.ts";
import type { ArticleStore } from "../../ports/articles.ts";

/** Texts that this process has read last, by article and name: under its name a text never changes. */
const recent = new Map<string, readonly string[]>();
const RECENT = 50;

/** The whole texts of the few articles that an edition shows; candidates have excerpts. */
export type WholeTexts = {
  /** An article's whole text. What isn't read yet is noted, and the answer is of no use. */
  textOf: (article: Article) => readonly string[];
  /** Makes something of texts, again once the texts that it asked for are read. */
  withTexts: <T>(make: () => T) => Promise<T>;
};

/** Reads whole texts when they are asked for: which story leads is known only once an edition is made. */
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
          // What has expired meanwhile has no text: the article's summary is shown.
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
