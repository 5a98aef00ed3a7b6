import { codeOf, withAbort } from "./failure.ts";
import { allowedOrigins, checkHost, guardUrl, type Resolve } from "./guard.ts";
import { nodeTransport, systemResolve, type Transport } from "./transport.ts";

type PostOptions = {
  /** Origins that may be used although their address is private, or without TLS. */
  allowOrigins?: readonly string[];
  timeout?: number;
  resolve?: Resolve;
  transport?: Transport;
};

/** Time limit in milliseconds; webhooks answer within seconds, and slower ones are retried. */
const TIMEOUT = 10_000;

/**
 * Posts a JSON document with the same guards as for feeds: only to the public internet, only with TLS, and without
 * following redirects, because the address is a secret. The answer's body isn't read.
 * @throws Error that doesn't contain the address, which must not get into a log
 */
export function jsonPoster(options: PostOptions = {}) {
  const allowed = allowedOrigins(options.allowOrigins ?? []);
  return async (address: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
    const guarded = guardUrl(address, allowed);
    if ("refused" in guarded) throw new Error("its address isn't a public web address");
    const { url, trusted } = guarded;
    if (url.protocol !== "https:" && !trusted) throw new Error("its address doesn't begin with https");
    const signal = AbortSignal.timeout(options.timeout ?? TIMEOUT);
    const status = await post({ url, trusted, body, headers, signal }, options).catch((error: unknown) => {
      if (error instanceof Refused) throw error;
      throw new Error(
        signal.aborted ? "it didn't answer in time" : `it couldn't be reached (${codeOf(error) || "no reason given"})`,
      );
    });
    if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
  };
}

class Refused extends Error {}

type Post = {
  url: URL;
  trusted: boolean;
  body: string;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

async function post({ url, trusted, body, headers, signal }: Post, options: PostOptions): Promise<number> {
  const addresses = await withAbort(checkHost(url, trusted, options.resolve ?? systemResolve), signal);
  if (typeof addresses === "string") throw new Refused("its name leads to an address that isn't public");
  const answer = await (options.transport ?? nodeTransport)({
    method: "POST",
    ...{ url, addresses, signal, body },
    headers: {
      ...headers,
      host: url.host,
      "user-agent": "Broadsheet/1 (webhook)",
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
    },
  });
  answer.body.on("error", () => undefined).destroy();
  return answer.status;
}
