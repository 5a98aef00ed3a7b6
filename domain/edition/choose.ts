import type { Scored } from "./score.ts";
import { count } from "./score.ts";
import { likeness } from "./words.ts";

/** Titles more alike than this do not stand in one list. */
const TWINS = 0.6;
/** What each story that a source, a section or a subject already has in the edition takes off the next one. */
const SOURCE_STEP = 0.35;
const SECTION_STEP = 0.2;
const DESK_STEP = 0.1;
const SUBJECT_STEP = 0.9;

/** A story with the place it earned: its score, less what its like above it takes. */
export type Pick = { scored: Scored; total: number; reasons: string[] };

type Like = "source" | "section" | "desk" | "subject";
type Tally = Record<Like, Map<string, number>>;
const steps: Record<Like, number> = {
  source: SOURCE_STEP,
  section: SECTION_STEP,
  desk: DESK_STEP,
  subject: SUBJECT_STEP,
};

/** Whether a story may be chosen at all: one that ran stays out until it moves on. */
export const eligible = ({ candidate }: Scored): boolean => candidate.ran === null || candidate.developing;

/** How good a lead a story makes: news with a body, a link and a picture. Null: none at all. */
export function leadScore({ candidate: { article, form }, body, score }: Scored): number | null {
  if (article.url === null || article.title === "") return null;
  const text = body.length >= 2 ? 2 : body.length === 1 ? 0 : -3;
  const kind = form === "news" ? 0 : form === "background" ? -1 : form === "opinion" ? -3 : -8;
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
  pass(({ candidate }) => (tally.source.get(candidate.article.sourceId) ?? 0) < most);
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
  const tally: Tally = { source: new Map(), section: new Map(), desk: new Map(), subject: new Map() };
  for (const scored of taken) add(tally, scored);
  return tally;
}

function keysOf({ candidate: { article }, subject }: Scored): [Like, string][] {
  const desk = deskOf(article.url);
  return [
    ["source", article.sourceId],
    ...(article.section === null ? [] : [["section", article.section.toLowerCase()] satisfies [Like, string]]),
    ...(desk === null ? [] : [["desk", `${article.sourceId} ${desk}`] satisfies [Like, string]]),
    ...(subject === null ? [] : [["subject", subject.key] satisfies [Like, string]]),
  ];
}

/** The first folder of an address, as in `/sport/2026/…`: what a source's own desk calls it. */
const deskOf = (url: string | null): string | null =>
  /^https?:\/\/[^/]+\/([a-z][a-z-]{1,30})\/[^/]+/i.exec(url ?? "")?.[1]?.toLowerCase() ?? null;

function add(tally: Tally, scored: Scored): void {
  for (const [like, key] of keysOf(scored)) tally[like].set(key, (tally[like].get(key) ?? 0) + 1);
}

const counted = (scored: Scored, tally: Tally, like: Like): number =>
  tally[like].get(keysOf(scored).find(([of]) => of === like)?.[1] ?? "") ?? 0;

function penalty(scored: Scored, tally: Tally): number {
  let sum = 0;
  for (const [like, key] of keysOf(scored)) sum += (tally[like].get(key) ?? 0) * steps[like];
  return sum;
}

/** The parts of the score as sentences, and what held the story back at its turn. */
export function reasonsOf(scored: Scored, tally: Tally | null = null): string[] {
  const own = scored.parts.flatMap(({ reason }) => reason ?? []);
  if (tally === null) return own;
  const [subject, section] = [counted(scored, tally, "subject"), counted(scored, tally, "section")];
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
