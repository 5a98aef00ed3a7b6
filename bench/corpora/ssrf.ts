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

/** Addresses to refuse and to allow, and chains of redirects, with a resolver and a network of straw. */
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

/** The straw resolver: a list of lists answers the first look-up with the first list, later ones with the second. */
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

/** A name as a client asks for it: the corpus writes some as they are in an address, in odd letters or encoded. */
const hostOf = (name: string) => (URL.parse(`http://${name}/`)?.hostname ?? name).replace(/\.$/, "");

/** The nth request is answered with the nth step, however the address is spelled by then. */
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
