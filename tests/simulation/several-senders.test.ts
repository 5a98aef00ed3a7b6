import { describe, expect, test } from "vitest";
import { ownAt } from "#domain/delivery/pace/quota.ts";
import { type Conditions, calm, conditionsOf } from "./conditions.ts";
import { runStory } from "./story.ts";
import { broken } from "./verdict/verdict.ts";
import type { PlannedCrash, World } from "./world/world.ts";

/** One thing at a time that happens while several senders share the rate. */
const several: Conditions = {
  ...calm,
  ...{ readers: 600, drift: 160_000 / 600, rates: [40], senders: [4], runSeconds: 60, resend: "ask" },
  ...{ confirmations: false, network: { ...calm.network, latency: [1, 120] } },
};
const SEEDS = Array.from({ length: 12 }, (_, at) => at + 1);

/** Recipients of the calls of senders other than the first, by their own counters. */
const departedFromOthers = ({ store, time }: World): number =>
  [...store.otherSenders.values()].reduce((sum, { hist }) => sum + ownAt(hist, time.now()), 0);
const statesOf = ({ store }: World) => [...store.editions.values()].map(({ state }) => state);
const acceptedOf = ({ ses }: World, group: RegExp) => ses.accepted.filter(({ batch }) => group.test(batch));

/** Runs the stories, each of which must keep the promise with several at work. */
async function worldsOf(conditions: Conditions, seeds = SEEDS): Promise<World[]> {
  const worlds: World[] = [];
  for (const seed of seeds) {
    const world = await runStory({ seed, conditions });
    expect(broken(world), `seed ${seed}`).toEqual([]);
    worlds.push(world);
  }
  expect(Math.max(...worlds.map(departedFromOthers))).toBeGreaterThan(0);
  return worlds;
}

test("four senders mail everyone once, in the time that the rate allows", { timeout: 60_000 }, async () => {
  for (const world of await worldsOf(several)) {
    expect([acceptedOf(world, /./).length, statesOf(world)]).toEqual([600, ["finished"]]);
    const times = world.ses.departures.map(({ at }) => at);
    // 15 s at the whole rate; the first sender is alone for about two.
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(21_000);
  }
});

test("when runs end and others begin, the senders go on sharing", { timeout: 60_000 }, async () => {
  const long = { ...several, readers: 2_400, drift: 160_000 / 2_400, runSeconds: 20 };
  for (const world of await worldsOf(long, SEEDS.slice(0, 4))) {
    const times = world.ses.departures.map(({ at }) => at);
    expect(departedFromOthers(world)).toBeGreaterThan(1_600);
    // A minute at the whole rate; each of three times, the first sender is alone for some seconds.
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(75_000);
  }
});

test("two runs of the same sender, started by each kick, have one lease", { timeout: 60_000 }, async () => {
  for (const world of await worldsOf({ ...several, kickDoubled: 1, skew: 2_000 })) {
    expect(statesOf(world)).toEqual(["finished"]);
    expect(world.started.send).toBeGreaterThanOrEqual(8);
  }
});

describe("the setting changes in the middle of an edition", () => {
  test.each([[[4, 1]], [[1, 4]], [[2, 8]], [[8, 3]]])("%j", { timeout: 120_000 }, async (senders) => {
    const changing = { ...several, senders, runSeconds: 20, skew: 2_000, terminated: 0.3 };
    for (const world of await worldsOf(
      { ...changing, rates: [80], readers: 3_000, drift: 160_000 / 3_000 },
      SEEDS.slice(0, 6),
    )) {
      expect([acceptedOf(world, /./).length, statesOf(world)]).toEqual([3_000, ["finished"]]);
    }
  });
});

test("SES lowers and raises its rate", { timeout: 60_000 }, async () => {
  await worldsOf({ ...several, rates: [80, 20], readers: 1_500, drift: 160_000 / 1_500 });
  await worldsOf({ ...several, rates: [40, 200], readers: 1_500, drift: 160_000 / 1_500 });
});

test("an edition is paused and resumed, and all of them go on", { timeout: 60_000 }, async () => {
  for (const world of await worldsOf({ ...several, pause: 1, readers: 1_200, drift: 160_000 / 1_200 })) {
    expect([acceptedOf(world, /./).length, statesOf(world)]).toEqual([1_200, ["finished"]]);
  }
});

test("an edition is cancelled, and none of them sends on", { timeout: 60_000 }, async () => {
  const worlds = await worldsOf({ ...several, cancel: 1, readers: 1_200, drift: 160_000 / 1_200 });
  const cancelled = worlds.filter((world) => statesOf(world)[0] === "cancelled");
  expect(cancelled.some(({ ses }) => ses.departures.length > 0 && ses.accepted.length < 1_200)).toBe(true);
});

test("readers who confirm meanwhile are welcomed by the first sender", { timeout: 60_000 }, async () => {
  const worlds = await worldsOf({ ...several, editions: 3, apartHours: 0.05, subscribing: 10 });
  const during = worlds.flatMap((world) => {
    const of = (date: string) => world.ses.departures.filter(({ batch }) => batch.includes(date)).map(({ at }) => at);
    const [from, to] = [Math.min(...of("2026-11-25")), Math.max(...of("2026-11-25"))];
    return world.ses.departures.filter(({ batch, at }) => / welcome /.test(batch) && at > from - 120_000 && at < to);
  });
  expect(during.length).toBeGreaterThan(0);
});

/** The first sender ended while others had calls under way; another one waited for its first slot without a share. */
test.each([200_623, 200_674, 205_403, 206_246])("seed %i, which was stuck", { timeout: 60_000 }, async (seed) => {
  expect(broken(await runStory({ seed, conditions: conditionsOf(seed, true) }))).toEqual([]);
});

describe("a sender that dies at any of its requests", () => {
  /** The second and the third run belong to other senders than the first. */
  const small: Conditions = { ...several, readers: 80, rates: [30], senders: [3], drift: 60_000 / 80, watchMinutes: 1 };

  test.each([1, 2, 3])("run %i", { timeout: 240_000 }, async (nth) => {
    const died = new Set<string>();
    for (let at = 1; at < 400; at++) {
      const crash: PlannedCrash = { of: "send", nth, death: { at, after: at % 2 === 0 } };
      const world = await runStory({ seed: 1, conditions: small, plannedCrashes: [crash] });
      expect(broken(world), `dead at request ${at}, ${world.deaths[0]}`).toEqual([]);
      if (world.deaths[0] === "" || world.deaths[0] === undefined) break;
      died.add(world.deaths[0]);
    }
    expect([...died]).toEqual(expect.arrayContaining(["ledger.senders", "ledger.keepSender", "ses.sendBulk"]));
  });
});
