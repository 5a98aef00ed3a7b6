/**
 * Reads one nasty feed in its own process: fetches it from the bench's server as if from its real address. It prints
 * `ready`, waits for the case, and answers with the result; the bench kills it if it takes too long.
 */
import { Socket } from "node:net";
import { readFeed } from "#adapters/feed-parsing/read.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { type Expectation, faultsOf } from "./expectation.ts";

export type NastyCase = { file: string; must: string; url: string; content_type: string; expect?: Expectation };
export type NastyAnswer = { failed: string | null; faults: string[]; ms: number; rss: number; connections: string[] };

const connections: string[] = [];
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  connections.push(JSON.stringify(args[0]));
  return Reflect.apply(connect, this, args);
};

process.on("message", async ({ origin, one }: { origin: string; one: NastyCase }) => {
  const started = process.cpuUsage();
  const answer = await check(origin, one);
  const { user, system } = process.cpuUsage(started);
  const ms = (user + system) / 1000;
  const rss = process.resourceUsage().maxRSS / 1024;
  process.send?.({ ...answer, ms, rss, connections }, () => process.exit(0));
});
process.send?.("ready");

async function check(origin: string, one: NastyCase): Promise<{ failed: string | null; faults: string[] }> {
  const answer = await openFetcher({ allowOrigins: [origin] })({ url: `${origin}/${one.file}` });
  if (answer.kind !== "fetched") return { failed: "message" in answer ? answer.message : answer.kind, faults: [] };
  const { bytes, contentType } = answer;
  const read = readFeed({ bytes, url: one.url, contentType, now: Date.now() });
  if (!read.ok) return { failed: read.fault.message, faults: [] };
  const polluted = "polluted" in {} ? ["an object's prototype was polluted"] : [];
  const text = JSON.stringify(read.value);
  const mangled = text.includes("[object ") ? ["an object was written as text"] : [];
  return { failed: null, faults: [...faultsOf(read.value, one.expect ?? {}, one.url), ...polluted, ...mangled] };
}
