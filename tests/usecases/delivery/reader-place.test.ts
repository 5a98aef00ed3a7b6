import { expect, test } from "vitest";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { groupNames } from "#domain/delivery/pace/size.ts";
import { toInstant } from "#domain/time/instant.ts";
import { findPlace, type Runs } from "#usecases/delivery/reader-place.ts";

const frozenAt = toInstant(0);
const edition = { newsletter: "daily", date: "2026-11-24", frozenAt };
const cohorts = Array.from({ length: 30 }, (_, hour) => ({
  due: toInstant(hour * 3_600_000),
  batches: 1,
  readers: 50,
}));
const runs: Runs = new Map(groupNames(1).map((group) => [group, { run: "run", cohorts }]));

test("a reader is looked for in all cohorts in parallel, because a claimed batch waits for it", async () => {
  const asked = Promise.withResolvers<void>();
  let waiting = 0;
  const ledger = {
    // No read ends before all have begun.
    async batchAround({ due, ...key }: { due: string; newsletter: string; date: string; group: string; run: string }) {
      waiting += 1;
      if (waiting === cohorts.length) asked.resolve();
      await asked.promise;
      return due === cohorts[20]?.due ? freshBatch({ ...key, due, first: "a" }, ["a", "b"]) : undefined;
    },
  };
  expect((await findPlace(ledger, edition, runs, "b"))?.key.due).toBe(cohorts[20]?.due);
});
