import { editionName } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { Config } from "#domain/config.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { toInstant } from "#domain/time/instant.ts";
import { takeRanks } from "#usecases/audience/operate/warm-up.ts";
import type { Ledger } from "#usecases/ports/ledger.ts";
import type { People } from "./people.ts";
import { type Process, through } from "./process.ts";
import { inProcess, type World } from "./world.ts";

/** Large imports, and the mistakes that can be planted in how editions admit their readers. */

export const FACTOR = 1.5;

/** A large import in parts. A part whose process dies is imported again, with new ranks. */
export async function importQueue(world: World, people: People): Promise<void> {
  const { dice, time, conditions, pendingActs } = world;
  pendingActs.count += 1;
  for (let left = conditions.imported; left > 0; ) {
    const part = Math.min(left, dice.whole(3, 20));
    const rank = await inProcess(world, "command", (process) => ranksFor(world, process, people, part));
    if (rank === undefined) await time.sleep(1_000);
    else {
      for (let n = 0; n < part; n++) {
        people.join(rank + n);
        if (dice.chance(0.2)) await time.sleep(dice.between(1, 100));
      }
      left -= part;
    }
    if (dice.chance(0.1)) await time.sleep(dice.between(0, 60_000));
  }
  pendingActs.count -= 1;
}

function ranksFor(world: World, process: Process, people: People, newcomers: number): Promise<number | undefined> {
  const warmUp = { first: world.conditions.admittedFirst, part: 0, factor: FACTOR };
  const about = {
    title: "News",
    from: { name: "News", address: "editor@example.org" },
    postalAddress: "1 Street",
    warmUp,
  };
  return takeRanks(
    {
      config: Config.parse({ newsletters: { [people.newsletter]: about } }),
      subscribers: { count: async () => people.active() },
      warmUps: through(process, "warmUps", world.warmUps),
      now: () => toInstant(process.clock.now()),
    },
    people.newsletter,
    newcomers,
  );
}

/** Records when an edition's bounces and complaints were counted. */
export const countingAt =
  ({ editions, counted, time }: World): World["editions"]["addCounts"] =>
  async (key, counts) => {
    const { bounced = 0, complained = 0, rejected = 0 } = counts;
    counted.push({ edition: editionName(key), at: time.now(), failed: bounced + rejected, complained });
    return editions.addCounts(key, counts);
  };

/** Planted: dispatch sees no bounces, or takes every edition for sent, or every edition restarts the curve. */
export function carelessEditions({ editions, bug, conditions }: World): World["editions"] {
  const { list, counts, update } = editions;
  return {
    ...editions,
    list: async (newsletter, limit) => {
      const all = await list(newsletter, limit);
      if (bug === "a rise despite bounces")
        return all.map((one) => ({ ...one, bounced: 0, complained: 0, rejected: 0 }));
      if (bug !== "a limit that rises with each try") return all;
      return all.map((one) => (one.warmUp ? { ...one, warmUp: { ...one.warmUp, below: 1_000_000 } } : one));
    },
    counts: async (key) => {
      const counted = await counts(key);
      return bug === "a rise after an edition that was not sent" ? { ...counted, accepted: counted.audience } : counted;
    },
    update: async (key, change, only) => {
      const { warmUp } = change;
      const isAnew = bug === "a limit that starts again with each edition" && change.state === "freezing" && warmUp;
      const below = (warmUp?.from ?? 0) + conditions.admittedFirst;
      return update(key, isAnew ? { ...change, warmUp: { ...warmUp, below } } : change, only);
    },
  };
}

/** Planted: a reader with a rank is also put into a second batch. */
export function carelessLedger<L extends Pick<Ledger, "writeBatches">>({ bug, items }: World, ledger: L): L {
  const writeBatches: Ledger["writeBatches"] = async (batches) => {
    await ledger.writeBatches(batches);
    if (bug !== "an admitted reader put into two batches") return;
    for (const { key, ids } of batches) {
      const admitted = ids.find((id) => id !== key.first && items.get(`${key.newsletter}#${id}`)?.rank !== undefined);
      if (admitted) await ledger.writeBatches([freshBatch({ ...key, first: admitted }, [admitted])]);
    }
  };
  return { ...ledger, writeBatches };
}

/** Planted: the raised limit of an edition isn't stored. */
export function carelessWarmUps({ warmUps, bug }: World): World["warmUps"] {
  const get: World["warmUps"]["get"] = async (newsletter) => {
    const found = await warmUps.get(newsletter);
    return found && bug === "a limit that rises with each try" ? { ...found, raisedFor: null } : found;
  };
  return { ...warmUps, get };
}

/** Planted: readers who were never imported wait too. */
export const heldBack = ({ bug }: World, reader: Subscriber): Subscriber =>
  bug === "an existing reader held back" && reader.rank === undefined ? { ...reader, rank: 1_000_000 } : reader;
