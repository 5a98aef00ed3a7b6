import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SESv2Client, SendBulkEmailCommand } from "@aws-sdk/client-sesv2";
import * as z from "zod";
import { localAws } from "#local/aws.ts";
import { connectionOf, readSystem } from "#local/folder.ts";
import { type CommandCaller, commandCaller } from "#local/samples/bring.ts";

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
  /** CPU seconds of the system, or of its main thread, so far; NaN if the operating system doesn't tell. */
  cpu(): number;
  mainCpu(): number;
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
  };
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

async function inboxReaches(up: Running, count: number): Promise<void> {
  while ((await received(up)) < count) await pause(10);
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

/**
 * `seconds`: from `send` to the last message. `baseline`: the same calls to the same simulator by the SDK alone, as
 * many at once as the sender has in flight, in seconds.
 */
type SendFigures = {
  readers: number;
  calls: number;
  batches: number;
  seconds: number;
  baseline: number;
  /** Milliseconds of the whole system for each batch: table, queues, simulator and functions in one process. */
  cpu: number;
};

const addressesOf = (readers: number) => Array.from({ length: readers }, (_, index) => `reader${index}@example.com`);

/** A system with an edition to send. The simulator has no rate limit. */
async function startWithEdition(addresses: readonly string[]) {
  const up = await startUp("--empty", "--ses-rate", "1000000", "--ses-quota", "-1", "--canary", "off");
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
  const addresses = addressesOf(readers);
  const up = await startWithEdition(addresses);
  const { email } = await up.call("show", { newsletter: "daily", email: true });
  const [began, cpu] = [performance.now(), up.cpu()];
  await up.call("send", { newsletter: "daily" });
  await inboxReaches(up, readers);
  const [seconds, took] = [(performance.now() - began) / 1000, up.cpu() - cpu];
  const { calls } = await summary(up.inbox);
  const baseline = await bareCalls(up.endpoints.sesv2, addresses, email ?? { subject: "", html: "", text: "" });
  await up.stop();
  const batches = Math.ceil(readers / 50);
  return { readers, calls, batches, seconds, baseline, cpu: (took * 1000) / batches };
}

/** Milliseconds of processor time a batch, by part: the main thread's time, divided as a profile's samples are. */
async function partFigures(readers = 10_000): Promise<[string, number][]> {
  const up = await startWithEdition(addressesOf(readers));
  await up.profile("start");
  const [cpu, main] = [up.cpu(), up.mainCpu()];
  await up.call("send", { newsletter: "daily" });
  await inboxReaches(up, readers);
  const [all, own] = [up.cpu() - cpu, up.mainCpu() - main];
  const counts = Object.entries(await up.profile("stop"));
  await up.stop();
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const aBatch = 1000 / Math.ceil(readers / 50);
  const parts = counts.map(([part, count]): [string, number] => [part, (count / total) * own * aBatch]);
  return [...parts.toSorted((a, b) => b[1] - a[1]), ["V8's other threads: compiler, collector", (all - own) * aBatch]];
}

async function bareCalls(
  endpoint: string,
  addresses: readonly string[],
  email: { subject: string; html: string; text: string },
): Promise<number> {
  const client = new SESv2Client({ ...localAws, endpoint, maxAttempts: 1 });
  const content = { Subject: email.subject, Html: email.html, Text: email.text };
  const lots = Array.from({ length: Math.ceil(addresses.length / 50) }, (_, index) =>
    addresses.slice(index * 50, index * 50 + 50),
  );
  const began = performance.now();
  const worker = async () => {
    for (let lot = lots.pop(); lot !== undefined; lot = lots.pop()) {
      await client.send(
        new SendBulkEmailCommand({
          FromEmailAddress: "editor@broadsheet.example",
          DefaultContent: { Template: { TemplateContent: content, TemplateData: "{}" } },
          BulkEmailEntries: lot.map((address) => ({ Destination: { ToAddresses: [address] } })),
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  client.destroy();
  return (performance.now() - began) / 1000;
}

/** From ready to the first message in the inbox, in milliseconds. */
const limit = 10_000;

/** Prints the table; false if someone new waits longer than the limit. */
export async function reportLocal(): Promise<boolean> {
  const up = await upFigures();
  const send = await sendFigures();
  const ms = (value: number) => `${Math.round(value)} ms`;
  const factor = (send.seconds / send.baseline).toFixed(1);
  console.log(`The local system: at most ${ms(limit)} from ready to the first message
  up, until ready              ${ms(up.ready)} (with nothing to bring: ${ms(up.baseline)})
  ready to the first message   ${ms(up.first)}, to the last of 50: ${ms(up.all)}${up.first > limit ? "  TOO MUCH" : ""}
  ${send.readers} readers, send to last  ${send.seconds.toFixed(1)} s, ${factor} × the same calls alone (${send.baseline.toFixed(1)} s)
  recipients a second          ${Math.round(send.readers / send.seconds)}, ${send.cpu.toFixed(0)} ms CPU a batch, for the whole system
  calls to SES                 ${send.calls} for ${send.batches} batches`);
  console.log("  ms CPU a batch, by part, profiled with 10,000 readers");
  for (const [part, milliseconds] of await partFigures())
    console.log(`    ${part.padEnd(40)} ${milliseconds.toFixed(1).padStart(5)}`);
  return up.first <= limit;
}

if (import.meta.main) process.exitCode = (await reportLocal()) ? 0 : 1;
