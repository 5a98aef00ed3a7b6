import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { defineConfig } from "#domain/config.ts";
import { costOf, prices } from "#domain/delivery/pace/prices.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { commands } from "#functions/command/contract.ts";
import { setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});

const ask = async (given: object) => {
  const outcome = await system.ask({ do: "cost", newsletter: "daily", ...given });
  return commands.cost.output.parse(z.object({ value: z.unknown() }).parse(outcome).value);
};

test("what an edition costs is the sum of its parts, SES's fee first", async () => {
  const cost = await ask({ readers: 1_000_000, rate: 200, plan: "none" });
  const { ses, rest } = costOf({ readers: 1_000_000, size: 50, rate: 200, confirmations: true, plan: "none" });
  expect(cost.dollars).toBeCloseTo(ses + rest, 9);
  expect(cost.parts[0]).toEqual({ what: "recipients", units: 1_000_000, dollars: 100 });
  expect(cost).toMatchObject({ size: 50, isRateKnown: true, prices: { date: prices.date, region: prices.region } });
});

test("it uses the newsletter's own readers and a new account's rate if nothing else is known", async () => {
  await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["a@example.org", "b@example.org"] });
  expect(await ask({})).toMatchObject({ readers: 2, rate: 14, size: 14, isRateKnown: false });
});

test("in local time an edition costs more reads", async () => {
  const { daily } = system.config.newsletters;
  const config = defineConfig({ newsletters: { daily: { ...daily, localTime: true } as typeof daily & object } });
  const request = { do: "cost", newsletter: "daily", readers: 1_000_000, rate: 200 };
  const local = z.object({ value: commands.cost.output }).parse(await system.ask(request, { config })).value;
  const together = await ask(request);
  expect([local.inLocalTime, together.inLocalTime]).toEqual([true, false]);
  expect(local.dollars - together.dollars).toBeCloseTo(0.12, 6);
});

test("smaller calls cost more writes", async () => {
  const writes = async (rate: number) =>
    (await ask({ readers: 100_000, rate })).parts.find(({ what }) => what === "writes");
  expect((await writes(14))?.units).toBeGreaterThan(2 * ((await writes(200))?.units ?? Number.NaN));
});

test.each([{ readers: -1 }, { rate: 0 }, { newsletter: "dayly" }])("%j is refused", async (given) => {
  expect(await system.ask({ do: "cost", newsletter: "daily", ...given })).toMatchObject({ ok: false });
});

test("SES's fee is by the account's plan, as SES named it; without that by a new account's", async () => {
  const fee = async (given: object) => {
    const { plan, isPlanKnown, parts } = await ask({ readers: 100_000, ...given });
    return { plan, isPlanKnown, dollars: parts[0]?.dollars };
  };
  expect(await fee({})).toEqual({ plan: "essentials", isPlanKnown: false, dollars: 16 });
  const now = "2026-11-23T23:00:00.000Z";
  await system.ledger.takeSender({ ...takeSender(undefined, "s", now, 15), plan: "none" }, now);
  expect(await fee({})).toEqual({ plan: "none", isPlanKnown: true, dollars: 10 });
  expect(await fee({ plan: "pro" })).toEqual({ plan: "pro", isPlanKnown: true, dollars: 16 });
});

test("what EventBridge may charge in addition is given beside the sum, not in it", async () => {
  const { possibleDollars, dollars, parts } = await ask({ readers: 1_000_000, rate: 200 });
  expect(possibleDollars).toBeCloseTo(2, 9);
  expect(dollars).toBeCloseTo(
    parts.reduce((sum, part) => sum + part.dollars, 0),
    9,
  );
});
