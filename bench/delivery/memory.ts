import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { groupCount, groupNames, shardsOf } from "#domain/delivery/pace/size.ts";
import { toInstant } from "#domain/time/instant.ts";
import { approvedAt } from "#tests/simulation/world/content.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { composeCall, key, readerAt, revision } from "./engine.ts";

/**
 * The memory that dispatch and send take, by the number of readers. The fake table stores nothing: it generates readers
 * and batches when they are read, and keeps one byte for each batch, so any growth is the engine's.
 */

/** Megabytes that the largest audience may take beyond the smallest. */
const mostGrowth = 50;
const sizes = [10_000, 100_000, 1_000_000] as const;
const BATCH = 50;
const LOOK_MS = 100;

/** The readers of each shard, in the order of their ids. */
function* readersIn(shard: number, readers: number): Generator<Subscriber> {
  const [from, to] = [shard, shard + 1].map((at) => Math.ceil((at * readers) / 256));
  for (let n = from ?? 0; n < (to ?? 0); n++) yield readerAt(n, readers);
}

const now = () => toInstant(Date.now());
const quiet = { info: () => undefined, warn: () => undefined, error: console.error };
let runs = 0;
const newRun = () => `run${++runs}`;

/** The editions, and the small parts of the ledger. */
async function table(state: "approved" | "sending", readers: number) {
  const store = deliveryStore();
  const [editions, ledger] = [memoryEditions(store), memoryLedger(store)];
  const groups = groupCount(readers);
  const frozen = { frozenAt: now(), groups, size: BATCH, frozen: readers };
  await editions.putRevision(key, revision);
  await editions.create({ ...approvedAt(key, now()), ...(state === "sending" ? { state, ...frozen } : {}) });
  return { editions, ledger, groups };
}

async function freezeAll(readers: number): Promise<void> {
  const { editions, ledger } = await table("approved", readers);
  let written = 0;
  const writeBatches = async (batches: readonly Batch[]) => {
    for (const batch of batches) written += batch.ids.length;
    await sleep(1);
  };
  const walkShard = async function* (_: string, shard: number) {
    yield* readersIn(shard, readers);
  };
  const subscribers = { count: async () => readers, anyActive: async () => true, walkShard };
  const ports = {
    editions,
    ledger: { ...ledger, writeBatches },
    subscribers,
    warmUps: memoryWarmUps(),
    newRun,
    now,
    log: quiet,
  };
  await dispatch(
    { ...ports, publish: async () => undefined, countUse: async () => undefined, kick: async () => undefined },
    key,
    1,
  );
  if (written !== readers) throw new Error(`${written} of ${readers} readers were frozen`);
}

async function sendAll(readers: number): Promise<void> {
  const { editions, ledger, groups } = await table("sending", readers);
  const due = toInstant(0);
  const made = createBatches(readers, groups, due);
  for (const group of groupNames(groups)) await ledger.commitGroup(key, made.commitOf(group));
  await ledger.point({ ...key, dueAt: due });
  let sent = 0;
  const getMany = async (_: string, ids: readonly string[]) =>
    new Map(ids.map((id) => [id, readerAt(Number.parseInt(id.slice(2), 16), readers)]));
  const subscribers = { getMany, getSpan: getMany };
  await send(
    {
      ...{ editions, subscribers, newRun, composeCall: composeCall, log: quiet },
      ledger: { ...ledger, batches: made.batches, batch: made.batch, saveBatch: made.saveBatch },
      clock: { now: Date.now, mono: () => performance.now(), sleep: (ms: number) => sleep(ms) },
      ses: {
        account: async () => ({ rate: 1_000_000, quota: null, sent24: 0 }),
        sendBulk: async ({ entries }, gate) => {
          if (gate() !== "go") return { is: "window" };
          await sleep(5);
          sent += entries.length;
          return { is: "results", results: entries.map(() => ({ status: "SUCCESS", messageId: "m", error: null })) };
        },
      },
      ...{ kick: async () => undefined, skew: () => 0, mustEnd: () => false },
    },
    DeliverySettings.parse({}),
  );
  if (sent !== readers) throw new Error(`${sent} of ${readers} readers were sent to`);
}

/** Batches that are generated when they are read; only whether each is done is kept. */
function createBatches(readers: number, groups: number, due: string) {
  const done = new Map<string, Set<string>>();
  const firstOf = (group: string) => Math.ceil(((shardsOf(group, groups)[0] ?? 0) * readers) / 256);
  const endOf = (group: string) => Math.ceil((((shardsOf(group, groups).at(-1) ?? 0) + 1) * readers) / 256);
  const idsFrom = (n: number, end: number) =>
    Array.from({ length: Math.min(BATCH, end - n) }, (_, at) => readerAt(n + at, readers).id);
  const make = (group: string, n: number): Batch => {
    const ids = idsFrom(n, endOf(group));
    const first = ids[0] ?? "";
    const fresh = freshBatch({ ...key, group, run: "r", due, first }, ids);
    return done.get(group)?.has(first)
      ? { ...fresh, state: "done", attempts: 1, outcomes: ids.map(() => "accepted") }
      : fresh;
  };
  const ofGroup = (group: string): Batch[] => {
    const all: Batch[] = [];
    for (let n = firstOf(group); n < endOf(group); n += BATCH) all.push(make(group, n));
    return all;
  };
  return {
    commitOf: (group: string): GroupCommit => ({
      ...{ group, run: "r", batches: Math.ceil((endOf(group) - firstOf(group)) / BATCH) },
      ...{ readers: endOf(group) - firstOf(group), committedAt: due, startedAt: null, closedAt: null, counts: null },
    }),
    batches: async (_: unknown, group: string) => ofGroup(group),
    batch: async ({ group, first }: BatchKey) => make(group, Number.parseInt(first.slice(2), 16)),
    saveBatch: async ({ key: { group, first }, state }: Batch) => {
      if (state === "done") done.set(group, (done.get(group) ?? new Set()).add(first));
      return true;
    },
  };
}

/** The peak of live memory in megabytes, measured repeatedly after a garbage collection. */
async function mostLive(work: Promise<void>): Promise<number> {
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  let most = 0;
  while (!over) {
    await sleep(LOOK_MS);
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    most = Math.max(most, (heapUsed + external) / 1_048_576);
  }
  await done;
  return most;
}

type Part = "dispatch" | "send";
type MemoryFigures = { part: Part; readers: number; megabytes: number };

/** The peak memory of a separate process. */
function memoryOf(part: Part, readers: number): MemoryFigures {
  const file = fileURLToPath(import.meta.url);
  const text = execFileSync(process.execPath, ["--expose-gc", file, part, String(readers)], {
    encoding: "utf8",
  });
  return { part, readers, megabytes: Number(text) };
}

export function reportMemory(): boolean {
  let good = true;
  console.log(`Memory from ${sizes[0]} to ${sizes.at(-1)} readers: at most ${mostGrowth} MB more`);
  for (const part of ["dispatch", "send"] as const) {
    const figures = sizes.map((readers) => memoryOf(part, readers).megabytes);
    const growth = Math.max(...figures) - (figures[0] ?? 0);
    good &&= growth <= mostGrowth;
    const cells = figures.map((megabytes) => `${megabytes.toFixed(0)} MB`).join(", ");
    console.log(`  ${part.padEnd(9)} ${cells}: ${growth.toFixed(0)} MB more${growth > mostGrowth ? "  MISSED" : ""}`);
  }
  return good;
}

if (import.meta.main) {
  const [part, readers] = process.argv.slice(2);
  if (part === undefined) process.exitCode = reportMemory() ? 0 : 1;
  else {
    console.log(await mostLive((part === "dispatch" ? freezeAll : sendAll)(Number(readers))));
  }
}
