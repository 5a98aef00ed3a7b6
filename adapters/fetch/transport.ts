import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";
import type { Resolve, Resolved } from "./guard.ts";

export type HttpResponse = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Readable };
/** One request, GET by default, to one of the given addresses. Redirects aren't followed. */
export type Transport = (request: {
  method?: "HEAD" | "GET" | "POST";
  url: URL;
  addresses: readonly Resolved[];
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
}) => Promise<HttpResponse>;

export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** Node's client, whose lookup returns only the checked addresses. No connection is kept open. */
export const nodeTransport: Transport = ({ method = "GET", url, addresses, headers, body, signal }) =>
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
    // Further errors may follow the first one or the answer; without a listener, each would end the process.
    request.on("error", reject);
    request.once("response", (response) => {
      response.on("error", () => undefined);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response });
    });
    request.once("upgrade", ({ statusCode = 101, headers }, socket) => {
      socket.destroy();
      resolve({ status: statusCode, headers, body: Readable.from([]) });
    });
    request.once("close", () => reject(new Error("the connection was closed without an answer")));
    request.end(body);
  });

function pinned(addresses: readonly Resolved[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error("no address"), "", 0);
    else callback(null, first.address, first.family);
  };
}
