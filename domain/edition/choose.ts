import type { Scored } from "./score.ts";
import { count } from "./score.ts";
import { likeness } from "./words.ts";

/** Titles more alike than this do not stand in one list. */
const TWINS = 0.6;
/** What each story that a source, a section or a subject already has in the edition takes off the next one. */
const SOURCE_STEP = 0.35;
const SECTION_STEP = 0.2;
const SUBJECT_STEP = 0.9;

/** A story with the place it earned: its score, less what its like above it takes. */
export type Pick = { scored: Scored; total: number; reasons: string[] };

type Tally = { sources: Map<string, number>; sections: Map<string, number>; subjects: Map<string, number> };

/** Whether a story may be chosen at all: one that ran stays out until it moves on. */
export const eligible = ({ candidate }: Scored): boolean => candidate.ran === null || candidate.developing;

/** How good a lead a story makes: news with a body, a link and a picture. Null: none at all. */
export function leadScore({ candidate: { article, form }, body, score }: Scored): number | null {
  if (article.url === null || article.title === "") return null;
  const text = body.length >= 2 ? 2 : body.length === 1 ? 0 : -3;
  const kind = form === "news" ? 0 : form === "opinion" ? -3 : -8;
  return score + text + kind + (article.image === null ? 0 : 0.5);
}

/** The story that leads: the best lead of those left, ties by the order given. */
export function chooseLead(pool: readonly Scored[]): Scored | null {
  let best: { scored: Scored; value: number } | null = null;
  for (const scored of pool) {
    const value = leadScore(scored);
    if (value !== null && (best === null || value > best.value)) best = { scored, value };
  }
  return best?.scored ?? null;
}

/**
 * Picks `places` stories one by one, each time the best of those left, less what those already in take off: so that no
 * source, section or subject floods the list. While others are left no source takes more than its share.
 */
export function chooseList(pool: readonly Scored[], taken: readonly Scored[], places: number): Pick[] {
  const most = shareOf(pool, taken.length + places);
  const picks: Pick[] = [];
  const chosen = [...taken];
  const tally = tallyOf(taken);
  const left = new Set(pool);
  const pass = (allowed: (scored: Scored) => boolean) => {
    while (picks.length < places) {
      const next = best(left, chosen, tally, allowed);
      if (next === null) return;
      left.delete(next.scored);
      chosen.push(next.scored);
      add(tally, next.scored);
      picks.push(next);
    }
  };
  pass(({ candidate }) => (tally.sources.get(candidate.article.sourceId) ?? 0) < most);
  pass(() => true);
  return picks;
}

/** Of five sources each may have twice its even share; two may have half each; never fewer than three stories. */
function shareOf(pool: readonly Scored[], places: number): number {
  const sources = new Set(pool.map(({ candidate }) => candidate.article.sourceId)).size;
  return sources < 2 ? places : Math.min(Math.ceil(places / 2), Math.max(3, Math.ceil((2 * places) / sources)));
}

function best(
  left: Set<Scored>,
  chosen: readonly Scored[],
  tally: Tally,
  allowed: (scored: Scored) => boolean,
): Pick | null {
  for (;;) {
    let top: { scored: Scored; total: number } | null = null;
    for (const scored of left) {
      // Penalties only take away, and the pool is ordered: nothing further down can be better.
      if (top !== null && scored.score <= top.total) break;
      const total = scored.score - penalty(scored, tally);
      if (allowed(scored) && (top === null || total > top.total)) top = { scored, total };
    }
    if (top === null) return null;
    if (!chosen.some((other) => twins(other, top.scored))) return { ...top, reasons: reasonsOf(top.scored, tally) };
    left.delete(top.scored);
  }
}

export const twins = (a: Scored, b: Scored): boolean =>
  likeness(a.candidate.words, b.candidate.words) >= TWINS ||
  (a.candidate.article.url !== null && a.candidate.article.url === b.candidate.article.url);

function tallyOf(taken: readonly Scored[]): Tally {
  const tally: Tally = { sources: new Map(), sections: new Map(), subjects: new Map() };
  for (const scored of taken) add(tally, scored);
  return tally;
}

const keysOf = ({ candidate: { article }, subject }: Scored) => ({
  source: article.sourceId,
  section: article.section === null ? null : article.section.toLowerCase(),
  subject: subject?.key ?? null,
});

function add(tally: Tally, scored: Scored): void {
  const { source, section, subject } = keysOf(scored);
  tally.sources.set(source, (tally.sources.get(source) ?? 0) + 1);
  if (section !== null) tally.sections.set(section, (tally.sections.get(section) ?? 0) + 1);
  if (subject !== null) tally.subjects.set(subject, (tally.subjects.get(subject) ?? 0) + 1);
}

function counted(scored: Scored, tally: Tally) {
  const { source, section, subject } = keysOf(scored);
  return {
    source: tally.sources.get(source) ?? 0,
    section: section === null ? 0 : (tally.sections.get(section) ?? 0),
    subject: subject === null ? 0 : (tally.subjects.get(subject) ?? 0),
  };
}

function penalty(scored: Scored, tally: Tally): number {
  const { source, section, subject } = counted(scored, tally);
  return source * SOURCE_STEP + section * SECTION_STEP + subject * SUBJECT_STEP;
}

/** The parts of the score as sentences, and what held the story back at its turn. */
export function reasonsOf(scored: Scored, tally: Tally | null = null): string[] {
  const own = scored.parts.flatMap(({ reason }) => reason ?? []);
  if (tally === null) return own;
  const { subject, section } = counted(scored, tally);
  const { candidate, subject: about } = scored;
  if (subject > 0 && about) {
    own.push(
      `It stands lower, since ${stories(subject)} above ${subject === 1 ? "is" : "are"} about “${about.name}” too.`,
    );
  } else if (section > 1 && candidate.article.section) {
    own.push(`It stands lower, since ${stories(section)} above are from the section ${candidate.article.section} too.`);
  }
  return own;
}

const stories = (n: number): string => (n === 1 ? "a story" : `${count(n).toLowerCase()} stories`);
