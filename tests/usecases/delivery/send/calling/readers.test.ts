import { expect, test } from "vitest";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { groupNames } from "#domain/delivery/pace/size.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { Runs } from "#usecases/delivery/reader-place.ts";
import { readersToMail } from "#usecases/delivery/send/calling/readers.ts";
import { reader } from "../../../../testing/audience/subscriber.ts";

const due = toInstant(0);
const cohorts = [due, toInstant(3_600_000)].map((at) => ({ due: at, batches: 1, readers: 8 }));
const [group = ""] = groupNames(1);
const runs: Runs = new Map([[group, { run: "run", cohorts }]]);

test("eight readers who moved are looked for at once, and each is found at their place", async () => {
  const olds = Array.from({ length: 8 }, (_, n) => `a${n}`);
  const moved = olds.map((id) => reader({ id, status: "moved", movedTo: `b${id}` }));
  const news = olds.map((id) => reader({ id: `b${id}`, origin: id }));
  const all = new Map<string, Subscriber>([...moved, ...news].map((one) => [one.id, one]));
  const asked = Promise.withResolvers<void>();
  let reads = 0;
  const ports = {
    subscribers: {
      getMany: async (_: string, ids: readonly string[]) =>
        new Map(ids.flatMap((id) => (all.has(id) ? [[id, all.get(id) ?? reader()] as const] : []))),
      getSpan: async () => new Map<string, Subscriber>(),
    },
    ledger: {
      batch: async () => undefined,
      // No read ends before all have begun.
      async batchAround(
        key: { newsletter: string; date: string; due: string; group: string; run: string },
        id: string,
      ) {
        reads += 1;
        if (reads === olds.length * cohorts.length) asked.resolve();
        await asked.promise;
        return id === "ba3" && key.due === due ? freshBatch({ ...key, first: "ba3" }, ["ba3"]) : undefined;
      },
    },
  };
  const key = { newsletter: "daily", date: "2026-11-24", due, group, run: "run", first: "a0" };
  const found = await readersToMail(ports, freshBatch(key, olds), [...olds.keys()], { runs, frozenAt: due });
  // The fourth's new address has a place of its own in this edition.
  expect([...found].map(([position, { id }]) => [position, id])).toEqual(
    [0, 1, 2, 4, 5, 6, 7].map((position) => [position, `ba${position}`]),
  );
});
