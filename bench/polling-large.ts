import { readFileSync } from "node:fs";
import { memory as limit } from "#functions/ingest/contract.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import { openPorts, openWorld } from "./polling.ts";

/** What a poll takes when many of the largest feeds come at once: of the memory that the function has. */
const FEEDS = 50;
const LOOK_MS = 20;

/** Megabytes of this process and of those that read feeds. Pages that they share count for each. */
const megabytes = (): number => [`${process.pid}`, ...readers()].reduce((sum, pid) => sum + megabytesOf(pid), 0);

/** 0: it has ended since it was listed. */
function megabytesOf(pid: string): number {
  try {
    return Number(/^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The processes that this one has started, except for the one with the web and the table. */
const readers = (): string[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "latin1")
    .split(" ")
    .filter((pid) => pid !== "" && pid !== world);
let world: string | undefined;

async function report(): Promise<boolean> {
  const { origin, store, close } = await openWorld();
  world = readers()[0];
  let [most, own] = [0, 0];
  const watching = setInterval(() => {
    most = Math.max(most, megabytes());
    own = Math.max(own, process.memoryUsage.rss() / 1024 / 1024);
  }, LOOK_MS);
  try {
    const urls = Array.from({ length: FEEDS }, (_, n) => `${origin}/large/${n}`);
    const ports = await openPorts(origin, store, urls);
    const began = performance.now();
    const reports = await pollSources(ports, { all: true }, []);
    const seconds = (performance.now() - began) / 1000;
    const polled = reports.filter(({ outcome }) => outcome === "polled").length;
    const fits = polled === FEEDS && most <= limit;
    console.log(`A poll of ${FEEDS} feeds of 10 MB that come at once: at most ${limit} MB, as the function has
  poll                    ${seconds.toFixed(1)} s, ${polled} of them read
  memory                  ${most.toFixed(0)} MB at most with the processes that read feeds, ${own.toFixed(0)} MB without${fits ? "" : "  MISSED"}`);
    return fits;
  } finally {
    clearInterval(watching);
    close();
  }
}

if (import.meta.main) process.exitCode = (await report()) ? 0 : 1;
