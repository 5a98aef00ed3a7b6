import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sesBulk } from "#adapters/ses/bulk.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { composeCall, engineOver, key, readersOf, revision, type Stores } from "./engine.ts";

/** CPU: milliseconds of this process for each batch of 50. */
export type Run = { seconds: number; cpu: number };
/** `freeze`: microseconds a reader, before it. */
export type EngineRun = Run & { freeze: number };

const RATE = 1_000_000;
/** As many as the sender has in flight. */
const AT_ONCE = 64;

/** Starts a script of this folder in a process of its own, which prints its address. */
export async function startChild(script: string, ...args: string[]): Promise<{ url: string; stop: () => void }> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(file, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  if (!child.stdout) throw new Error(`${script} has no output`);
  const [line] = await once(child.stdout, "data");
  return { url: String(line).trim(), stop: () => child.disconnect() };
}

/** Measured from the first departure, because taking the lease waits a second for the previous sender. */
export async function wholeEngine(url: string, readers: readonly Subscriber[], stores?: Stores): Promise<EngineRun> {
  const engine = await engineOver(url, readers, RATE, stores);
  const { sendBulk } = engine.ports.ses;
  let run: (() => Run) | undefined;
  const watched: typeof sendBulk = (call, gate) => {
    run ??= measure(readers.length);
    return sendBulk(call, gate);
  };
  await send({ ...engine.ports, ses: { ...engine.ports.ses, sendBulk: watched } }, engine.settings);
  engine.close();
  if (!run) throw new Error("nothing was sent");
  return { ...run(), freeze: engine.freeze };
}

/** The calls alone: nothing is claimed, read, paced or recorded. */
export async function bareLoop(url: string, count: number): Promise<Run> {
  const readers = readersOf(count);
  const engine = await engineOver(url, readers, RATE);
  const { ledger, editions, subscribers } = engine.ports;
  const call = sesBulk(engine.client, "broadsheet", 20);
  const batches: Batch[] = [];
  for (const { group, run } of await ledger.groups(key)) batches.push(...(await ledger.batches(key, group, run)));
  const ids = batches.flatMap((batch) => batch.ids);
  const found = await subscribers.getMany(key.newsletter, ids, false);
  const callReaders = (batch: Batch) =>
    batch.ids.flatMap((id, position) => {
      const subscriber = found.get(id);
      return subscriber ? [{ key: batch.key, attempt: 1, position, subscriber }] : [];
    });
  const edition = await editions.get(key);
  if (!edition) throw new Error("there is no edition");
  const run = measure(count);
  const waiting = batches.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const batch of waiting) {
        const bulkCall = composeCall(edition, revision, callReaders(batch));
        if ("problem" in bulkCall) throw new Error(bulkCall.problem);
        const answer = await call(bulkCall, () => "go");
        if (answer.is !== "results") throw new Error(`the simulator answered ${answer.is}`);
      }
    }),
  );
  engine.close();
  return run();
}

function measure(readers: number): () => Run {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - began) / 1_000, cpu: (user + system) / 1_000 / (readers / 50) };
  };
}

export const medianBy = (runs: readonly Run[], by: keyof Run): Run =>
  runs.toSorted((a, b) => a[by] - b[by])[Math.floor(runs.length / 2)] ?? { seconds: Number.NaN, cpu: Number.NaN };
