import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { connectionOf, readSystem } from "#local/folder.ts";
import { commandCaller } from "#local/samples/bring.ts";

/** Milliseconds within which a warm page's first byte comes, as a median. */
const limit = 50;
const ROUNDS = 41;
const root = fileURLToPath(new URL("..", import.meta.url));
const Ready = z.object({ site: z.url() });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** One request, from its start to the first byte of the answer. */
function firstByte(url: URL, agent: Agent): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      const status = answer.statusCode ?? 0;
      answer.once("data", () => resolve({ status, ms: performance.now() - began }));
      answer.on("end", () => resolve({ status, ms: performance.now() - began }));
    }).on("error", reject);
  });
}

/** Sends an edition, which is public as soon as sending begins. */
async function sendEdition(call: ReturnType<typeof commandCaller>): Promise<string> {
  const { edition } = await call("build", { newsletter: "daily" });
  const { date } = edition;
  await call("send", { newsletter: "daily", date, anyway: true });
  for (let look = 0; look < 120; look += 1) {
    const shown = await call("show", { newsletter: "daily", date });
    if (["sending", "finished"].includes(shown.edition.state)) return date;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`The edition for ${date} isn't on its way after a minute.`);
}

/** Prints the time to the first byte of each kind of page in the warm local system; false if one is too slow. */
export async function reportFirstByte(): Promise<boolean> {
  const data = mkdtempSync(join(tmpdir(), "bench-first-byte-"));
  const child = spawn(process.execPath, ["cli/broadsheet.ts", "up", "--json", "--port", "0", "--data", data], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const [line] = await once(child.stdout, "data");
    const site = new URL(Ready.parse(JSON.parse(String(line))).site);
    const date = await sendEdition(commandCaller(connectionOf(readSystem({ path: data }))));
    const pages = ["/", "/daily", `/daily/${date}`, `/daily/${date.slice(0, 7)}`, "/daily/subscribe"];
    const others = ["/daily/search?q=harbour", "/daily/feed.xml", "/daily/share.png"];
    // A page that reads nothing, to measure the host's own share.
    const bare = await timesOf(new URL("/robots.txt", site), agent);
    console.log(`  page                       median   slowest   (robots.txt: ${bare.median.toFixed(1)} ms)`);
    let isGood = true;
    for (const path of [...pages, ...others]) {
      const { median: middle, slowest, status } = await timesOf(new URL(path, site), agent);
      const isKept = status === 200 && middle <= limit;
      isGood &&= isKept;
      const cells = [middle, slowest].map((ms) => `${ms.toFixed(1)} ms`.padStart(9));
      console.log(`  ${path.padEnd(24)}${cells.join(" ")}${isKept ? "" : `  MISSED (${status})`}`);
    }
    return isGood;
  } finally {
    agent.destroy();
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(data, { recursive: true, force: true });
  }
}

async function timesOf(url: URL, agent: Agent) {
  let status = (await firstByte(url, agent)).status;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const answer = await firstByte(url, agent);
    if (answer.status !== 200) status = answer.status;
    times.push(answer.ms);
  }
  return { median: median(times), slowest: Math.max(...times), status };
}

if (import.meta.main) process.exitCode = (await reportFirstByte()) ? 0 : 1;
