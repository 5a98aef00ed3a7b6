import type { Weights } from "../../../config/weights.ts";
import { counted } from "../../../counted.ts";
import { HOUR } from "../../../time/durations.ts";
import { fromInstant, type Instant } from "../../../time/instant.ts";
import { bodyOf } from "../../content/paragraphs.ts";
import { likeness, significantWords } from "../../content/words.ts";
import type { Candidate } from "../stories.ts";
import { forms } from "./form.ts";
import { type Subject, subjectFinder } from "./subjects.ts";

/** Half-life of the points for recency, in hours. */
const HALF_LIFE = 12;
/** Titles below this similarity share a word or two, but no story. */
const ECHO = 0.35;

/**
 * One part of a score: its value (0 to 1, more for a source with a high weight), its points, and its sentence for
 * editors.
 */
export type Part = { name: keyof Weights; value: number; points: number; reason: string | null };

export type Scored = {
  candidate: Candidate;
  parts: Part[];
  /** The sum of the parts' points. */
  score: number;
  subject: Subject | null;
  /** Its paragraphs as a lead. */
  body: string[];
  /** The short reason: `2 sources · text and picture · 40 min ago`. */
  glance: string;
};

/** `from` and `at`: the time that the edition covers. */
type Scoring = { weights: Weights; from: Instant; at: Instant; sourceWeight: (sourceId: string) => number | null };

/** Scores stories, best first; equal ones by id. The same input gives the same order. */
export function scoreAll(candidates: readonly Candidate[], scoring: Scoring): Scored[] {
  return candidates.map(scorer(candidates, scoring)).toSorted(byScore);
}

/** Scores any story of the articles of these candidates. */
export function scorer(candidates: readonly Candidate[], scoring: Scoring): (candidate: Candidate) => Scored {
  const titles = candidates.flatMap(({ articles }) => articles);
  const sources = new Set(candidates.flatMap((one) => one.sources));
  const subjectOf = subjectFinder(titles, sources);
  return (one) => score(one, subjectOf(one.article.title), scoring);
}

/** Rounded, so machines with different last bits give the same order. */
const rounded = (points: number): number => Math.round(points * 1e4) / 1e4;

export const pointsOf = (value: number, weight: number): number => rounded(value * weight);

export const totalOf = (parts: readonly Part[]): number => rounded(parts.reduce((sum, { points }) => sum + points, 0));

export const byScore = (a: Scored, b: Scored): number =>
  b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : a.candidate.id > b.candidate.id ? 1 : 0);

function score(candidate: Candidate, subject: Subject | null, { weights, from, at, sourceWeight }: Scoring): Scored {
  const body = bodyOf(candidate.article);
  const part = (name: keyof Weights, { value, reason }: ScoredPart): Part => ({
    name,
    value,
    points: pointsOf(value, weights[name]),
    reason,
  });
  const parts = [
    part("sources", asOldNews(ofSources(candidate), candidate, from)),
    part("subject", ofSubject(subject, candidate)),
    part("recency", ofAge(candidate, at)),
    part("sourceWeight", ofSource(candidate, sourceWeight)),
    part("completeness", ofShown(candidate, body)),
    part("novelty", ofNovelty(candidate)),
    part("form", forms[candidate.form]),
  ];
  return {
    candidate,
    parts,
    score: totalOf(parts),
    subject,
    body,
    glance: glanceOf(candidate, body, at),
  };
}

function glanceOf({ sources, article, newest, isDated }: Candidate, body: readonly string[], at: Instant): string {
  const text = body.length >= 2 ? "text" : body.length === 1 ? "summary" : "title only";
  const minutes = Math.max(0, Math.round((fromInstant(at) - newest) / 60_000));
  const age =
    minutes < 60
      ? `${minutes} min`
      : minutes < 36 * 60
        ? `${Math.round(minutes / 60)} h`
        : `${Math.round(minutes / 1440)} days`;
  return [
    counted(sources.length, "source"),
    article.image === null ? text : body.length === 0 ? "title and picture" : `${text} and picture`,
    isDated ? `${age} ago` : "no date",
  ].join(" · ");
}

type ScoredPart = { value: number; reason: string | null };

/** Wire copy counts once, even if ten papers print the agency's text. */
function ofSources({ sources, tellings, tellersSince, developing }: Candidate): ScoredPart {
  const [own, ...others] = sources;
  if (others.length === 0) return { value: 0, reason: `Only ${own ?? "one source"} has it so far.` };
  if (developing && tellersSince < sources.length) {
    const reason = `${count(tellersSince)} of ${counted(sources.length, "source")} told it since it last ran: ${list(sources)}.`;
    return { value: 1 - 0.5 ** (Math.min(tellersSince, tellings) - 1), reason };
  }
  const voices = Math.min(sources.length, tellings);
  const copies = voices < sources.length ? `, ${voices === 1 ? "all from one text" : `from ${voices} texts`}` : "";
  return {
    value: 1 - 0.5 ** (voices - 1),
    reason: `${count(sources.length)} sources tell it${copies}: ${list(sources)}.`,
  };
}

/** Several sources' news from before the time that this edition covers is old; its value halves like that of recency. */
function asOldNews(part: ScoredPart, { newest, isDated }: Candidate, from: Instant): ScoredPart {
  if (part.value === 0 || !isDated) return part;
  const hours = (fromInstant(from) - newest) / HOUR;
  if (hours <= 0) return part;
  const reason = `${part.reason} Its newest article is from before the time this edition covers, which counts less.`;
  return { value: part.value * 0.5 ** (hours / HALF_LIFE), reason };
}

/**
 * News told by several sources is large. The share of articles that tell this story matters, or comments on the news of
 * the day would lead.
 */
function ofSubject(subject: Subject | null, { sourceIds, articles }: Candidate): ScoredPart {
  const more = subject === null ? 0 : subject.articles - sourceIds.length;
  if (subject === null || more < 1) return { value: 0, reason: null };
  const share = Math.min(1, articles.length / subject.articles);
  // The story may have articles with other words, so the share is limited to one.
  const inStory = articles.length >= subject.articles ? "all" : count(articles.length).toLowerCase();
  const own = articles.length > 1 ? `, ${inStory} of them in this story` : "";
  return {
    value: Math.min(1, Math.log2(1 + more) / 4) * share,
    reason: `${count(subject.articles)} articles of the day are about “${subject.name}”${own}.`,
  };
}

function ofAge({ newest, isDated, articles }: Candidate, at: Instant): ScoredPart {
  const hours = Math.max(0, (fromInstant(at) - newest) / HOUR);
  const value = 0.5 ** (hours / HALF_LIFE);
  if (!isDated) {
    return { value: value / 2, reason: "It gives no date, so being new counts by half, from when it was first seen." };
  }
  if (articles.length > 1)
    return { value, reason: `Its newest article came ${ago(hours)} before this edition closed.` };
  return { value, reason: `It was published ${ago(hours)} before this edition closed.` };
}

function ofSource({ article, sourceIds }: Candidate, sourceWeight: Scoring["sourceWeight"]): ScoredPart {
  const weight = Math.max(...sourceIds.map((id) => sourceWeight(id) ?? 0));
  const value = Math.min(weight, 4) / 2;
  const whose = sourceIds.length === 1 ? article.sourceTitle : "The heaviest of its sources";
  return {
    value,
    reason: weight === 1 ? null : `${whose} counts ${weight > 1 ? "more" : "less"} than usual (${weight}).`,
  };
}

function ofShown({ article }: Candidate, body: readonly string[]): ScoredPart {
  const has = { text: body.length >= 2, summary: body.length > 0, picture: article.image !== null };
  const value = (has.text ? 0.25 : 0) + (has.summary ? 0.5 : 0) + (has.picture ? 0.15 : 0) + (article.url ? 0.1 : 0);
  const given = [
    ...(has.text ? [`${count(body.length).toLowerCase()} paragraphs`] : has.summary ? ["a summary"] : []),
    ...(has.picture ? ["a picture"] : []),
  ];
  if (article.url === null) return { value, reason: "It has no address to link to." };
  return {
    value,
    reason: given.length > 0 ? `It comes with ${list(given)}.` : "It comes with a title and nothing to read.",
  };
}

/** A story that already ran counts by how much of its headline is new. */
const MOST_NEW_AGAIN = 0.8;

function ofNovelty({ ran, developing, echo, words }: Candidate): ScoredPart {
  if (developing && ran) {
    const value = MOST_NEW_AGAIN * (1 - likeness(words, new Set(significantWords(ran.title))));
    const how = ran.hasLed ? "led" : "ran";
    return { value, reason: `It ${how} on ${ran.date} and has moved on since, so it is marked as an update.` };
  }
  if (ran) return { value: 0, reason: `It ran on ${ran.date} and nothing is new.` };
  if (echo === null || echo.likeness < ECHO) return { value: 1, reason: null };
  return {
    value: 1 - echo.likeness,
    reason: `On ${echo.item.date} an edition had one much like it: “${echo.item.title}”.`,
  };
}

/** A list in a sentence: `a, b and c`; long ones end with "and 4 more". */
function list(items: readonly string[]): string {
  const shown = items.length > 5 ? [...items.slice(0, 4), `${items.length - 4} more`] : items;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

const small = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split(" ");
/** A number at the start of a sentence. */
export const count = (n: number): string => small[n] ?? String(n);

function ago(hours: number): string {
  if (hours < 0.75) return hours < 0.025 ? "a minute" : counted(Math.round(hours * 60), "minute");
  if (hours < 1.5) return "an hour";
  if (hours < 36) return `${Math.round(hours)} hours`;
  return `${Math.round(hours / 24)} days`;
}
