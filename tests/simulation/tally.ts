import { hash } from "node:crypto";
import { conditionsOf } from "./conditions.ts";
import { runStory } from "./story.ts";
import { type Breach, breaches, broken, type Finding, lostBets } from "./verdict/verdict.ts";
import type { World } from "./world/world.ts";

/** The result of one story. */
export type StoryResult = {
  readonly seed: number;
  readonly editions: number;
  readonly findings: readonly Finding[];
  /** A digest of everything that happened; the same seed gives the same digest. */
  readonly digest: string;
  readonly readers: number;
  readonly calls: number;
  readonly batches: number;
  /** Doubles by automatic resends where more events were lost than resolving allows for. */
  readonly lostBets: number;
  /** Editions by their final state. */
  readonly ends: Readonly<Record<string, number>>;
};

/** Runs the story of a seed and judges it. */
export const runSeed = async (seed: number, several = false): Promise<StoryResult> =>
  storyResultOf(await runStory({ seed, conditions: conditionsOf(seed, several) }));

export function storyResultOf(world: World): StoryResult {
  const ends: Record<string, number> = {};
  const editions = [...world.store.editions.values()].filter(({ state }) => state !== "draft");
  for (const { state } of editions) ends[state] = (ends[state] ?? 0) + 1;
  return {
    seed: world.seed,
    editions: world.keys.length,
    findings: broken(world),
    digest: digestOf(world),
    readers: editions.reduce((sum, { frozen }) => sum + (frozen ?? 0), 0),
    calls: world.ses.departures.length,
    batches: new Set(world.ses.departures.map(({ batch }) => batch.slice(0, batch.lastIndexOf(" ")))).size,
    lostBets: lostBets(world),
    ends,
  };
}

/** A digest of what left, what SES took, when each claim was made, what was stored at the end and who was notified of what. */
function digestOf({ store, ses, claims, errors }: World): string {
  const batches = [...store.batches.values()].flatMap((ofEdition) => [...ofEdition.values()]);
  const all = [
    ses.departures,
    ses.accepted.map(({ batch, attempt, position, messageId, at }) => [batch, attempt, position, messageId, at]),
    [...claims],
    [...store.editions.values()],
    batches.map(({ key, attempts, state, outcomes, messageIds }) => [
      key.group,
      key.run,
      key.first,
      attempts,
      state,
      outcomes,
      messageIds,
    ]),
    errors,
  ];
  return hash("sha256", JSON.stringify(all)).slice(0, 16);
}

/** The results of many stories together. */
export type Totals = {
  editions: number;
  readers: number;
  calls: number;
  batches: number;
  lostBets: number;
  seconds: number;
  readonly ends: Map<string, number>;
  /** The number of stories with each breach. */
  readonly breaches: Map<Breach, number>;
  /** By seed. */
  readonly failures: Map<number, readonly Finding[]>;
  readonly digests: Map<number, string>;
};

export const emptyTotals = (): Totals => ({
  ...{ editions: 0, readers: 0, calls: 0, batches: 0, lostBets: 0, seconds: 0 },
  ...{ ends: new Map(), breaches: new Map(), failures: new Map(), digests: new Map() },
});

export function addTo(totals: Totals, result: StoryResult): void {
  totals.editions += result.editions;
  totals.readers += result.readers;
  totals.calls += result.calls;
  totals.batches += result.batches;
  totals.lostBets += result.lostBets;
  for (const [state, count] of Object.entries(result.ends))
    totals.ends.set(state, (totals.ends.get(state) ?? 0) + count);
  for (const is of new Set(result.findings.map((finding) => finding.is))) {
    totals.breaches.set(is, (totals.breaches.get(is) ?? 0) + 1);
  }
  if (result.findings.length > 0) totals.failures.set(result.seed, result.findings);
  totals.digests.set(result.seed, result.digest);
}

/** Of all stories together, whichever worker ran them. */
const digestOfAll = ({ digests }: Totals): string => {
  const inOrder = [...digests].sort(([a], [b]) => a - b).map(([seed, digest]) => `${seed} ${digest}`);
  return hash("sha256", inOrder.join("\n")).slice(0, 16);
};

export const toJson = (totals: Totals, several: boolean) => ({
  editions: totals.editions,
  seconds: totals.seconds,
  editionsPerSecond: totals.editions / totals.seconds,
  readers: totals.readers,
  callsPerBatch: totals.calls / totals.batches,
  ends: Object.fromEntries(totals.ends),
  doublesByResendBeyondItsLimits: totals.lostBets,
  breaches: Object.fromEntries(breaches.map((is) => [is, totals.breaches.get(is) ?? 0])),
  digest: digestOfAll(totals),
  failures: [...totals.failures].map(([seed, findings]) => ({ seed, findings, replay: replay(seed, several) })),
});

const replay = (seed: number, several: boolean) => `npm run simulate -- --seed ${seed}${several ? " --several" : ""}`;
/** The number of failing seeds that are printed, and of findings for each. */
const SHOWN = 10;
const SHOWN_EACH = 3;

export function reportOf(totals: Totals, several: boolean): string {
  const { editions, seconds, readers, calls, batches, ends } = totals;
  const failures = [...totals.failures].sort(([a], [b]) => a - b).slice(0, SHOWN);
  return [
    `${editions} editions with ${readers} readers in ${seconds.toFixed(1)} s, ${Math.round(editions / seconds)} a second`,
    `${[...ends].map(([state, count]) => `${count} ${state}`).join(", ")}; ${(calls / batches).toFixed(2)} calls a batch`,
    breaches.map((is) => `${totals.breaches.get(is) ?? 0} ${is}`).join(", "),
    `${totals.lostBets} doubles by resends where events were lost or late beyond what resolving allows for`,
    `digest ${digestOfAll(totals)}`,
    ...failures.flatMap(([seed, findings]) => [
      `seed ${seed} broke the promise; see: ${replay(seed, several)}`,
      ...findings.slice(0, SHOWN_EACH).map(({ is, what }) => `  ${is}: ${what}`),
    ]),
  ].join("\n");
}
