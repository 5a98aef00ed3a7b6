import { expect, test } from "vitest";
import { type Conditions, calm } from "./conditions.ts";
import { runStory } from "./story.ts";
import { broken } from "./verdict.ts";
import type { Kind, PlannedCrash, World } from "./world.ts";

/** One small edition of two groups, whose processes are ended before and after each thing they ever ask for. */
const small: Conditions = { ...calm, readers: 5, rates: [3], drift: 2_500 };

/** Tells the story again and again, with the death of one process a request later each time, until it comes through. */
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

/** No reader is forgotten: each has an outcome, or it is unknown. */
function undecided({ store }: World): number {
  const batches = [...store.batches.values()].flatMap((ofEdition) => [...ofEdition.values()]);
  return batches.filter(({ state }) => state === "unknown" || state === "held").length;
}

/** Ends every run of one kind, one after the other, in a story in which a sender died after SES had its call. */
async function* everyDeath(of: Kind, others: readonly PlannedCrash[]) {
  const { started } = await runStory({ seed: 1, conditions: small, plannedCrashes: others });
  for (let nth = 1; nth <= started[of]; nth++) yield* crashesAtEachRequest({ of, nth }, others);
}

const statesOf = ({ store }: World) => [...store.editions.values()].map(({ state }) => state);

test.each<[Kind, readonly string[]]>([
  ["dispatch", ["subscribers.walkShard", "ledger.writeBatches", "ledger.commitGroup", "editions.update", "kick"]],
  ["send", ["ses.sendBulk", "ledger.saveBatch", "ledger.takeSender", "ledger.closeGroup", "ledger.unpoint"]],
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

/** The request at which the first sender calls SES, after which nothing of it is heard any more. */
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
    // What SES took of the sender that died was seen.
    expect([world.ses.accepted.length, statesOf(world)], where).toEqual([5, ["finished"]]);
  }
  expect([...names]).toEqual(expect.arrayContaining([...expected]));
});
