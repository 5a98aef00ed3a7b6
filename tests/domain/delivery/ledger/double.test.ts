import { expect, test } from "vitest";
import { type Double, isUnaccepted } from "#domain/delivery/ledger/double.ts";

const double: Double = {
  key: { newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: "2026-11-23T07:00:00.000Z", first: "a" },
  ...{ attempt: 2, positions: [3], noticedAt: "2026-11-23T08:00:00.000Z" },
};

test.each([
  ["no one has accepted any", undefined, true],
  ["those before it were accepted", "2026-11-23T07:59:59.999Z", true],
  ["it was accepted at the moment it was noticed", "2026-11-23T08:00:00.000Z", false],
  ["it was accepted later", "2026-11-24T08:00:00.000Z", false],
])("where %s, a double stops sending again, or not: %s", (_, at, stops) => {
  expect(isUnaccepted(double, at === undefined ? undefined : { at, by: "Ada" })).toBe(stops);
});
