import { expect, test } from "vitest";
import { type Conditions, calm } from "./conditions.ts";
import { runStory } from "./story.ts";
import { broken } from "./verdict/verdict.ts";
import type { Kind, PlannedCrash, World } from "./world/world.ts";

/** One small edition of two groups. Its processes are killed before and after each request they make. */
const small: Conditions = { ...calm, readers: 5, rates: [3], drift: 2_500 };

/** Runs the story repeatedly and kills one process a request later each time, until the process survives. */
async function* crashesAtEachRequest(
  crash: Pick<PlannedCrash, "of" | "nth">,
  others: readonly PlannedCrash[] = [],
  conditions = small,
) {
  for (const after of [false, true]) {
    for (let at = 1; ; at++) {
      const plannedCrashes = [{ ...crash, death: { at, after } }, ...others];
      const world = await runStory({ seed: 1, conditions: conditions, plannedCrashes: plannedCrashes });
      const [died] = world.deaths;
      if (died === "" || died === undefined) break;
      yield { world, died, where: `${crash.of} ${crash.nth} dead ${after ? "after" : "at"} request ${at}, ${died}` };
    }
  }
}

/** The number of readers without an outcome; unknown counts as one. */
function undecided({ store }: World): number {
  const batches = [...store.batches.values()].flatMap((ofEdition) => [...ofEdition.values()]);
  return batches.filter(({ state }) => state === "unknown" || state === "held").length;
}

/** Kills every run of one kind, one after another, in a story in which a sender died after SES accepted its call. */
async function* everyDeath(of: Kind, others: readonly PlannedCrash[]) {
  const { started } = await runStory({ seed: 1, conditions: small, plannedCrashes: others });
  for (let nth = 1; nth <= started[of]; nth++) yield* crashesAtEachRequest({ of, nth }, others);
}

const statesOf = ({ store }: World) => [...store.editions.values()].map(({ state }) => state);

test.each<[Kind, readonly string[]]>([
  ["dispatch", ["subscribers.walkShard", "ledger.writeBatches", "ledger.commitGroup", "editions.update", "kick"]],
  ["send", ["ses.sendBulk", "ledger.saveBatch", "ledger.takeSender", "ledger.closeGroup", "editions.update"]],
])("a %s that dies anywhere costs at most an answer", { timeout: 60_000 }, async (of, expected) => {
  const names = new Set<string>();
  let unknown = 0;
  for await (const { world, died, where } of crashesAtEachRequest({ of, nth: 1 })) {
    names.add(died);
    expect(broken(world), where).toEqual([]);
    const open = undecided(world);
    if (open === 0) expect([world.ses.accepted.length, statesOf(world)], where).toEqual([5, ["finished"]]);
    unknown += open;
  }
  expect([...names]).toEqual(expect.arrayContaining([...expected]));
  // A process that dies between a claim and its record leaves an unknown delivery; a freeze leaves none.
  if (of === "send") expect(unknown).toBeGreaterThan(2);
  else expect(unknown).toBe(0);
});

/** The first sender's call to SES, after which it makes no other request. */
async function lastHeardOf(): Promise<PlannedCrash> {
  for await (const { world, died } of crashesAtEachRequest({ of: "send", nth: 1 })) {
    const [crash] = world.plannedCrashes;
    if (died === "ses.sendBulk" && crash?.death.after) return crash;
  }
  throw new Error("no sender ever called SES");
}

test.each<[Kind, readonly string[]]>([
  ["watch", ["ledger.saveBatch", "ledger.closeGroup", "editions.update", "ledger.unpoint", "kick"]],
  ["feedback", ["ledger.batch", "ledger.addSeen"]],
])("a %s that dies anywhere is made up for by the next", { timeout: 120_000 }, async (of, expected) => {
  const names = new Set<string>();
  for await (const { world, died, where } of everyDeath(of, [await lastHeardOf()])) {
    names.add(died);
    expect(broken(world), where).toEqual([]);
    // Events prove what SES accepted from the sender that died.
    expect([world.ses.accepted.length, statesOf(world)], where).toEqual([5, ["finished"]]);
  }
  expect([...names]).toEqual(expect.arrayContaining([...expected]));
});
