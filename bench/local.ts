import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import type { BulkCall } from "#domain/delivery/calls/call.ts";
import type { RenderedEmail } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { localAws } from "#local/aws.ts";
import { connectionOf, readSystem } from "#local/folder.ts";
import { type CommandCaller, commandCaller } from "#local/samples/bring.ts";
import { approvedAt } from "#tests/simulation/world/content.ts";
import { composeCall, key, readerAt, revision } from "./delivery/engine.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const Ready = z.object({
  inbox: z.url(),
  desk: z.url(),
  endpoints: z.object({ dynamodb: z.url(), lambda: z.url(), sesv2: z.url() }),
});
const profiled = new URL("./profiled.ts", import.meta.url).href;
const Samples = z.record(z.string(), z.number());
const Summary = z.object({ calls: z.number(), recipients: z.number(), first: z.string(), last: z.string() });

type Running = z.infer<typeof Ready> & {
  call: CommandCaller;
  /** CPU seconds of the system so far, of its main thread, and of V8's own threads; NaN if the operating system doesn't tell. */
  cpu(): number;
  mainCpu(): number;
  v8Cpu(): number;
  profile(wanted: "start" | "stop"): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

/** Starts `broadsheet up` in a process and a folder of its own. */
export async function startUp(...flags: string[]): Promise<Running> {
  const data = mkdtempSync(join(tmpdir(), "bench-up-"));
  const child = spawn(
    process.execPath,
    ["--import", profiled, "cli/broadsheet.ts", "up", "--json", "--port", "0", "--data", data, ...flags],
    { cwd: root, stdio: ["ignore", "pipe", "inherit", "ipc"] },
  );
  if (!child.stdout) throw new Error("up has no output");
  const [line] = await once(child.stdout, "data");
  const ready = Ready.parse(JSON.parse(String(line)));
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(data, { recursive: true });
  };
  const profile = async (wanted: "start" | "stop") => {
    child.send(wanted);
    const [counts] = await once(child, "message");
    return Samples.parse(counts);
  };
  return {
    ...ready,
    ...{ profile, stop, call: commandCaller(connectionOf(readSystem({ path: data }))) },
    ...{ cpu: () => cpuOf(`${child.pid}`), mainCpu: () => cpuOf(`${child.pid}/task/${child.pid}`) },
    v8Cpu: () => threadsOf(child.pid, "V8Worker").reduce((sum, thread) => sum + cpuOf(thread), 0),
  };
}

/** A process's threads of this name. The profiler has its own, which the system doesn't have without a profile. */
function threadsOf(process: number | undefined, name: string): string[] {
  try {
    const threads = readdirSync(`/proc/${process}/task`).map((thread) => `${process}/task/${thread}`);
    return threads.filter((thread) => readFileSync(`/proc/${thread}/comm`, "utf8").trim() === name);
  } catch {
    return [];
  }
}

/** Linux counts in hundredths of a second: proc(5), fields 14 and 15 of /proc/PID/stat. */
function cpuOf(process: string): number {
  try {
    const fields = readFileSync(`/proc/${process}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks rarely where many messages are counted, because an answer costs the system time. */
async function inboxReaches(up: Running, count: number, every = 10): Promise<void> {
  while ((await received(up)) < count) await pause(every);
}

const received = async ({ inbox }: Running) => (await summary(inbox)).recipients;

const NoCalls = z.object({ calls: z.literal(0) }).transform(() => ({ calls: 0, recipients: 0, first: "", last: "" }));
async function summary(inbox: string): Promise<z.infer<typeof Summary>> {
  return z.union([NoCalls, Summary]).parse(await (await fetch(`${inbox}/_control/summary`)).json());
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds, medians. `baseline`: from the start of `up --empty` until it is ready, in the same run. */
type UpFigures = { ready: number; first: number; all: number; baseline: number };

/** How long someone new waits until `up` is ready, and from then to the first and the last message of 50. */
async function upFigures(runs = 5): Promise<UpFigures> {
  const figures = { ready: [], first: [], all: [], baseline: [] } as Record<keyof UpFigures, number[]>;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    const up = await startUp();
    const ready = performance.now();
    await inboxReaches(up, 1);
    figures.first.push(performance.now() - ready);
    await inboxReaches(up, 50);
    figures.all.push(performance.now() - ready);
    figures.ready.push(ready - began);
    await up.stop();
    const bare = performance.now();
    const empty = await startUp("--empty");
    figures.baseline.push(performance.now() - bare);
    await empty.stop();
  }
  const { ready, first, all, baseline } = figures;
  return { ready: median(ready), first: median(first), all: median(all), baseline: median(baseline) };
}

/** The calls alone are the sender's, made in another process to a new system. CPU in milliseconds a batch. */
type SendFigures = {
  readers: number;
  calls: number;
  batches: number;
  /** From `send` to the last message. */
  seconds: number;
  /** Of the whole system: table, queues, simulator and functions in one process. */
  cpu: number;
  alone: { seconds: number; cpu: number };
};

const addressesOf = (readers: number) => Array.from({ length: readers }, (_, index) => `reader${index}@example.com`);

const unlimited = ["--ses-rate", "1000000", "--ses-quota", "-1"];

/** A system with an edition to send. The simulator has no rate limit. */
async function startWithEdition(addresses: readonly string[]) {
  const up = await startUp("--empty", ...unlimited, "--canary", "off");
  for (let at = 0; at < addresses.length; at += 500) {
    await up.call("subscriber add", { newsletter: "daily", addresses: addresses.slice(at, at + 500) });
  }
  const headlines = Array.from({ length: 17 }, (_, index) => `Headline number ${index + 1} of this edition`);
  const text = ["A paragraph of the lead that is about as long as one.", "", ...headlines].join("\n");
  await up.call("draft", { newsletter: "daily", text });
  return up;
}

/** What the delivery protocol costs beyond the calls to SES. */
async function sendFigures(readers = 20_000): Promise<SendFigures> {
  const up = await startWithEdition(addressesOf(readers));
  const { email } = await up.call("show", { newsletter: "daily", email: true });
  if (!email) throw new Error("the edition has no email");
  const [began, cpu] = [Date.now(), up.cpu()];
  await up.call("send", { newsletter: "daily" });
  await inboxReaches(up, readers, 200);
  const took = up.cpu() - cpu;
  const { calls, last } = await summary(up.inbox);
  await up.stop();
  const batches = Math.ceil(readers / 50);
  const alone = await callsAlone(callsOf(readers, email));
  return { readers, calls, batches, seconds: (Date.parse(last) - began) / 1000, cpu: (took * 1000) / batches, alone };
}

/** Milliseconds of processor time a batch, by part: the main thread's time, divided as a profile's samples are. */
async function partFigures(readers = 10_000): Promise<[string, number][]> {
  const up = await startWithEdition(addressesOf(readers));
  await up.profile("start");
  const [v8, main] = [up.v8Cpu(), up.mainCpu()];
  await up.call("send", { newsletter: "daily" });
  await inboxReaches(up, readers, 200);
  const [others, own] = [up.v8Cpu() - v8, up.mainCpu() - main];
  const counts = Object.entries(await up.profile("stop"));
  await up.stop();
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const aBatch = 1000 / Math.ceil(readers / 50);
  const parts = counts.map(([part, count]): [string, number] => [part, (count / total) * own * aBatch]);
  return [...parts.toSorted((a, b) => b[1] - a[1]), ["V8's other threads: compiler, collector", others * aBatch]];
}

/** What the sender would ask of SES: each reader with their own links, headers and tags. */
function callsOf(count: number, email: RenderedEmail): BulkCall[] {
  const due = toInstant(Date.now());
  const edition = approvedAt(key, due);
  return Array.from({ length: Math.ceil(count / 50) }, (_, batch) => {
    const readers = Array.from({ length: 50 }, (_, position) => readerAt(batch * 50 + position, count));
    const place = { ...key, group: "000", run: "bench", due, first: readers[0]?.id ?? "" };
    const call = composeCall(
      edition,
      { ...revision, email },
      readers.map((subscriber, position) => ({ key: place, attempt: 1, position, subscriber })),
    );
    if ("problem" in call) throw new Error(call.problem);
    return call;
  });
}

/** As many calls at once as the sender has in flight, to a new system. The processor time is both processes'. */
async function callsAlone(calls: readonly BulkCall[]): Promise<SendFigures["alone"]> {
  const up = await startUp("--empty", ...unlimited);
  const client = bulkClient({ ...localAws, endpoint: up.endpoints.sesv2 });
  const send = sesBulk(client, "broadsheet", 20);
  const waiting = calls.values();
  const [began, cpu, own] = [performance.now(), up.cpu(), process.cpuUsage()];
  const worker = async () => {
    for (const call of waiting) {
      const answer = await send(call, () => "go");
      if (answer.is !== "results") throw new Error(`the simulator answered ${answer.is}`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(own);
  const took = (up.cpu() - cpu) * 1000 + (user + system) / 1000;
  client.destroy();
  await up.stop();
  return { seconds, cpu: took / calls.length };
}

/** From ready to the first message in the inbox, in milliseconds. */
const limit = 10_000;

/** Prints the table; false if someone new waits longer than the limit. */
export async function reportLocal(): Promise<boolean> {
  const up = await upFigures();
  const send = await sendFigures();
  const ms = (value: number) => `${Math.round(value)} ms`;
  const { alone } = send;
  console.log(`The local system: at most ${ms(limit)} from ready to the first message
  up, until ready              ${ms(up.ready)} (with nothing to bring: ${ms(up.baseline)})
  ready to the first message   ${ms(up.first)}, to the last of 50: ${ms(up.all)}${up.first > limit ? "  TOO MUCH" : ""}
  ${send.readers} readers, send to last  ${send.seconds.toFixed(1)} s, ${(send.seconds / alone.seconds).toFixed(1)} × the same calls alone (${alone.seconds.toFixed(1)} s)
  ms CPU a batch               ${send.cpu.toFixed(1)} for the whole system, ${(send.cpu / alone.cpu).toFixed(1)} × the same calls alone (${alone.cpu.toFixed(1)})
  recipients a second          ${Math.round(send.readers / send.seconds)}
  calls to SES                 ${send.calls} for ${send.batches} batches`);
  console.log("  ms CPU a batch, by part, profiled with 10,000 readers");
  for (const [part, milliseconds] of await partFigures())
    console.log(`    ${part.padEnd(40)} ${milliseconds.toFixed(1).padStart(5)}`);
  return up.first <= limit;
}

if (import.meta.main) process.exitCode = (await reportLocal()) ? 0 : 1;
