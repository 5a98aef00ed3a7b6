import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { costOf, prices } from "#domain/delivery/pace/prices.ts";
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
  const cost = await ask({ readers: 1_000_000, rate: 200 });
  const { ses, rest } = costOf(1_000_000, 50, 200, true);
  expect(cost.dollars).toBeCloseTo(ses + rest, 9);
  expect(cost.parts[0]).toEqual({ what: "recipients", units: 1_000_000, dollars: 100 });
  expect(cost).toMatchObject({ size: 50, isRateKnown: true, prices: { date: prices.date, region: prices.region } });
});

test("it is of the newsletter's own readers at a new account's rate where nothing else is known", async () => {
  await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["a@example.org", "b@example.org"] });
  expect(await ask({})).toMatchObject({ readers: 2, rate: 14, size: 14, isRateKnown: false });
});

test("smaller calls cost more writes", async () => {
  const writes = async (rate: number) =>
    (await ask({ readers: 100_000, rate })).parts.find(({ what }) => what === "writes");
  expect((await writes(14))?.units).toBeGreaterThan(2 * ((await writes(200))?.units ?? Number.NaN));
});

test.each([{ readers: -1 }, { rate: 0 }, { newsletter: "dayly" }])("%j is refused", async (given) => {
  expect(await system.ask({ do: "cost", newsletter: "daily", ...given })).toMatchObject({ ok: false });
});
