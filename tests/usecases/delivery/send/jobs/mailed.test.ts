import { expect, test } from "vitest";
import { type Sender, takeSender } from "#domain/delivery/pace/sender.ts";
import { toInstant } from "#domain/time/instant.ts";
import { createMailedTotals } from "#usecases/delivery/send/jobs/mailed.ts";

const key = { newsletter: "daily", date: "2026-11-23" };
const other = (index: number, holder: string, accepted: number, refused = 0): Sender => ({
  ...takeSender(undefined, holder, toInstant(0), 15, index),
  mailed: [{ ...key, accepted, refused }],
});

test("what others mailed is added once, however often it is read, and a new run counts from zero", () => {
  const totals = createMailedTotals();
  totals.see([takeSender(undefined, "first", toInstant(0), 15), other(1, "a", 10, 1), other(2, "b", 5)]);
  totals.see([other(1, "a", 10, 1), other(2, "b", 5)]);
  expect(totals.byOthers(key)).toEqual({ accepted: 15, refused: 1 });
  totals.see([other(1, "a", 40, 1), other(2, "c", 3)]);
  expect(totals.byOthers(key)).toEqual({ accepted: 48, refused: 1 });
  expect(totals.byOthers({ ...key, date: "2026-11-24" })).toEqual({ accepted: 0, refused: 0 });
  expect(totals.own()).toEqual([]);
});

test("what this run mailed is added up for each edition", () => {
  const totals = createMailedTotals();
  totals.addOwn(key, { accepted: 3, refused: 0 });
  totals.addOwn(key, { accepted: -1, refused: 1 });
  expect(totals.own()).toEqual([{ ...key, accepted: 2, refused: 1 }]);
  expect(totals.byOthers(key)).toEqual({ accepted: 0, refused: 0 });
});
