import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import type { NastyAnswer, NastyCase } from "./nasty-child.ts";
import { readJson, type Tally, tally } from "./tally.ts";

type Case = NastyCase & { content_encoding?: string; expect?: { no_request_to?: string } };

/**
 * Limits for each feed: milliseconds of processor time from the request to the result, which other work on the machine
 * doesn't change, and megabytes of the whole process. A process that hangs is killed after HUNG milliseconds.
 */
const TIME = 2000;
const HUNG = 10_000;
const MEMORY = 256;
const AT_ONCE = 2;

/** Broken, odd and hostile feeds, each served over HTTP and read in a process with little memory and little time. */
export async function nastyFeeds(folder: string): Promise<Tally> {
  const cases = readJson<Case[]>(folder, "nasty_expected.json");
  const server = await serve(folder, cases);
  const wrong: string[] = [];
  let [slowest, largest] = [0, 0];
  const queue = cases.values();
  const work = async () => {
    for (const one of queue) {
      const answer = await runChild(server.origin, one);
      slowest = Math.max(slowest, answer.ms);
      largest = Math.max(largest, answer.rss);
      const faults = judge(one, answer, server.origin);
      if (faults.length > 0) wrong.push(`${one.file}: ${faults.slice(0, 3).join("; ")}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  server.close();
  return tally(
    "feeds, nasty",
    cases.length,
    wrong,
    `slowest ${slowest.toFixed(0)} ms, largest ${largest.toFixed(0)} MB`,
  );
}

function judge(one: Case, answer: NastyAnswer, origin: string): string[] {
  const faults = [...answer.faults];
  if (one.must === "parse" && answer.failed !== null) faults.push(`was not read: ${answer.failed}`);
  if (one.must === "fail_cleanly" && answer.failed === null) faults.push("was read");
  if (answer.ms > TIME) faults.push(`took ${answer.ms.toFixed(0)} ms`);
  if (answer.rss > MEMORY) faults.push(`took ${answer.rss.toFixed(0)} MB`);
  const port = new URL(origin).port;
  const elsewhere = answer.connections.filter((connection) => !connection.includes(port));
  if (elsewhere.length > 0) faults.push(`connected to ${elsewhere.join(", ")}`);
  return faults;
}

function runChild(origin: string, one: Case): Promise<NastyAnswer> {
  const lost = (why: string): NastyAnswer => ({ failed: null, faults: [why], ms: 0, rss: 0, connections: [] });
  return new Promise((resolve) => {
    const child = fork(new URL("./nasty-child.ts", import.meta.url), {
      execArgv: [`--max-old-space-size=${MEMORY}`],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    let timer: NodeJS.Timeout | undefined;
    const finish = (answer: NastyAnswer) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      resolve(answer);
    };
    child.on("message", (message) => {
      if (message !== "ready") return finish(message as NastyAnswer);
      timer = setTimeout(() => finish(lost(`hung for more than ${HUNG} ms`)), HUNG);
      child.send({ origin, one });
    });
    child.on("exit", (code, signal) => finish(lost(`its process died (${signal ?? code})`)));
  });
}

async function serve(folder: string, cases: readonly Case[]): Promise<{ origin: string; close: () => void }> {
  const byPath = new Map(cases.map((one) => [`/${one.file}`, one]));
  const server = createServer((request, response) => {
    const one = byPath.get(request.url ?? "");
    if (one === undefined) return response.writeHead(404).end();
    const encoding = one.content_encoding === undefined ? {} : { "content-encoding": one.content_encoding };
    return response
      .writeHead(200, { "content-type": one.content_type, ...encoding })
      .end(readFileSync(join(folder, one.file)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}
