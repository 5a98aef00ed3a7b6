import { describe, expect, test } from "vitest";
import { type Conditions, calm, conditionsOf, editionsOf } from "./conditions.ts";
import { isOver, runStory } from "./story.ts";
import { runSeed } from "./tally.ts";
import { broken } from "./verdict/verdict.ts";
import type { World } from "./world/world.ts";

/** The number of editions in each test run; `npm run simulate` runs more. */
const EDITIONS = 2_000;
const PARTS = 4;

/** The seeds of one part of the stories. */
function seedsOf(part: number): number[] {
  const seeds: number[] = [];
  let editions = 0;
  for (let seed = part + 1; editions < EDITIONS / PARTS; seed += PARTS) {
    seeds.push(seed);
    editions += editionsOf(conditionsOf(seed));
  }
  return seeds;
}

describe("the promise holds, whatever goes wrong", () => {
  test.each(Array.from({ length: PARTS }, (_, part) => part))(
    "part %d",
    async (part) => {
      for (const seed of seedsOf(part)) {
        const { findings } = await runSeed(seed);
        expect(findings, `seed ${seed}; see: npm run simulate -- --seed ${seed}`).toEqual([]);
      }
    },
    120_000,
  );
});

test("the same seed tells the same story, and another one another", async () => {
  const digests = [];
  for (const seed of [21, 22, 21, 22]) digests.push((await runSeed(seed)).digest);
  expect(digests.slice(0, 2)).toEqual(digests.slice(2));
  expect(new Set(digests).size).toBe(2);
});

test("a story ends when no call is open, also of a halted edition", async () => {
  const world = await runStory({ seed: 1, conditions: calm });
  const [edition] = world.store.editions.values();
  const [batch] = [...world.store.batches.values()].flatMap((ofEdition) => [...ofEdition.values()]);
  if (!edition || !batch) throw new Error("nothing was sent");
  const over = async (state: "held" | "halted" | "cancelled", batchState: "calling" | "done") => {
    await world.editions.update(edition, { state, reason: "bounces" }, { state: [stateOf(world)] });
    await world.ledger.saveBatch(
      { ...batch, state: batchState },
      { attempts: batch.attempts, states: ["calling", "done"] },
    );
    return isOver(world);
  };
  for (const state of ["held", "halted", "cancelled"] as const) {
    expect([await over(state, "calling"), await over(state, "done")], state).toEqual([false, true]);
  }
});

test("a story does not end while an event waits on its queue", async () => {
  const world = await runStory({ seed: 1, conditions: calm });
  expect(isOver(world)).toBe(true);
  world.events.queue.push({ id: "late", body: "{}", received: 0 });
  expect(isOver(world)).toBe(false);
});

const stateOf = ({ store }: World) => [...store.editions.values()][0]?.state ?? "finished";

test("a story whose quota is short ends when the sender sleeps, not while it is just awake or a kick is lost", async () => {
  const scarce: Conditions = {
    ...calm,
    editions: 3,
    quota: 8,
    laterQuota: 8,
    watchMinutes: 5,
    terminated: 1,
    kickLost: 0.9,
  };
  for (let seed = 1; seed <= 12; seed++)
    expect(broken(await runStory({ seed, conditions: scarce })), `${seed}`).toEqual([]);
});
