import * as z from "zod";
import type { Article } from "../../article/article.ts";
import { Weights } from "../../config/weights.ts";
import { Instant, LocalDate, toInstant } from "../../time/instant.ts";
import { summaryOf } from "../content/summary.ts";
import { significantWords } from "../content/words.ts";
import { Form } from "./scoring/form.ts";
import { byScore, type Part, pointsOf, type Scored, totalOf } from "./scoring/score.ts";

/** Number of a newsletter's newest editions whose candidates are kept. */
export const KEPT_CANDIDATES = 30;

/** Most stories, articles of one story, and left-out articles in a record; enough for a day of any newsletter. */
const MOST_STORIES = 1000;
const MOST_ARTICLES = 20;
const MOST_LEFT = 300;
/** Longest title that is kept, in characters. */
const LONGEST = 500;

const PartName = z.keyof(Weights);

const RecordedArticle = z.strictObject({
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  sourceId: z.string(),
  source: z.string(),
});
type RecordedArticle = z.infer<typeof RecordedArticle>;

const RecordedStory = z.strictObject({
  id: z.string(),
  /** The shown article, then the others of the story. */
  articles: z.array(RecordedArticle).min(1),
  section: z.string().nullable(),
  /** The sentence that would be under its headline; null: none. */
  summary: z.string().nullable(),
  hasPicture: z.boolean(),
  /** Number of paragraphs it would have as the lead. */
  paragraphs: z.number().int(),
  sources: z.array(z.string()),
  sourceIds: z.array(z.string()),
  tellings: z.number().int(),
  form: Form,
  newest: Instant,
  isDated: z.boolean(),
  ran: z.strictObject({ date: LocalDate, title: z.string() }).nullable(),
  developing: z.boolean(),
  subject: z.strictObject({ key: z.string(), name: z.string(), articles: z.number() }).nullable(),
  parts: z.array(z.strictObject({ name: z.string(), value: z.number(), reason: z.string().nullable() })),
  glance: z.string(),
});
type RecordedStory = z.infer<typeof RecordedStory>;

/**
 * An edition's candidates when they were taken: each story with the parts of its score, without its text. With it, the
 * choice can be explained and replayed after articles have changed or expired.
 */
export const CandidatesRecord = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  /** The edition's cut-off for these candidates. */
  cutoff: Instant,
  /** The weight of each part of a score. */
  weights: z.record(z.string(), z.number()),
  /** Best first. */
  stories: z.array(RecordedStory),
  /** Articles that weren't candidates, with the reason. */
  left: z.array(RecordedArticle.extend({ reason: z.string() })),
  /** Number of further stories and left-out articles. */
  more: z.strictObject({ stories: z.number().int(), left: z.number().int() }),
});
export type CandidatesRecord = z.infer<typeof CandidatesRecord>;

/** An article that isn't a candidate, with the reason as a sentence. */
export type LeftOut = { article: Pick<Article, "id" | "title" | "url" | "sourceId" | "sourceTitle">; reason: string };

/** The weight of each part of a score, by its name. */
type CountsOf = Readonly<Record<string, number>>;

type About = Pick<CandidatesRecord, "newsletter" | "date" | "cutoff" | "weights">;

export function recordCandidates(
  { newsletter, date, cutoff, weights }: About,
  scored: readonly Scored[],
  left: readonly LeftOut[],
): CandidatesRecord {
  return {
    newsletter,
    date,
    cutoff,
    weights,
    stories: scored.slice(0, MOST_STORIES).map(recordStory),
    left: left.slice(0, MOST_LEFT).map(({ article, reason }) => ({ ...recordArticle(article), reason })),
    more: { stories: Math.max(0, scored.length - MOST_STORIES), left: Math.max(0, left.length - MOST_LEFT) },
  };
}

/** The better half of a record that is too large to store. */
export function halved(record: CandidatesRecord): CandidatesRecord {
  const stories = record.stories.slice(0, Math.ceil(record.stories.length / 2));
  const left = record.left.slice(0, Math.floor(record.left.length / 2));
  const more = {
    stories: record.more.stories + record.stories.length - stories.length,
    left: record.more.left + record.left.length - left.length,
  };
  return { ...record, stories, left, more };
}

/**
 * The scored stories, best first, with the original weights or others. Their texts aren't kept; they have the same
 * number of empty paragraphs.
 */
export function scoredOf({ stories, ...record }: CandidatesRecord, weights: CountsOf = record.weights): Scored[] {
  return stories.map((story) => scoredStory(story, weights)).toSorted(byScore);
}

export const leftOutOf = ({ left }: CandidatesRecord): LeftOut[] =>
  left.map(({ reason, ...article }) => ({ article: articleOf(article), reason }));

function recordStory({ candidate, parts, subject, body, glance }: Scored): RecordedStory {
  const { article, articles, ran } = candidate;
  const others = articles.filter(({ id }) => id !== article.id);
  return {
    id: candidate.id,
    articles: [article, ...others].slice(0, MOST_ARTICLES).map(recordArticle),
    section: article.section,
    summary: summaryOf(article),
    hasPicture: article.image !== null,
    paragraphs: body.length,
    sources: candidate.sources.slice(0, MOST_ARTICLES),
    sourceIds: candidate.sourceIds.slice(0, MOST_ARTICLES),
    tellings: candidate.tellings,
    form: candidate.form,
    newest: toInstant(candidate.newest),
    isDated: candidate.isDated,
    ran: ran && { date: ran.date, title: ran.title },
    developing: candidate.developing,
    subject,
    parts: parts.map(({ name, value, reason }) => ({ name, value, reason })),
    glance,
  };
}

const recordArticle = (article: LeftOut["article"]): RecordedArticle => ({
  id: article.id,
  title: article.title.slice(0, LONGEST),
  url: article.url,
  sourceId: article.sourceId,
  source: article.sourceTitle,
});

function scoredStory(story: RecordedStory, weights: CountsOf): Scored {
  const [shown, ...others] = story.articles.map(articleOf);
  if (shown === undefined) throw new Error(`story ${story.id} of a candidates record has no article`);
  const image = story.hasPicture ? { url: "", alt: "", width: null, height: null } : null;
  const article: Article = { ...shown, section: story.section, summary: story.summary ?? "", image };
  const parts = story.parts.flatMap((part) => partOf(part, weights));
  return {
    candidate: {
      id: story.id,
      article,
      articles: [article, ...others],
      sources: story.sources,
      sourceIds: story.sourceIds,
      tellings: story.tellings,
      tellersSince: story.sources.length,
      form: story.form,
      words: new Set(significantWords(article.title)),
      newest: Date.parse(story.newest),
      isDated: story.isDated,
      ran: story.ran && { ...story.ran, storyId: null, url: null, hasLed: false },
      developing: story.developing,
      echo: null,
    },
    parts,
    score: totalOf(parts),
    subject: story.subject,
    body: Array.from({ length: story.paragraphs }, () => ""),
    glance: story.glance,
  };
}

/** A part without a weight counts zero. */
function partOf({ name, value, reason }: RecordedStory["parts"][number], weights: CountsOf): Part[] {
  const known = PartName.safeParse(name);
  return known.success ? [{ name: known.data, value, points: pointsOf(value, weights[name] ?? 0), reason }] : [];
}

/** The part of an article that a record keeps. */
const articleOf = ({ source, ...kept }: RecordedArticle): Article => ({
  ...kept,
  sourceTitle: source,
  guid: null,
  published: null,
  doubts: [],
  seenAt: "",
  changedAt: "",
  summary: "",
  paragraphs: [],
  author: null,
  section: null,
  language: null,
  image: null,
  archive: false,
});
