import { fork } from "node:child_process";
import { createServer, type Server } from "node:http";
import { openParsers } from "#adapters/feed-parsing/worker/pool.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { newSource } from "#domain/source/polling.ts";
import { toInstant } from "#domain/time/instant.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import { adversaries, harmless } from "./adversarial.ts";
import type { Taken } from "./adversarial-child.ts";
import { type Tally, tally } from "./tally.ts";

const SIZE = 10_000_000;
/**
 * The most that a hostile feed may take, as a multiple of a harmless one of its size, and in megabytes above an idle
 * process.
 */
const RATIO = 5;
const MEMORY = 128;
/** The heap of a worker of feed-parsing in megabytes (worker-process.ts). */
const HEAP = 92;
const HUNG = 60_000;

/** Feeds of 10 MB that are generated to cost as much as possible, beside a harmless one of the same size. */
export async function adversarialFeeds(): Promise<Tally> {
  const honest = await Promise.all([1, 2].map(() => take("harmless")));
  const usual = Math.min(...honest.map(({ ms }) => ms));
  const wrong: string[] = [];
  let [slowest, largest] = [
    { ms: 0, name: "" },
    { mb: 0, name: "" },
  ];
  for (const { name } of adversaries) {
    const { ms, mb, failed } = await take(name);
    if (ms > slowest.ms) slowest = { ms, name };
    if (mb > largest.mb) largest = { mb, name };
    if (ms > RATIO * usual)
      wrong.push(`${name} takes ${(ms / usual).toFixed(1)} times a harmless feed's time (${ms.toFixed(0)} ms)`);
    if (mb > MEMORY) wrong.push(`${name} takes ${mb.toFixed(0)} MB`);
    if (failed === "died") wrong.push(`${name} ended its process`);
  }
  const note = `harmless ${usual.toFixed(0)} ms; slowest ${(slowest.ms / usual).toFixed(1)} × (${slowest.name}); largest ${largest.mb.toFixed(0)} MB (${largest.name})`;
  return tally("feeds of 10 MB, hostile", adversaries.length, wrong, note);
}

function take(name: string): Promise<Taken> {
  return new Promise((resolve) => {
    const child = fork(new URL("./adversarial-child.ts", import.meta.url), [name, String(SIZE)], {
      execArgv: [`--max-old-space-size=${HEAP}`, "--max-semi-space-size=4"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), HUNG);
    child.once("message", (taken: Taken) => resolve(taken));
    child.once("exit", () => {
      clearTimeout(timer);
      resolve({ ms: HUNG, mb: 0, failed: "died" });
    });
  });
}

/** The most that a hostile source may delay a good one, in milliseconds. */
const DELAY = 5000;
const GOOD = 50;
const BESIDE = [
  "names in one JSON object",
  "objects in JSON",
  "dates of words",
  "a million open elements, then end tags",
];

/** Polls fifty good sources alone, and again together with one that costs as much as possible. */
export async function goodBesideHostile(): Promise<Tally> {
  const wrong: string[] = [];
  let worst = 0;
  await pollBeside(undefined);
  const alone = await pollBeside(undefined);
  for (const name of BESIDE) {
    const beside = await pollBeside(name);
    const late = Math.max(...[...beside].map(([id, ms]) => ms - (alone.get(id) ?? 0)));
    worst = Math.max(worst, late);
    if (late > DELAY) wrong.push(`${name} makes a good source ${(late / 1000).toFixed(1)} s later`);
    if (beside.size !== GOOD) wrong.push(`${name} keeps ${GOOD - beside.size} good sources from being read`);
  }
  return tally("a hostile source beside 50", BESIDE.length, wrong, `latest ${(worst / 1000).toFixed(1)} s later`);
}

/** Milliseconds from the start of the poll until each good source was saved. */
async function pollBeside(hostile: string | undefined): Promise<Map<string, number>> {
  const server = await serve(hostile);
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const sources = memorySources();
  const names = [...(hostile === undefined ? [] : ["hostile"]), ...Array.from({ length: GOOD }, (_, n) => `good-${n}`)];
  for (const id of names) await sources.add(newSource({ id, url: `${origin}/${id}` }, toInstant(Date.now())));
  const done = new Map<string, number>();
  const started = performance.now();
  const watched: typeof sources = {
    ...sources,
    savePoll: (before, after) => {
      if (after.failures === 0 && after.id !== "hostile") done.set(after.id, performance.now() - started);
      return sources.savePoll(before, after);
    },
  };
  const fetchFeed = openFetcher({ allowOrigins: [origin] });
  const ports = {
    sources: watched,
    articles: memoryArticles(),
    fetchFeed,
    ...openParsers(),
    now: Date.now,
    random: Math.random,
  };
  await pollSources(ports, { all: true }, []);
  server.closeAllConnections();
  server.close();
  return done;
}

async function serve(hostile: string | undefined): Promise<Server> {
  const good = harmless(60_000);
  const bad = adversaries.find(({ name }) => name === hostile)?.make(SIZE) ?? good;
  const server = createServer((request, response) => response.end(request.url === "/hostile" ? bad : good));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}
