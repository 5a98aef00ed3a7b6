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
  const asked = new Map<string, number>();
  return async (host) => {
    const answers = dns[host] ?? dns[host.replace(/\.$/, "")];
    if (answers === undefined) throw Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
    const n = asked.get(host) ?? 0;
    asked.set(host, n + 1);
    const turn = answers[Math.min(n, answers.length - 1)];
    const list = Array.isArray(turn) ? turn : answers.filter((one): one is string => typeof one === "string");
    return list.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
  };
}

async function tryChain(one: Chain): Promise<string[]> {
  const fetched: string[] = [];
  const fetchFeed = openFetcher({
    resolve: async (host) => [{ address: /internal|corp/.test(host) ? "10.9.8.7" : "93.184.215.14", family: 4 }],
    transport: async ({ url }) => {
      fetched.push(url.href);
      const next = one.chain[one.chain.indexOf(url.href) + 1];
      const headers: IncomingHttpHeaders = { ...one.headers, ...(next === undefined ? {} : { location: next }) };
      const status = next === undefined && one.chain.length > 1 ? 200 : one.status;
      return { status, headers, body: Readable.from([Buffer.from("<rss/>")]) };
    },
  });
  const result = await fetchFeed({ url: one.chain[0] ?? "", etag: '"known"' });
  const ok = result.kind === "fetched" || result.kind === "unchanged";
  const followed = fetched.filter((url) => /127\.0\.0\.1|169\.254|2130706433|ffff|corp/.test(url));
  if (followed.length > 0) return [`redirect ${one.name} reached ${followed.join(", ")}`];
  return ok === (one.verdict === "allow") ? [] : [`redirect ${one.name}: ${JSON.stringify(result).slice(0, 200)}`];
}
