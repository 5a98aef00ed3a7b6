import { createHash } from "node:crypto";
import type { Article } from "../../article/article.ts";
import type { Instant, LocalDate } from "../../time/instant.ts";
import type { EditionContent, Headline, Lead } from "../edition.ts";
import type { Past } from "./past.ts";
import { type Candidate, candidateStories } from "./stories.ts";

/** A sent edition of the newsletter from which another is made. */
export type SentEdition = { content: EditionContent; sentAt: Instant };

/** A story of an edition as an article: with the editors' words, under its id in the edition. */
export type Run = { article: Article; day: LocalDate; isLead: boolean; alsoIn: readonly string[] };

/**
 * The stories of sent editions, each once: as a lead rather than a headline, and then in its latest form.
 * @param sourceIdOf a source's id by its title; empty: unknown
 */
export function runsOf(
  editions: readonly SentEdition[],
  language: string,
  sourceIdOf: (title: string) => string,
): Run[] {
  const runs = editions.flatMap(({ content, sentAt }) => {
    const run = (item: Lead | Headline, isLead: boolean): Run[] => {
      const article = articleOf(item, { sentAt, language, sourceIdOf });
      return article === null
        ? []
        : [{ article, day: content.date, isLead, alsoIn: "alsoIn" in item ? item.alsoIn : [] }];
    };
    return [...run(content.lead, true), ...content.headlines.flatMap((headline) => run(headline, false))];
  });
  const best = new Map<string, Run>();
  for (const run of runs) {
    const known = best.get(run.article.id);
    if (known === undefined || isBetter(run, known)) best.set(run.article.id, run);
  }
  return [...best.values()];
}

const isBetter = (run: Run, known: Run): boolean =>
  run.isLead === known.isLead ? run.article.seenAt > known.article.seenAt : run.isLead;

type Making = { sentAt: Instant; language: string; sourceIdOf: (title: string) => string };

/** A lead without a headline, from a file, can't be listed. */
function articleOf(item: Lead | Headline, { sentAt, language, sourceIdOf }: Making): Article | null {
  const { storyId, title, url, source, section } = item;
  if (title === null) return null;
  return {
    id:
      storyId ??
      createHash("sha256")
        .update(`${url ?? ""}\n${title}`, "utf8")
        .digest("hex")
        .slice(0, 24),
    sourceId: source === null ? "" : sourceIdOf(source),
    sourceTitle: source ?? "",
    title,
    url,
    guid: null,
    published: sentAt,
    doubts: [],
    seenAt: sentAt,
    changedAt: sentAt,
    summary: "summary" in item ? (item.summary ?? "") : "",
    paragraphs: "paragraphs" in item ? item.paragraphs : [],
    author: null,
    section: section ?? null,
    language,
    image: pictureOf(item),
    archive: false,
  };
}

/** The source's picture, because our copy was made for another size. */
function pictureOf({ image }: Lead | Headline): Article["image"] {
  if (!image) return null;
  const { from, focus: _, ...picture } = image;
  return from === undefined ? picture : { ...picture, url: from };
}

/** Stories of sent editions, as candidates of another newsletter. */
export const candidatesOfRuns = (runs: readonly Run[], past: Past): Candidate[] =>
  withRuns(candidateStories({ candidates: runs.map(({ article }) => article), context: [] }, past), runs);

/** Candidates with the day they ran. Of the articles of one story, the one that led is shown. */
export function withRuns(candidates: readonly Candidate[], runs: readonly Run[]): Candidate[] {
  const byId = new Map(runs.map((run) => [run.article.id, run]));
  return candidates.map((candidate) => {
    const own = candidate.articles
      .flatMap(({ id }) => byId.get(id) ?? [])
      .toSorted((a, b) => (isBetter(a, b) ? -1 : 1));
    const shown =
      own.find(({ isLead }) => isLead) ?? own.find(({ article }) => article === candidate.article) ?? own[0];
    if (shown === undefined) return candidate;
    const { article, day, isLead } = shown;
    const sources = [article.sourceTitle, ...candidate.sources, ...own.flatMap(({ alsoIn }) => alsoIn)];
    return {
      ...candidate,
      article,
      sources: [...new Set(sources)].filter((name, at) => name !== "" || at === 0),
      run: { day, isLead },
    };
  });
}
