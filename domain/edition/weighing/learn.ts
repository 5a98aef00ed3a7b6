import * as z from "zod";
import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { Weights } from "../../config/weights.ts";
import { counted } from "../../counted.ts";
import { decisionsIn, type KeptDecisions, type PlayedEdition, replay } from "./replay.ts";

/** Weights, and how many editors' decisions they would have matched. */
const WeighedResult = z.object({
  weights: Weights,
  /** The difference from today's weights: `recency 3 instead of 2`. Empty: none. */
  change: z.string(),
  leads: z.number().int(),
  removals: z.number().int(),
  /** Whether they matched at least as many in both the older and the newer half of the editions. */
  inBothHalves: z.boolean(),
});
type WeighedResult = z.infer<typeof WeighedResult>;

export const WeightsReport = z.object({
  newsletter: z.string(),
  /** Replayed editions, and people's decisions in them. */
  editions: z.number().int(),
  leads: z.number().int(),
  removals: z.number().int(),
  today: WeighedResult,
  /** Weights that would have matched more, best first. */
  better: z.array(WeighedResult),
  /** The result as a sentence. */
  sentence: z.string(),
});
export type WeightsReport = z.infer<typeof WeightsReport>;

/** Factors tried for each weight; a weight of 0 is treated as 1. */
const FACTORS = [0, 0.5, 0.75, 1.5, 2, 3];
/** Number of best single changes that are tried in pairs. */
const PAIRED = 5;
const SHOWN = 5;
/** With fewer decisions, a difference of one isn't meaningful. */
const ENOUGH = 10;

type Tried = { weights: Weights; change: string; steps: number; older: KeptDecisions; newer: KeptDecisions };

/**
 * Replays editions, newest first, under other weights: each weight alone, and the best ones in pairs. More combinations
 * would overfit thirty editions.
 */
export function learnWeights(
  newsletter: string,
  editions: readonly PlayedEdition[],
  config: NewsletterConfig,
): WeightsReport {
  const middle = Math.floor(editions.length / 2);
  const [newer, older] = [editions.slice(0, middle), editions.slice(middle)];
  const tryOut = (changed: Partial<Weights>): Tried => {
    const weights = { ...config.weights, ...changed };
    const kept = (half: readonly PlayedEdition[]) => sumOf(half.map((one) => replay(one, weights, config)));
    const steps = Object.keys(changed).length;
    return { weights, change: changeOf(changed, config.weights), steps, older: kept(older), newer: kept(newer) };
  };
  const today = tryOut({});
  const single = singleChanges(config.weights).map((changed) => ({ changed, tried: tryOut(changed) }));
  const gains = single.filter(({ tried }) => total(tried) > total(today)).toSorted((a, b) => byKept(a.tried, b.tried));
  const pairs = pairsOf(gains.slice(0, PAIRED).map(({ changed }) => changed)).map(tryOut);
  const better = [...gains.map(({ tried }) => tried), ...pairs].filter((one) => total(one) > total(today));
  const all = sumOf(editions.map(decisionsIn));
  const result = resultOf(today);
  const best = better
    .toSorted(byKept)
    .slice(0, SHOWN)
    .map((one) => resultOf(one, today));
  const report = { newsletter, editions: editions.length, ...all, today: result, better: best };
  return { ...report, sentence: sentenceOf(report) };
}

const parts = Weights.keyof().options;

function* changesOf(name: keyof Weights, now: number): Generator<Partial<Weights>> {
  for (const factor of FACTORS) {
    const value = Math.round((now === 0 ? 1 : now) * factor * 100) / 100;
    if (value !== now) yield { [name]: value };
  }
}

const singleChanges = (weights: Weights): Partial<Weights>[] =>
  parts.flatMap((name) => [...changesOf(name, weights[name])]);

function pairsOf(changes: readonly Partial<Weights>[]): Partial<Weights>[] {
  return changes.flatMap((one, at) =>
    changes
      .slice(at + 1)
      .map((other) => ({ ...one, ...other }))
      .filter((both) => Object.keys(both).length === 2),
  );
}

const changeOf = (changed: Partial<Weights>, before: Weights): string =>
  parts
    .flatMap((name) => (changed[name] === undefined ? [] : [`${name} ${changed[name]} instead of ${before[name]}`]))
    .join(", ");

const sumOf = (all: readonly KeptDecisions[]): KeptDecisions => ({
  leads: all.reduce((sum, { leads }) => sum + leads, 0),
  removals: all.reduce((sum, { removals }) => sum + removals, 0),
});

const size = ({ leads, removals }: KeptDecisions): number => leads + removals;
const total = ({ older, newer }: Tried): number => size(older) + size(newer);

/** Most matches first; ties by smaller change, then by more leads. */
const byKept = (a: Tried, b: Tried): number =>
  total(b) - total(a) ||
  a.steps - b.steps ||
  b.older.leads + b.newer.leads - a.older.leads - a.newer.leads ||
  (a.change < b.change ? -1 : 1);

const resultOf = ({ weights, change, older, newer }: Tried, today?: Tried): WeighedResult => ({
  weights,
  change,
  ...sumOf([older, newer]),
  inBothHalves: today === undefined || (size(older) >= size(today.older) && size(newer) >= size(today.newer)),
});

function sentenceOf({ editions, leads, removals, today, better }: Omit<WeightsReport, "sentence">): string {
  const decided = leads + removals;
  if (decided === 0) {
    return "No edition of that time has a lead or a removal that a person decided, so there is nothing to learn from.";
  }
  const of = (one: KeptDecisions) =>
    [
      ...(leads > 0 ? [`${one.leads} of ${leads} ${leads === 1 ? "lead" : "leads"}`] : []),
      ...(removals > 0 ? [`${one.removals} of ${removals} ${removals === 1 ? "removal" : "removals"}`] : []),
    ].join(" and ");
  const [best] = better.toSorted((a, b) => Number(b.inBothHalves) - Number(a.inBothHalves));
  const few =
    decided < ENOUGH ? `, but ${decided === 1 ? "one decision is" : `${decided} decisions are`} too few to go by` : "";
  if (best === undefined) {
    return `No other weights would have kept more of the editors’ decisions in ${counted(editions, "edition")} than today’s, which keep ${of(today)}${few}.`;
  }
  const doubt = few || (best.inBothHalves ? "" : ", but not in both halves of that time, so it may be chance");
  return `With ${best.change}, ${counted(editions, "edition")} would have kept ${of(best)}; today’s weights keep ${of(today)}${doubt}.`;
}
