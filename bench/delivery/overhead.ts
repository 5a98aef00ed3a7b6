import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sesBulk } from "#adapters/ses/bulk.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { composeCall, engineOver, readersOf, revision } from "./engine.ts";

/** The least that the whole engine's recipients a second may be, as a share of the client's alone. */
const leastRatio = 0.8;

const RATE = 1_000_000;
const ANSWERS_AFTER_MS = 60;
/** As many as the sender has in flight. */
const AT_ONCE = 64;
/** Readers of a first run that does not count. */
const WARM_UP = 10_000;

type OverheadFigures = { engine: number; bare: number; ratio: number; engineCpu: number; bareCpu: number };
type Run = { seconds: number; cpu: number };

/**
 * Medians of several runs, in turns, and the median of the pairs' ratios. Client, content, calls and simulator are the
 * same.
 */
async function overheadFigures(readers = 20_000, runs = 7): Promise<OverheadFigures> {
  const ses = await startBareSes();
  try {
    const engines: Run[] = [];
    const bares: Run[] = [];
    // Warms up the compiler, because the first run is slower.
    await bareLoop(ses.url, WARM_UP);
    await wholeEngine(ses.url, WARM_UP);
    for (let run = 0; run < runs; run++) {
      bares.push(await bareLoop(ses.url, readers));
      engines.push(await wholeEngine(ses.url, readers));
    }
    const [engine, bare] = [median(engines), median(bares)];
    const ratios = engines.map((run, at) => (bares[at]?.seconds ?? Number.NaN) / run.seconds);
    return {
      engine: readers / engine.seconds,
      bare: readers / bare.seconds,
      ratio: ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN,
      engineCpu: engine.cpu,
      bareCpu: bare.cpu,
    };
  } finally {
    ses.stop();
  }
}

async function startBareSes(): Promise<{ url: string; stop: () => void }> {
  const file = fileURLToPath(new URL("./bare-ses.ts", import.meta.url));
  const child = fork(file, [String(ANSWERS_AFTER_MS)], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  if (!child.stdout) throw new Error("the stand-in for SES has no output");
  const [line] = await once(child.stdout, "data");
  return { url: String(line).trim(), stop: () => child.disconnect() };
}

/** Measured from the first departure, because taking the lease waits a second for the previous sender. */
async function wholeEngine(url: string, readers: number): Promise<Run> {
  const engine = await engineOver(url, readersOf(readers), RATE);
  const { sendBulk } = engine.ports.ses;
  let run: (() => Run) | undefined;
  const watched: typeof sendBulk = (call, gate) => {
    run ??= measure(readers);
    return sendBulk(call, gate);
  };
  await send({ ...engine.ports, ses: { ...engine.ports.ses, sendBulk: watched } }, engine.settings);
  engine.close();
  if (!run) throw new Error("nothing was sent");
  return run();
}

/** The calls alone: nothing is claimed, read, paced or recorded. */
async function bareLoop(url: string, readers: number): Promise<Run> {
  const engine = await engineOver(url, readersOf(readers), RATE);
  const call = sesBulk(engine.client, "broadsheet", 20);
  const batches = [...engine.store.batches.values()].flatMap((ofEdition) => [...ofEdition.values()]);
  const subscribers = await engine.ports.subscribers.getMany(
    "daily",
    batches.flatMap(({ ids }) => ids),
    false,
  );
  const callReaders = (batch: Batch) =>
    batch.ids.flatMap((id, position) => {
      const subscriber = subscribers.get(id);
      return subscriber ? [{ key: batch.key, attempt: 1, position, subscriber }] : [];
    });
  const edition = await engine.ports.editions.get({ newsletter: "daily", date: "2026-11-23" });
  if (!edition) throw new Error("there is no edition");
  const run = measure(readers);
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

/** Starts a measurement. `cpu`: milliseconds of this process for each batch of 50. */
function measure(readers: number): () => Run {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - began) / 1_000, cpu: (user + system) / 1_000 / (readers / 50) };
  };
}

const median = (runs: readonly Run[]): Run =>
  runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)] ?? {
    seconds: Number.NaN,
    cpu: Number.NaN,
  };

export async function reportOverhead(): Promise<boolean> {
  const { engine, bare, ratio, engineCpu, bareCpu } = await overheadFigures();
  const line = (what: string, persecond: number, cpu: number) =>
    console.log(
      `  ${what.padEnd(24)} ${Math.round(persecond).toString().padStart(6)} recipients/s, ${cpu.toFixed(1)} ms CPU a batch`,
    );
  console.log(
    `Overhead of the engine: at least ${leastRatio} of the bare calls, SES answering in ${ANSWERS_AFTER_MS} ms`,
  );
  line("bare loop", bare, bareCpu);
  line("whole engine", engine, engineCpu);
  console.log(`  ratio                    ${ratio.toFixed(2)}${ratio < leastRatio ? "  MISSED" : ""}`);
  return ratio >= leastRatio;
}

if (import.meta.main) process.exitCode = (await reportOverhead()) ? 0 : 1;
