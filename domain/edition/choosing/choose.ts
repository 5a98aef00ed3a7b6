import { likeness } from "../content/words.ts";
import { openTally, type Tally } from "./diversity.ts";
import type { Scored } from "./scoring/score.ts";
import { type SeriesOf, seriesAmong } from "./series-of-source.ts";

/** Titles more similar than the first limit aren't in one list as long as there are others; above the second, never. */
const TWINS = 0.6;
const SAME = 0.85;

/** A chosen story with its points: its score, minus the deductions for similar stories above it. */
type Pick = { scored: Scored; total: number; reasons: string[] };

/** Whether a story may be chosen: one that already ran stays out until there is something new. */
export const eligible = ({ candidate }: Scored): boolean => candidate.ran === null || candidate.developing;

/**
 * Value of no, one, two, and three or more paragraphs for a lead; one is often only the standfirst. How much a source
 * syndicates says little about its news, so the difference is less than that of a fresh story and one of half a day.
 */
const leadText = [-3, 0, 0.75, 1];
/** A piece of a series, such as a rating, leads only if there is nothing else. */
const SERIAL_LEAD = -4;

/** How good a story is as the lead: news with a body, a link and a picture. Null: it can't lead. */
function leadScore({ candidate: { article, form }, body, score }: Scored): number | null {
  if (article.url === null || article.title === "") return null;
  const text = leadText[Math.min(body.length, leadText.length - 1)] ?? 0;
  const kind = form === "news" ? 0 : form === "background" ? -1 : form === "opinion" ? -3 : -8;
  return score + text + kind + (article.image === null ? 0 : 0.5);
}

/**
 * The lead: the best of the remaining stories, ties by the given order. For stories from another newsletter, one that
 * led there.
 */
export function chooseLead(pool: readonly Scored[], seriesOf: SeriesOf = seriesAmong(pool)): Scored | null {
  const led = pool.filter(({ candidate }) => candidate.run?.isLead);
  let best: { scored: Scored; value: number } | null = null;
  for (const scored of led.length > 0 ? led : pool) {
    const own = leadScore(scored);
    if (own === null) continue;
    const value = seriesOf(scored) === null ? own : own + SERIAL_LEAD;
    if (best === null || value > best.value) best = { scored, value };
  }
  return best?.scored ?? null;
}

/**
 * Picks `places` stories one by one, each time the best remaining one after deductions for similar stories already in
 * the list, so no source, section or subject fills the list. While others are left, no source gets more than its share,
 * and no series more than two places.
 *
 * @param spare number of further stories, the next best, for places that editors free.
 */
export function chooseList(
  pool: readonly Scored[],
  taken: readonly Scored[],
  places: number,
  { spare = 0, seriesOf = seriesAmong([...taken, ...pool]) }: { spare?: number; seriesOf?: SeriesOf } = {},
): Pick[] {
  const most = shareOf(pool, taken.length + places);
  const picks: Pick[] = [];
  const chosen = [...taken];
  const tally = openTally(taken, seriesOf);
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
  const hasRoom = (scored: Scored) => tally.ofSeries(scored) < MOST_OF_SERIES;
  pass((scored) => tally.ofSource(scored) < most && hasRoom(scored), TWINS);
  pass(hasRoom, TWINS);
  if (picks.length * 2 >= places) return picks;
  pass(() => true, TWINS);
  pass(() => true, SAME);
  return picks;
}

/** Most places of one series; more only where the list would be half empty. */
const MOST_OF_SERIES = 2;

/** Of five sources, each may have twice its even share; of two, half each; never fewer than three stories. */
function shareOf(pool: readonly Scored[], places: number): number {
  const sources = new Set(pool.map(({ candidate }) => candidate.article.sourceId)).size;
  return sources < 2 ? places : Math.min(Math.ceil(places / 2), Math.max(3, Math.ceil((2 * places) / sources)));
}

/** The best available story; stories already on the page aren't available, and leave the open ones. */
function best(
  open: Set<Scored>,
  tally: Tally,
  allowed: (scored: Scored) => boolean,
  isAlreadyCovered: (scored: Scored) => boolean,
): Pick | null {
  const top = topOf(open, tally, allowed);
  if (top === null) return null;
  // Hundreds may be covered, such as one headline again and again, so the others are ranked once.
  for (const one of isAlreadyCovered(top.scored) ? ranked(open, tally, allowed) : [top]) {
    if (!isAlreadyCovered(one.scored)) return { ...one, reasons: reasonsOf(one.scored, tally) };
    open.delete(one.scored);
  }
  return null;
}

type Ranked = { scored: Scored; total: number };

function topOf(open: ReadonlySet<Scored>, tally: Tally, allowed: (scored: Scored) => boolean): Ranked | null {
  let top: Ranked | null = null;
  for (const scored of open) {
    // Deductions only lower a score and the pool is sorted, so no later story can be better.
    if (top !== null && scored.score <= top.total) break;
    const total = scored.score - tally.penalty(scored);
    if (allowed(scored) && (top === null || total > top.total)) top = { scored, total };
  }
  return top;
}

/** Best first; equal ones in the pool's order. */
const ranked = (open: ReadonlySet<Scored>, tally: Tally, allowed: (scored: Scored) => boolean): Ranked[] =>
  [...open]
    .filter(allowed)
    .map((scored) => ({ scored, total: scored.score - tally.penalty(scored) }))
    .sort((a, b) => b.total - a.total);

/**
 * Whether two stories have the same address, or titles this similar, or one title has the other in it. Two articles of
 * one source are two pieces, because clustering has already joined those that tell one story. A single common word
 * doesn't count.
 */
export function twins(a: Scored, b: Scored, alike = TWINS): boolean {
  const [one, other] = [a.candidate, b.candidate];
  if (one.article.url !== null && one.article.url === other.article.url) return true;
  const few = Math.min(one.words.size, other.words.size) < 2;
  if (few || one.article.sourceId === other.article.sourceId) {
    return plain(one.article.title) === plain(other.article.title);
  }
  const common = likeness(one.words, other.words);
  return common >= alike || (common >= INSIDE && isInside(one.article.title, other.article.title));
}

/** "Ferry sails again after nine years" in "Ferry sails again after nine years, say officials". */
function isInside(one: string, other: string): boolean {
  const [short = "", long = ""] = [plain(one).trim(), plain(other).trim()].sort((a, b) => a.length - b.length);
  return short.length >= TELLING && ` ${long} `.includes(` ${short} `);
}
/** Least likeness of a title to one that it is in, and least characters of one that isn't a rubric. */
const INSIDE = 0.3;
const TELLING = 20;

const plain = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");

/** The parts of the score as sentences, with the deductions when it was picked. */
export function reasonsOf(scored: Scored, tally: Tally | null = null): string[] {
  const own = scored.parts.flatMap(({ reason }) => reason ?? []);
  const above = tally?.crowd(scored, ["subject", "section", "series"]);
  return above ? [...own, `It stands lower, since ${above} ${above.startsWith("a ") ? "is" : "are"} above it.`] : own;
}
