import type { Article } from "#domain/article/article.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { defineConfig } from "#domain/config.ts";
import { windowOf } from "#domain/edition/choosing/candidates.ts";
import type { Ingredients } from "#domain/edition/content/make.ts";
import type { Decision, NewDecision } from "#domain/edition/decisions/decisions.ts";
import { toInstant } from "#domain/time/instant.ts";

/** When the editions of these tests close. */
export const closing = "2026-11-23T07:00:00.000Z";
const HOUR = 3_600_000;

export const hoursBefore = (hours: number): string => toInstant(Date.parse(closing) - hours * HOUR);

/** A number as an article id: 24 hex digits. */
export const id = (n: number): string => n.toString(16).padStart(24, "0");

/** An article with everything that a lead needs; `n` makes it unique. */
export function article(n: number, over: Partial<Article> = {}): Article {
  const source = over.sourceId ?? "gazette";
  return {
    id: id(n),
    sourceId: source,
    sourceTitle: `The ${source[0]?.toUpperCase()}${source.slice(1)}`,
    title: title(n),
    url: `https://${source}.example/${n}`,
    guid: null,
    published: hoursBefore(1 + (n % 20)),
    doubts: [],
    seenAt: hoursBefore(1 + (n % 20)),
    changedAt: hoursBefore(1 + (n % 20)),
    summary: `What happened in matter ${n}.`,
    paragraphs: [`First of matter ${n}.`, `Second of matter ${n}.`, `Third of matter ${n}.`],
    author: null,
    section: null,
    language: "en",
    image: null,
    archive: false,
    ...over,
  };
}

const who = "Mayors Bakers Pilots Farmers Judges Nurses Sailors Miners Poets Tailors Weavers Coopers Gardeners".split(
  " ",
);
const does = "question welcome fear repair invent forget defend measure paint borrow".split(" ");
const what = "harbour bridge orchard railway library lighthouse market museum reservoir theatre tunnel".split(" ");

/** Titles with few words in common. */
function title(n: number): string {
  const pick = (words: string[], by: number) => words[Math.floor(n / by) % words.length];
  return `${pick(who, 1)} ${pick(does, 1)} ${pick(what, 1)} number${n} again${n % 7}`;
}

export const articles = (count: number, over: (n: number) => Partial<Article> = () => ({})): Article[] =>
  Array.from({ length: count }, (_, index) => article(index + 1, over(index + 1)));

/** Articles of four sources in turn. */
export const news = (count = 60): Article[] =>
  articles(count, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));

export const newsletter = (over: Partial<NewsletterConfig> = {}): NewsletterConfig => {
  const { newsletters } = defineConfig({
    newsletters: {
      daily: {
        title: "The Daily Trial",
        from: { name: "The Daily Trial", address: "editor@trial.example" },
        editors: ["desk@trial.example"],
        postalAddress: "1 Example Street",
        ...over,
      },
    },
  });
  if (!newsletters.daily) throw new Error("the newsletter of the tests is missing");
  return newsletters.daily;
};

export const ingredients = (over: Partial<Ingredients> = {}): Ingredients => ({
  newsletter: "daily",
  config: newsletter(),
  date: "2026-11-23",
  window: windowOf(null, closing),
  articles: news(40),
  textOf: ({ paragraphs }) => paragraphs,
  sourceWeight: () => 1,
  past: [],
  decisions: [],
  ...over,
});

type Bare<T> = T extends unknown ? Omit<T, "by" | "at"> : never;

/** A log of decisions, numbered. */
export const log = (...decisions: Bare<NewDecision>[]): Decision[] =>
  decisions.map((decision, index) => ({ ...decision, n: index + 1, by: "ed", at: closing }) as Decision);
