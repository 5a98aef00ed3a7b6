import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { type DeliveryStore, deliveryStore } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { createDoneBatches } from "#usecases/delivery/feedback/done-batches.ts";
import type { Conditions } from "../conditions.ts";
import { createEvents } from "./events.ts";
import { createPeople, shardsFor } from "./people.ts";
import { type Death, type Process, startProcess } from "./process.ts";
import { createSes, type SesPlan } from "./ses.ts";
import { createDice, createTime, type Dice, type Time } from "./time.ts";

/** Mistakes that the simulation must notice. Each is planted in the ports; the use cases are unchanged. */
export type Bug =
  | "record before the call"
  | "let the SDK retry"
  | "no condition on the claim"
  | "gate before signing"
  | "resend before the wait"
  | "mixed results trusted by order"
  | "an empty page taken as the end"
  | "UnprocessedKeys taken as erased"
  | "commit without condition"
  | "a kick lost to a dying run"
  | "a restored table taken for its own"
  | "a frozen batch put twice"
  | "late evidence dropped"
  | "an approved edition found by its date alone"
  | "status as it was frozen"
  | "a pause not looked at"
  | "only the last address looked at"
  | "a welcome put twice"
  | "each cohort frozen when it is due"
  | "one cohort alone looked at"
  | "a late joiner mailed at once"
  | "a welcome without a look at former addresses"
  | "a welcome without a look at later editions"
  | "the first page of a span taken for all of it"
  | "the first shard of a span taken for all of it"
  | "an erased reader of a span mailed as last known"
  | "a moved reader of a span not followed"
  | "a span read as it was a second ago"
  | "a limit that starts again with each edition"
  | "an existing reader held back"
  | "an admitted reader put into two batches"
  | "a limit that rises with each try"
  | "a rise despite bounces"
  | "a rise after an edition that was not sent"
  | "two senders with the same share";

/** A planned death: of which kind of process, and of which one, counted from 1. */
export type PlannedCrash = { readonly of: Kind; readonly nth: number; readonly death: Death };
export type Kind = "dispatch" | "send" | "watch" | "feedback" | "command" | "requests";

export const start = Date.UTC(2026, 10, 23, 7);
export const MINUTE = 60_000;
/** When the quota changes. */
const QUOTA_HOLDS_MS = 5 * 3_600_000;
/** How long after its deadline Lambda kills a run. */
const KILLED_AFTER_MS = 2 * MINUTE;

/** Called at every request of every process. */
type Note = (at: number, who: string, what: string) => void;
export type Plan = {
  readonly seed: number;
  readonly conditions: Conditions;
  readonly bug?: Bug;
  readonly plannedCrashes?: readonly PlannedCrash[];
  readonly note?: Note;
};

/** Everything in one story. */
export type World = ReturnType<typeof createWorld>;

export function createWorld({ seed, conditions, bug, plannedCrashes = [], note }: Plan) {
  const dice = createDice(seed);
  const time = createTime(start);
  const store: DeliveryStore = deliveryStore();
  // The table is older than the story.
  store.birth.known = store.birth.now;
  const items = new Map<string, Subscriber>();
  const newsletters = ["daily", "weekly"].slice(0, conditions.newsletters);
  const ledger = memoryLedger(store);
  const events = createEvents(time, dice, conditions);
  return {
    ...{ seed, conditions, bug, plannedCrashes, note, dice, time, store, items, newsletters, ledger },
    settings: settingsOf(conditions, bug),
    senders: sendersPlan(seed, conditions),
    /** What the first sender knew of SES's rate when it stored shares, by these. */
    ratesDivided: new Map<string, number>(),
    ses: createSes(
      time,
      dice,
      sesPlan(dice, conditions, events.accepted, (what) => note?.(time.now(), "SES", what)),
    ),
    events,
    /** Editions that have a heartbeat. */
    heartbeats: new Set<string>(),
    people: new Map(
      newsletters.map((newsletter) => [
        newsletter,
        createPeople(time, dice, items, {
          newsletter,
          localTime: conditions.localTime,
          shards: shardsFor(conditions),
        }),
      ]),
    ),
    editions: memoryEditions(store),
    warmUps: memoryWarmUps(),
    /** When bounces and complaints of which edition were counted. */
    counted: [] as { edition: string; at: number; failed: number; complained: number }[],
    subscribers: memorySubscribers(items),
    keys: keysOf(newsletters, conditions),
    /** When each claim took effect, by batch and attempt. */
    claims: new Map<string, number>(),
    /** Positions of batches that a person chose to send again. */
    chosen: new Set<string>(),
    /** Positions that were resent automatically. */
    resent: new Set<string>(),
    /** Planted: the results of answers in their order, by batch and attempt. */
    inOrder: new Map<string, readonly boolean[]>(),
    kicks: { waiting: 0, running: 0 },
    /** When the table was restored, and from a backup of which time; undefined: it wasn't. */
    restored: { at: undefined as number | undefined, backupAt: undefined as number | undefined },
    /** The memory of feedback's warm processes. */
    warm: new Map<string, ReturnType<typeof createDoneBatches>>(),
    /** The number of planned actions of people. */
    pendingActs: { count: 0 },
    running: new Set<Process>(),
    started: { dispatch: 0, send: 0, watch: 0, feedback: 0, command: 0, requests: 0 },
    /** The request at which each planned crash happened, in the planned order; "": the process survived. */
    deaths: plannedCrashes.map(() => ""),
    errors: [] as string[],
  };
}

const settingsOf = (
  { resend, confirmations, share, runSeconds }: Conditions,
  bug: Bug | undefined,
): DeliverySettings => {
  const settle = bug === "resend before the wait" ? { settleSeconds: 60 } : {};
  return DeliverySettings.parse({ runSeconds, share, resend, confirmations, ...settle });
};

/** How many senders the deployment has at a time. */
function sendersPlan(seed: number, { senders: [first = 1, second = first] }: Conditions) {
  const changesAt = start + createDice(seed * 7 + 1).between(0, MINUTE);
  return { at: (now: number) => (now < changesAt ? first : second), most: Math.max(first, second) };
}

const keysOf = (newsletters: readonly string[], { editions }: Conditions): EditionKey[] =>
  newsletters.flatMap((newsletter) =>
    Array.from({ length: editions }, (_, day) => ({ newsletter, date: `2026-11-${23 + day}` })),
  );

function sesPlan(
  dice: Dice,
  { ses, rates, quota, laterQuota, foreign }: Conditions,
  heard: SesPlan["heard"],
  note: SesPlan["note"],
): SesPlan {
  const changesAt = start + dice.between(0, 2 * MINUTE);
  const [first = 1, second = first] = rates;
  const others = Array.from({ length: foreign > 0 ? 4 : 0 }, (_, n) => ({
    at: start + (n === 0 ? -3_600_000 : dice.between(0, 6 * 3_600_000)),
    n: Math.floor(foreign / 4),
  }));
  const quotaAt = (at: number) => (at < start + QUOTA_HOLDS_MS ? quota : laterQuota);
  const rateAt = (at: number) => (at < changesAt ? first : second);
  return { faults: ses, account: { rateAt, quotaAt, foreign: others }, heard, note };
}

/** One Lambda run, with its planned death if any. Undefined: it died or failed. */
export async function inProcess<T>(
  world: World,
  kind: Kind,
  work: (process: Process, isTerminated: () => boolean) => Promise<T>,
): Promise<T | undefined> {
  const { dice, time, conditions, running, started } = world;
  started[kind] += 1;
  const nth = started[kind];
  const death = deathOf(world, kind, nth);
  const skew = conditions.skew === 0 ? 0 : dice.between(-conditions.skew, conditions.skew);
  const who = `${kind} ${nth}`;
  const note = (what: string) => world.note?.(time.now(), who, what);
  const process = startProcess(time, dice, {
    network: conditions.network,
    skew,
    death,
    note,
    table: () => world.restored.at,
  });
  running.add(process);
  if (dice.chance(conditions.freeze)) {
    const milliseconds = dice.pick([3_000, 20_000, 60_000, 240_000, 1_800_000]);
    void after(time, dice.between(0, 15_000), () => process.freeze(milliseconds));
  }
  if (dice.chance(0.8)) void after(time, conditions.runSeconds * 1_000 + KILLED_AFTER_MS, process.crash);
  const terminatedAt = dice.chance(conditions.terminated)
    ? time.now() + dice.between(0, 15_000)
    : Number.POSITIVE_INFINITY;
  const worked = work(process, () => time.now() >= terminatedAt).catch((error: unknown) => {
    world.errors.push(`${kind}: ${String(error)}`);
    return undefined;
  });
  const result = await Promise.race([worked, process.died]);
  for (const [at, planned] of world.plannedCrashes.entries()) {
    if (planned.of === kind && planned.nth === nth) world.deaths[at] = process.diedAt();
  }
  process.crash();
  running.delete(process);
  return result;
}

function deathOf(world: World, kind: Kind, nth: number): Death | undefined {
  const planned = world.plannedCrashes.find((one) => one.of === kind && one.nth === nth);
  if (planned) return planned.death;
  const { dice, conditions } = world;
  if (!dice.chance(conditions.crash)) return undefined;
  return { at: dice.whole(1, dice.pick([6, 30, 120])), after: dice.chance(0.5) };
}

export async function after(time: Time, milliseconds: number, act: () => Promise<unknown> | unknown): Promise<void> {
  await time.sleep(milliseconds);
  await act();
}
