import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import { isPublicAddress } from "#adapters/fetch/addresses.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import type { Resolve } from "#adapters/fetch/guard.ts";
import { readJson, type Tally, tally } from "./tally.ts";

type Answers = string[] | string[][];
type UrlCase = {
  url: string | null;
  verdict: "refuse" | "allow" | "either";
  category: string;
  dns?: Record<string, Answers>;
};
type Chain = {
  name: string;
  chain: string[];
  status: number;
  verdict: "refuse" | "allow";
  headers?: Record<string, string>;
};

/** Tries addresses and redirects that must be refused or allowed, with a fake resolver and network. */
export async function ssrf(folder: string): Promise<Tally> {
  const urls = readJson<UrlCase[]>(folder, "urls.json");
  const chains = readJson<Chain[]>(folder, "redirects.json");
  const wrong = [...(await Promise.all(urls.map(tryUrl))), ...(await Promise.all(chains.map(tryChain)))].flat();
  return tally("ssrf", urls.length + chains.length, wrong);
}

async function tryUrl(one: UrlCase): Promise<string[]> {
  const reached: string[] = [];
  const fetchFeed = openFetcher({
    resolve: resolver(one.dns ?? {}),
    transport: async ({ addresses }) => {
      reached.push(...addresses.map((address) => address.address));
      return { status: 200, headers: {}, body: Readable.from([Buffer.from("<rss/>")]) };
    },
  });
  const result = await fetchFeed({ url: String(one.url) });
  const closed = reached.filter((address) => !isPublicAddress(address));
  const name = `${one.category} ${JSON.stringify(one.url)}`;
  if (closed.length > 0) return [`${name} reached ${closed.join(", ")}`];
  if (one.verdict === "refuse" && reached.length > 0 && !one.category.includes("rebinding"))
    return [`${name} was fetched`];
  return one.verdict === "allow" && result.kind !== "fetched" ? [`${name} was refused: ${JSON.stringify(result)}`] : [];
}

/** The fake resolver. With a list of lists, the first lookup gets the first list, and later ones the second. */
function resolver(dns: Record<string, Answers>): Resolve {
  const lookups = new Map<string, number>();
  const byName = new Map(Object.entries(dns).map(([name, answers]) => [hostOf(name), answers]));
  return async (host) => {
    const answers = byName.get(hostOf(host));
    if (answers === undefined) throw Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
    const n = lookups.get(host) ?? 0;
    lookups.set(host, n + 1);
    const turn = answers[Math.min(n, answers.length - 1)];
    const list = Array.isArray(turn) ? turn : answers.filter((one): one is string => typeof one === "string");
    return list.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
  };
}

/** A host name as a client looks it up; the corpus has some in other scripts or encoded. */
const hostOf = (name: string) => (URL.parse(`http://${name}/`)?.hostname ?? name).replace(/\.$/, "");

/** The nth request gets the nth step's answer, whatever its address. */
async function tryChain(one: Chain): Promise<string[]> {
  const closed: string[] = [];
  let step = 0;
  const fetchFeed = openFetcher({
    resolve: async (host) => [{ address: /internal|corp/.test(host) ? "10.9.8.7" : "93.184.215.14", family: 4 }],
    transport: async ({ url, addresses }) => {
      if (addresses.some(({ address }) => !isPublicAddress(address))) closed.push(url.href);
      step += 1;
      const next = one.chain.length > 1 ? one.chain[step % one.chain.length] : undefined;
      const headers: IncomingHttpHeaders = { ...one.headers, ...(next === undefined ? {} : { location: next }) };
      return { status: one.status, headers, body: Readable.from([Buffer.from("<rss/>")]) };
    },
  });
  const result = await fetchFeed({ url: one.chain[0] ?? "", etag: '"known"' });
  const ok = result.kind === "fetched" || result.kind === "unchanged";
  if (closed.length > 0) return [`redirect ${one.name} reached ${closed.join(", ")}`];
  if (one.verdict === "allow" && step > 1) return [`redirect ${one.name} was followed`];
  return ok === (one.verdict === "allow") ? [] : [`redirect ${one.name}: ${JSON.stringify(result).slice(0, 200)}`];
}
