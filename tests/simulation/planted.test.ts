import { describe, expect, test, vi } from "vitest";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type * as Cohorts from "#domain/delivery/ledger/cohorts.ts";
import type * as Pace from "#domain/delivery/pace/pace.ts";
import type * as Quota from "#domain/delivery/pace/quota.ts";
import type * as Evidence from "#domain/delivery/resolving/evidence.ts";
import type * as LateEvidence from "#domain/delivery/resolving/late-evidence.ts";
import type * as OrderProof from "#domain/delivery/resolving/order-proof.ts";
import type * as ResolveByEvidence from "#domain/delivery/resolving/resolve-by-evidence.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { type Conditions, conditionsOf, editionsOf } from "./conditions.ts";
import { runStory } from "./story.ts";
import { type Breach, broken } from "./verdict/verdict.ts";
import type { Bug } from "./world/world.ts";

/**
 * Mistakes that the simulation must notice: each must break the promise, or the simulation would prove nothing. Most
 * are planted in the ports of the use cases; some replace a rule.
 */
type Rule =
  | "silence as proof"
  | "quota by calendar day"
  | "calls counted instead of recipients"
  | "an order believed by five matches alone"
  | "an order believed against an event"
  | "a cohort sent an hour early"
  | "evidence for batches that are closed alone";
const planted = vi.hoisted((): { rule: Rule | undefined } => ({ rule: undefined }));

vi.mock("#domain/delivery/resolving/resolve-by-evidence.ts", async (original) => {
  const real = await original<typeof ResolveByEvidence>();
  const judgeSilence: typeof real.judgeSilence = (...args) =>
    planted.rule === "silence as proof" ? { may: "resend" } : real.judgeSilence(...args);
  return { ...real, judgeSilence };
});

const isDropped = ({ state }: Batch) =>
  planted.rule === "evidence for batches that are closed alone" && state !== "held" && state !== "done";

vi.mock("#domain/delivery/resolving/evidence.ts", async (original) => {
  const real = await original<typeof Evidence>();
  const correctByProofs: typeof real.correctByProofs = (batch, proofs) =>
    isDropped(batch) ? undefined : real.correctByProofs(batch, proofs);
  return { ...real, correctByProofs };
});

vi.mock("#domain/delivery/resolving/late-evidence.ts", async (original) => {
  const real = await original<typeof LateEvidence>();
  const applyLateEvidence: typeof real.applyLateEvidence = (batch, ...rest) =>
    isDropped(batch) ? undefined : real.applyLateEvidence(batch, ...rest);
  return { ...real, applyLateEvidence };
});

vi.mock("#domain/delivery/ledger/cohorts.ts", async (original) => {
  const real = await original<typeof Cohorts>();
  const createCohortClock: typeof real.createCohortClock = (edition) => {
    const dueIn = real.createCohortClock(edition);
    if (planted.rule !== "a cohort sent an hour early") return dueIn;
    return (zone) => {
      const early = toInstant(fromInstant(dueIn(zone) ?? edition.frozenAt) - 3_600_000);
      return early > edition.frozenAt ? early : edition.frozenAt;
    };
  };
  return { ...real, createCohortClock };
});

vi.mock("#domain/delivery/resolving/order-proof.ts", async (original) => {
  const real = await original<typeof OrderProof>();
  const proveOrder: typeof real.proveOrder = (called, answered, places) => {
    const matching = places.filter(({ position, messageId }) => answered[position] === messageId);
    const enough = { is: "proven", matches: matching.length } as const;
    if (planted.rule === "an order believed against an event") return matching.length > 0 ? enough : { is: "open" };
    const verdict = real.proveOrder(called, answered, places);
    const alone = planted.rule === "an order believed by five matches alone" && verdict.is === "open";
    return alone && new Set(matching.map(({ position }) => position)).size >= 5 ? enough : verdict;
  };
  return { ...real, proveOrder };
});

vi.mock("#domain/delivery/pace/quota.ts", async (original) => {
  const real = await original<typeof Quota>();
  const sinceMidnight = (ms: number, { hist, ...budget }: Quota.Budget): Quota.Budget => {
    const counters = Math.floor((ms % 86_400_000) / 900_000) + 1;
    return hist === undefined ? budget : { ...budget, hist: { ...hist, n: hist.n.slice(0, counters) }, foreign: 0 };
  };
  const remainingQuota: typeof real.remainingQuota = (budget, ms) =>
    real.remainingQuota(planted.rule === "quota by calendar day" ? sinceMidnight(ms, budget) : budget, ms);
  return { ...real, remainingQuota };
});

vi.mock("#domain/delivery/pace/pace.ts", async (original) => {
  const real = await original<typeof Pace>();
  const createPace: typeof real.createPace = (rate) => {
    const pace = real.createPace(rate);
    if (planted.rule !== "calls counted instead of recipients") return pace;
    const one = (ask: (now: number, n: number) => number) => (now: number) => ask(now, 1);
    return { ...pace, takeSlot: one(pace.takeSlot), opensIn: one(pace.opensIn), depart: (now) => pace.depart(now, 1) };
  };
  return { ...real, createPace };
});

const MOST = 2_000;
/** Only three stories in a hundred can show these, so more of them are run. */
const MOST_OF: Partial<Record<Bug | Rule, number>> = {
  "a welcome without a look at former addresses": 20_000,
  "a welcome without a look at later editions": 20_000,
  "resend before the wait": 20_000,
  "an order believed by five matches alone": 60_000,
  "a rise after an edition that was not sent": 60_000,
  "evidence for batches that are closed alone": 20_000,
};

/** For rare mistakes, only stories that can show them are run; the others count as run. */
const rare: Partial<Record<Bug | Rule, (conditions: Conditions) => boolean>> = {
  "resend before the wait": ({ readers, ses }) => readers > 100 && ses.straggles > 0,
  "an order believed by five matches alone": ({ ses, events, readers, confirmations }) =>
    ses.mixed > 0 && ses.listing === "taken first" && events.delay[1] > 2_000 && readers > 6 && confirmations,
  "commit without condition": ({ twice }) => twice === 1,
  "evidence for batches that are closed alone": ({ ses, events }) => ses.mixed > 0 && events.bounce === 0.1,
  "a restored table taken for its own": ({ restore }) => restore,
  "no condition on the claim": ({ freeze }) => freeze > 0,
  "a frozen batch put twice": ({ network }) => network.repeat > 0,
  "each cohort frozen when it is due": ({ localTime }) => localTime,
  "one cohort alone looked at": ({ localTime }) => localTime,
  "a late joiner mailed at once": ({ localTime }) => localTime,
  "a cohort sent an hour early": ({ localTime }) => localTime,
  "a welcome without a look at former addresses": ({ subscribing, readerActions }) =>
    subscribing > 0 && readerActions > 0,
  "a welcome without a look at later editions": ({ subscribing, editions, freeze, network, localTime }) =>
    subscribing > 0 && editions > 1 && freeze === 0 && network.hang === 0 && !localTime,
  "a limit that starts again with each edition": ({ imported }) => imported > 0,
  "an admitted reader put into two batches": ({ imported }) => imported > 0,
  "a limit that rises with each try": ({ imported }) => imported > 0,
  "a rise despite bounces": ({ imported, events }) => imported > 0 && events.bounce > 0,
  "a rise after an edition that was not sent": ({ imported, late }) => imported > 0 && late === 0.4,
};

/** The first seed whose story shows one of the breaches, within so many editions. */
async function noticed(
  symptoms: readonly Breach[],
  { bug, rule }: { bug?: Bug; rule?: Rule },
): Promise<number | undefined> {
  const mistake = bug ?? rule;
  const most = (mistake && MOST_OF[mistake]) ?? MOST;
  let editions = 0;
  for (let seed = 1; editions < most; seed++) {
    const conditions = conditionsOf(seed);
    editions += editionsOf(conditions);
    if (mistake && rare[mistake]?.(conditions) === false) continue;
    const findings = broken(await runStory({ seed, conditions, ...(bug ? { bug } : {}) }));
    if (findings.some(({ is }) => symptoms.includes(is))) return seed;
  }
  return undefined;
}

describe("a planted mistake is noticed", () => {
  test.each<[Bug, readonly Breach[]]>([
    ["record before the call", ["untrue"]],
    ["let the SDK retry", ["doubled"]],
    ["no condition on the claim", ["doubled", "untrue"]],
    ["gate before signing", ["too fast", "doubled"]],
    ["resend before the wait", ["doubled"]],
    ["mixed results trusted by order", ["untrue", "doubled"]],
    ["an empty page taken as the end", ["lost"]],
    ["UnprocessedKeys taken as erased", ["lost"]],
    ["commit without condition", ["lost", "doubled"]],
    ["a kick lost to a dying run", ["stuck"]],
    ["a restored table taken for its own", ["doubled"]],
    ["a frozen batch put twice", ["untrue", "doubled"]],
    ["late evidence dropped", ["evidence ignored"]],
    ["an approved edition found by its date alone", ["stuck"]],
    ["status as it was frozen", ["mailed after leaving"]],
    ["a pause not looked at", ["mailed after leaving"]],
    ["only the last address looked at", ["doubled"]],
    ["a welcome put twice", ["doubled"]],
    ["a welcome without a look at former addresses", ["doubled"]],
    ["a welcome without a look at later editions", ["unwanted"]],
    ["each cohort frozen when it is due", ["doubled"]],
    ["one cohort alone looked at", ["doubled"]],
    ["a late joiner mailed at once", ["early"]],
    ["the first page of a span taken for all of it", ["lost"]],
    ["the first shard of a span taken for all of it", ["lost"]],
    ["an erased reader of a span mailed as last known", ["mailed after leaving"]],
    ["a moved reader of a span not followed", ["lost"]],
    ["a span read as it was a second ago", ["mailed after leaving"]],
    ["a limit that starts again with each edition", ["out of turn"]],
    ["an existing reader held back", ["lost"]],
    ["an admitted reader put into two batches", ["doubled"]],
    ["a limit that rises with each try", ["out of turn"]],
    ["a rise despite bounces", ["out of turn"]],
    ["a rise after an edition that was not sent", ["out of turn"]],
  ])("%s", { timeout: 120_000 }, async (bug, symptoms) => {
    expect(await noticed(symptoms, { bug })).toBeDefined();
  });

  test.each<[Rule, readonly Breach[]]>([
    ["silence as proof", ["doubled"]],
    ["quota by calendar day", ["over quota"]],
    ["calls counted instead of recipients", ["too fast"]],
    ["an order believed by five matches alone", ["untrue", "doubled"]],
    ["an order believed against an event", ["untrue", "doubled"]],
    ["a cohort sent an hour early", ["early"]],
    ["evidence for batches that are closed alone", ["evidence ignored"]],
  ])("%s", { timeout: 120_000 }, async (rule, symptoms) => {
    planted.rule = rule;
    try {
      expect(await noticed(symptoms, { rule })).toBeDefined();
    } finally {
      planted.rule = undefined;
    }
  });
});
