import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { defineConfig } from "#domain/config.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { costOf } from "#domain/delivery/pace/prices.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { Plan } from "#domain/edition/timing/plan.ts";
import { setting } from "../../../testing/command-setting.ts";

const key = { newsletter: "daily", date: "2026-11-26" };
const READERS = 1_000_000;

let set: ReturnType<typeof setting>;
beforeEach(async () => {
  set = setting();
  await set.put(key.date);
  await set.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ada@example.com"] });
});

describe("the readers of a plan", () => {
  const counts = { ...noCounts, audience: 100, accepted: 60, held: 5, waiting: 32, failed: 3 };
  const readersOf = async (state: EditionState) => {
    const date = "2026-11-27";
    await set.put(date, state, "2026-11-23T20:00:00.000Z");
    await set.editions.update({ newsletter: "daily", date }, { frozen: 100, groups: 1 });
    const editions = { ...set.editions, counts: async () => counts };
    const answer = await set.ask({ do: "plan", newsletter: "daily", date }, { editions });
    return Plan.parse(z.object({ value: z.unknown() }).parse(answer).value).readers;
  };

  test.each(["sending", "paused", "held", "halted"] as const)(
    "of a half-sent one that is %s are those who wait, and are retried",
    async (state) => {
      expect(await readersOf(state)).toBe(35);
    },
  );

  test.each(["finished", "cancelled"] as const)("of one that is %s are its whole audience", async (state) => {
    expect(await readersOf(state)).toBe(100);
  });
});

describe("an edition in local time costs more reads", () => {
  const inLocalTime = (request: object, more: object = {}) => {
    const { daily } = set.config.newsletters;
    const config = defineConfig({ newsletters: { daily: { ...daily, localTime: true } as typeof daily & object } });
    return set.ask(request, { config, ...more });
  };
  const besides = async (given: object = {}) => {
    const subscribers = { ...set.subscribers, count: async () => READERS };
    const answer = await inLocalTime({ do: "plan", ...key, ...given }, { subscribers });
    return Plan.parse(z.object({ value: z.unknown() }).parse(answer).value).dollarsBesides;
  };
  const edition = { readers: READERS, size: 50, rate: 1, confirmations: true, plan: "essentials" } as const;
  const apart = costOf({ ...edition, inLocalTime: true }).rest;
  const together = costOf(edition).rest;

  test("before it is drafted and approved, by its newsletter", async () => {
    expect(apart - together).toBeCloseTo(0.12, 3);
    expect(await besides()).toBeCloseTo(apart, 6);
    expect(await besides({ date: "2026-11-27" })).toBeCloseTo(apart, 6);
  });

  test("once approved, as it was approved", async () => {
    expect(await inLocalTime({ do: "approve", ...key, by: "Eva" })).toMatchObject({ ok: true });
    expect(await besides()).toBeCloseTo(apart, 6);
    expect(await inLocalTime({ do: "schedule", ...key, at: "2026-11-26T09:00", by: "Eva" })).toMatchObject({
      ok: true,
    });
    expect(await besides()).toBeCloseTo(together, 6);
  });

  test("but not where a person sends it to all at once", async () => {
    expect(await besides({ now: true })).toBeCloseTo(together, 6);
    expect(await besides({ at: "09:00" })).toBeCloseTo(together, 6);
  });
});

test("a plan names the person who changed the edition last, also by the identity provider's subject", async () => {
  const by = { by: "Ann", byId: "subject-7" };
  const at = "2026-11-24T12:00:00.000Z";
  const decisions = async () => [{ do: "rewrite", story: null, subject: "Snow at last", n: 1, at, ...by } as const];
  const answer = await set.ask({ do: "plan", ...key }, { editions: { ...set.editions, decisions } });
  const { changedBy, changedById } = Plan.parse(z.object({ value: z.unknown() }).parse(answer).value);
  expect({ by: changedBy, byId: changedById }).toEqual(by);
});
