import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { connectionOf, readSystem } from "#local/folder.ts";
import { commandCaller } from "#local/samples/bring.ts";

/**
 * Many readers subscribe at once. Each client has its own address and sends requests for new readers as fast as it gets
 * answers; afterwards, every accepted request must be stored. Each client stays below the limit beyond which emails are
 * delayed by ten minutes (docs/decisions/readers.md).
 */
const CLIENTS = 200;
const SECONDS = 20;
const EACH = 55;
/** The bench ends after this many checks, 15 seconds apart, without a new subscriber. */
const PATIENCE = 16;
const root = fileURLToPath(new URL("../..", import.meta.url));
const Ready = z.object({ site: z.url() });

type Answered = { status: number; ms: number };

/** Sends one request from a client's own address; all of 127.0.0.0/8 is this machine. */
function ask(site: URL, agent: Agent, email: string): Promise<Answered> {
  const began = performance.now();
  const body = JSON.stringify({ email });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(new URL("/api/daily/subscribers", site), { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function client(site: URL, number: number, until: number): Promise<Answered[]> {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    localAddress: `127.0.${1 + (number >> 7)}.${1 + (number & 127)}`,
  });
  const answers: Answered[] = [];
  while (performance.now() < until && answers.length < EACH) {
    answers.push(await ask(site, agent, `reader${number}x${answers.length}@example.com`));
  }
  agent.destroy();
  return answers;
}

type Call = ReturnType<typeof commandCaller>;

async function stored(call: Call): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await call("subscriber export", { newsletter: "daily", after, limit: 1000 });
    count += page.subscribers.length;
    after = page.next ?? undefined;
  } while (after !== undefined);
  return count;
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN;

/** Prints the outcome of the requests; false if any failed or was lost. */
export async function reportSubscribe(): Promise<boolean> {
  const data = mkdtempSync(join(tmpdir(), "bench-subscribe-"));
  const flags = ["--json", "--port", "0", "--data", data, "--empty", "--ses-rate", "1000000", "--ses-quota", "-1"];
  const child = spawn(process.execPath, ["cli/broadsheet.ts", "up", ...flags], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(child.stdout, "data");
    const site = new URL(Ready.parse(JSON.parse(String(line))).site);
    const call = commandCaller(connectionOf(readSystem({ path: data })));
    const until = performance.now() + SECONDS * 1000;
    const all = await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(site, number, until)));
    const answers = all.flat();
    const accepted = answers.filter(({ status }) => status === 202).length;
    const failed = answers.filter(({ status }) => status >= 500).length;
    const began = performance.now();
    let kept = await stored(call);
    // The queue is processed at its own pace, and a failed request is retried after a minute and a half.
    for (let still = 0; kept < accepted && still < PATIENCE; still += 1) {
      await new Promise((resolve) => setTimeout(resolve, 15_000));
      const now = await stored(call);
      if (now > kept) still = 0;
      kept = now;
    }
    const times = answers.map(({ ms }) => ms);
    const isGood = failed === 0 && accepted === answers.length && kept === accepted;
    console.log(`${CLIENTS} clients for ${SECONDS} s, at most ${EACH} requests each
  answers       ${answers.length.toLocaleString("en")}: ${accepted.toLocaleString("en")} accepted, ${failed} of 5xx, ${answers.length - accepted - failed} others
  time          median ${quantile(times, 0.5).toFixed(0)} ms, 99 % within ${quantile(times, 0.99).toFixed(0)} ms
  stored        ${kept.toLocaleString("en")}, the last of them ${((performance.now() - began) / 1000).toFixed(0)} s later${isGood ? "" : "  TOO FEW"}`);
    return isGood;
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(data, { recursive: true, force: true });
  }
}

if (import.meta.main) process.exitCode = (await reportSubscribe()) ? 0 : 1;
