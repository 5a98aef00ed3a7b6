import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import type { Resolve, Resolved } from "./guard.ts";

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Readable };
/** One request, a GET if nothing else is said, to one of the given addresses, redirects not followed. */
export type Transport = (request: {
  method?: "HEAD" | "GET";
  url: URL;
  addresses: readonly Resolved[];
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
}) => Promise<Answer>;

export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** Node's client, with a look-up that knows the checked addresses and nothing else. No connection is kept. */
export const nodeTransport: Transport = ({ method = "GET", url, addresses, headers, signal }) =>
  new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, {
      method,
      agent: false,
      headers,
      signal,
      lookup: pinned(addresses),
      maxHeaderSize: 64 * 1024,
    });
    request.once("error", reject);
    request.once("response", (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response });
    });
    request.end();
  });

function pinned(addresses: readonly Resolved[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error("no address"), "", 0);
    else callback(null, first.address, first.family);
  };
}
