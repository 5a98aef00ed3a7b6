import { expect, test } from "vitest";
import { costParts, possibleEventFee, sesFee } from "#domain/delivery/pace/prices.ts";

test.each([
  [0, 0],
  [1_000, 0.16],
  [10_000_000, 1_600],
  [11_000_000, 1_600 + 140],
  [50_000_000, 1_600 + 5_600],
  [60_000_000, 1_600 + 5_600 + 1_100],
])("Essentials asks for %i mails in a month $%d", (recipients, dollars) => {
  expect(sesFee(recipients, "essentials")).toBeCloseTo(dollars, 6);
});

test("without a plan each thousand costs ten cents, however many", () => {
  expect(sesFee(60_000_000, "none")).toBeCloseTo(6_000, 6);
});

test("an edition's fee is its part of a month with one a day", () => {
  const edition = { readers: 1_000_000, size: 50, rate: 200, confirmations: true, plan: "essentials" } as const;
  // 30 million a month: 10 at $0.16, 20 at $0.14.
  const [fee] = costParts(edition);
  expect(fee).toMatchObject({ what: "recipients", units: 1_000_000 });
  expect(fee?.dollars).toBeCloseTo((1_600 + 2_800) / 30, 6);
});

test("EventBridge's unknown fee is a dollar for a million events: Send and Delivery of each, or trouble alone", () => {
  expect(possibleEventFee({ readers: 1_000_000, confirmations: true })).toBeCloseTo(2, 6);
  expect(possibleEventFee({ readers: 1_000_000, confirmations: false })).toBeLessThan(0.02);
});

test("senders that a low rate has no share for don't run, but the one that does has their memory", () => {
  const edition = { readers: 14_000, size: 14, confirmations: false, plan: "none" } as const;
  const gigabyteSeconds = (rate: number, senders: number) =>
    costParts({ ...edition, rate, senders }).find(({ what }) => what === "gigabyte-seconds")?.units ?? 0;
  expect(gigabyteSeconds(14, 4) - gigabyteSeconds(14, 1)).toBeCloseTo(1_000 * (1.73 - 0.5), 6);
  expect(gigabyteSeconds(28, 4) - gigabyteSeconds(28, 1)).toBeCloseTo(500 * (2 * 1.73 - 0.5), 6);
});

test("each of four senders has the memory of a whole processor for as long as the edition takes", () => {
  const edition = { readers: 1_000_000, size: 50, rate: 20_000, confirmations: false, plan: "none" } as const;
  const gigabyteSeconds = (senders: number) =>
    costParts({ ...edition, senders }).find(({ what }) => what === "gigabyte-seconds")?.units ?? 0;
  expect(gigabyteSeconds(4) - gigabyteSeconds(1)).toBeCloseTo(50 * (4 * 1.73 - 0.5), 6);
  expect(gigabyteSeconds(1)).toBeCloseTo(50 * 0.5 + 7.5, 6);
});
