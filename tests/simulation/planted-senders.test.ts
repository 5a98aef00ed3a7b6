import { expect, test, vi } from "vitest";
import type * as Shares from "#domain/delivery/pace/shares.ts";
import { type Conditions, calm } from "./conditions.ts";
import { runStory } from "./story.ts";
import { type Breach, broken } from "./verdict/verdict.ts";
import type { Bug } from "./world/world.ts";

/** Mistakes of several senders: each must break the promise. */
type Rule =
  | "a share of fewer senders than there are"
  | "another division while one is in force"
  | "the whole rate while shares are in force"
  | "a share used after its end"
  | "shares whatever the quota leaves";
const planted = vi.hoisted((): { rule: Rule | undefined } => ({ rule: undefined }));

vi.mock("#domain/delivery/pace/shares.ts", async (original) => {
  const real = await original<typeof Shares>();
  const is = (rule: Rule) => planted.rule === rule;
  const nextShares: typeof real.nextShares = (before, senders, means, now) => {
    const known = is("another division while one is in force") && before?.senders !== senders ? undefined : before;
    const shares = real.nextShares(known, senders, means, now);
    if (!shares || !is("a share of fewer senders than there are")) return shares;
    return { ...shares, rate: means.rate / (shares.senders - 1) };
  };
  const divisorAt: typeof real.divisorAt = (shares, rate, now) =>
    is("the whole rate while shares are in force") ? 1 : real.divisorAt(shares, rate, now);
  const isShareUsable: typeof real.isShareUsable = (...args) =>
    is("a share used after its end") || real.isShareUsable(...args);
  const sendersFor: typeof real.sendersFor = (most, means) =>
    real.sendersFor(
      most,
      is("shares whatever the quota leaves") ? { ...means, free: Number.POSITIVE_INFINITY } : means,
    );
  return { ...real, nextShares, divisorAt, isShareUsable, sendersFor };
});

/** Four senders at 40 recipients a second, some groups for each, and nothing else that fails. */
const several: Conditions = {
  ...calm,
  ...{
    readers: 600,
    drift: 160_000 / 600,
    rates: [40],
    known: false,
    senders: [4],
    runSeconds: 60,
    resend: "ask",
    confirmations: false,
  },
};
/** Processes die, and clocks differ. */
const unsteady: Conditions = {
  ...several,
  crash: 0.5,
  skew: 2_000,
  network: { ...several.network, latency: [1, 300] },
};

const STORIES = 60;

/** The first seed whose story shows the breach. */
async function noticed(is: Breach, conditions: Conditions, bug?: Bug): Promise<number | undefined> {
  for (let seed = 1; seed <= STORIES; seed++) {
    const findings = broken(await runStory({ seed, conditions, ...(bug ? { bug } : {}) }));
    if (findings.some((finding) => finding.is === is)) return seed;
  }
  return undefined;
}

test("without a mistake, nothing is noticed", { timeout: 120_000 }, async () => {
  for (const conditions of [several, unsteady]) {
    for (let seed = 1; seed <= 10; seed++) expect(broken(await runStory({ seed, conditions }))).toEqual([]);
  }
});

test("two senders with the same share", { timeout: 120_000 }, async () => {
  const conditions = { ...unsteady, kickDoubled: 0.6 };
  expect(await noticed("too fast", conditions, "two senders with the same share")).toBeDefined();
});

/** Runs end one by one, and the setting changes meanwhile. */
const changing: Conditions = { ...several, readers: 1_600, terminated: 0.6, skew: 2_000 };

test.each<[Rule, Breach, Conditions]>([
  ["a share of fewer senders than there are", "too fast", several],
  ["another division while one is in force", "too fast", { ...changing, senders: [4, 2] }],
  ["the whole rate while shares are in force", "too fast", several],
  ["a share used after its end", "too fast", { ...changing, senders: [4, 1] }],
  [
    "shares whatever the quota leaves",
    "over quota",
    { ...several, readers: 250, editions: 2, quota: 300, laterQuota: 300 },
  ],
])("%s", { timeout: 120_000 }, async (rule, breach, conditions) => {
  planted.rule = rule;
  try {
    expect(await noticed(breach, conditions)).toBeDefined();
  } finally {
    planted.rule = undefined;
  }
});
