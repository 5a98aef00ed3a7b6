import { likeness } from "../content/words.ts";
import { openTally, type Tally } from "./diversity.ts";
import type { Scored } from "./score.ts";

/** Titles more alike than this do not are in one list while there is anything else; those as alike as this never. */
const TWINS = 0.6;
const SAME = 0.85;

/** A story with the place it earned: its score, less what its like above it takes. */
export type Pick = { scored: Scored; total: number; reasons: string[] };

/** Whether a story may be chosen at all: one that ran stays out until it moves on. */
export const eligible = ({ candidate }: Scored): boolean => candidate.ran === null || candidate.developing;

/** What no paragraph, one, two, and three or more are worth to a lead: one is often only the standfirst. */
const leadText = [-3, 0, 1.5, 2];

/** How good a lead a story makes: news with a body, a link and a picture. Null: none at all. */
function leadScore({ candidate: { article, form }, body, score }: Scored): number | null {
  if (article.url === null || article.title === "") return null;
  const text = leadText[Math.min(body.length, leadText.length - 1)] ?? 0;
  const kind = form === "news" ? 0 : form === "background" ? -1 : form === "opinion" ? -3 : -8;
  return score + text + kind + (article.image === null ? 0 : 0.5);
}

/**
 * The story that leads: the best lead of those left, ties by the order given. Where stories ran in another newsletter,
 * one that led there.
 */
export function chooseLead(pool: readonly Scored[]): Scored | null {
  const led = pool.filter(({ candidate }) => candidate.run?.isLead);
  let best: { scored: Scored; value: number } | null = null;
  for (const scored of led.length > 0 ? led : pool) {
    const value = leadScore(scored);
    if (value !== null && (best === null || value > best.value)) best = { scored, value };
  }
  return best?.scored ?? null;
}

/**
 * Picks `places` stories one by one, each time the best of those left, less what those already in take off: so no
 * source, section or subject floods the list. While others are left no source takes more than its share.
 *
 * @param spare so many more come behind them, the next best: for places that editors make free.
 */
export function chooseList(pool: readonly Scored[], taken: readonly Scored[], places: number, spare = 0): Pick[] {
  const most = shareOf(pool, taken.length + places);
  const picks: Pick[] = [];
  const chosen = [...taken];
  const tally = openTally(taken);
  const left = new Set(pool);
  const pass = (allowed: (scored: Scored) => boolean, alike: number) => {
    const open = new Set(left);
    while (picks.length < places + spare) {
      const next = best(open, tally, allowed, (one) => chosen.some((other) => twins(other, one, alike)));
      if (next === null) return;
      open.delete(next.scored);
      left.delete(next.scored);
      chosen.push(next.scored);
      tally.add(next.scored);
      picks.push(next);
    }
  };
  pass((scored) => tally.ofSource(scored) < most, TWINS);
  pass(() => true, TWINS);
  pass(() => true, SAME);
  return picks;
}

/** Of five sources each may have twice its even share; two may have half each; never fewer than three stories. */
function shareOf(pool: readonly Scored[], places: number): number {
  const sources = new Set(pool.map(({ candidate }) => candidate.article.sourceId)).size;
  return sources < 2 ? places : Math.min(Math.ceil(places / 2), Math.max(3, Math.ceil((2 * places) / sources)));
}

/** The best story of those open; one that the page has already is no longer open. */
function best(
  open: Set<Scored>,
  tally: Tally,
  allowed: (scored: Scored) => boolean,
  isAlreadyCovered: (scored: Scored) => boolean,
): Pick | null {
  for (;;) {
    let top: { scored: Scored; total: number } | null = null;
    for (const scored of open) {
      // Penalties only take away, and the pool is ordered: nothing further down can be better.
      if (top !== null && scored.score <= top.total) break;
      const total = scored.score - tally.penalty(scored);
      if (allowed(scored) && (top === null || total > top.total)) top = { scored, total };
    }
    if (top === null) return null;
    if (!isAlreadyCovered(top.scored)) return { ...top, reasons: reasonsOf(top.scored, tally) };
    open.delete(top.scored);
  }
}

/**
 * Whether two stories have one address, or titles so alike. What one source publishes under two titles is two pieces:
 * where they tell one story, clustering has found that already. One word in common says nothing.
 */
export function twins(a: Scored, b: Scored, alike = TWINS): boolean {
  const [one, other] = [a.candidate, b.candidate];
  if (one.article.url !== null && one.article.url === other.article.url) return true;
  const few = Math.min(one.words.size, other.words.size) < 2;
  if (few || one.article.sourceId === other.article.sourceId) {
    return plain(one.article.title) === plain(other.article.title);
  }
  return likeness(one.words, other.words) >= alike;
}

const plain = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");

/** The parts of the score as sentences, and what held the story back at its turn. */
export function reasonsOf(scored: Scored, tally: Tally | null = null): string[] {
  const own = scored.parts.flatMap(({ reason }) => reason ?? []);
  const above = tally?.crowd(scored, ["subject", "section"]);
  return above ? [...own, `It stands lower, since ${above} ${above.startsWith("a ") ? "is" : "are"} above it.`] : own;
}
