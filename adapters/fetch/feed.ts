import type { IncomingHttpHeaders } from "node:http";
import { BodyProblem, readBody } from "./body.ts";
import { allowedOrigins, checkHost, guardUrl, type Resolve } from "./guard.ts";
import { type Answer, nodeTransport, systemResolve, type Transport } from "./transport.ts";

export type FetchRequest = {
  readonly url: string;
  /** Validators of the last good answer, sent to be told that nothing changed (RFC 9110 §13.1). */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
};

export type Fetched = {
  readonly kind: "fetched";
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Where it was found after redirects. */
  readonly url: string;
  /** Where it has moved for good (301, 308), null where it has not. */
  readonly movedTo: string | null;
};
export type FetchResult =
  | Fetched
  | { readonly kind: "unchanged"; readonly movedTo: string | null }
  /** The guard would not ask for it. */
  | { readonly kind: "refused"; readonly message: string }
  /** 410: its publisher says that it is gone for good. */
  | { readonly kind: "gone"; readonly message: string }
  /** retryAfter: milliseconds the server asks to wait, null where it says nothing. */
  | { readonly kind: "failed"; readonly message: string; readonly retryAfter: number | null };

export type FetchOptions = {
  /** Origins fetched from though their address is not public. */
  readonly allowOrigins?: readonly string[];
  readonly resolve?: Resolve;
  readonly transport?: Transport;
  /** Milliseconds for everything, redirects included. */
  readonly timeout?: number;
  /** Bytes after decompression. */
  readonly limit?: number;
  /** What is asked for, as the Accept header says it. Default: feeds. */
  readonly accept?: string;
  /** Where those who run a site find out who fetches it. */
  readonly about?: string;
  readonly now?: () => number;
};

const REDIRECTS = 5;
const TIMEOUT = 10_000;
const LIMIT = 10 * 1024 * 1024;
const ACCEPT =
  "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/**
 * Fetches feeds and pictures from the public internet and nothing else. Every hop is checked by name and by the address connected
 * to; at most 5 redirects, 10 seconds and 10 MB. Nothing is thrown: what goes wrong is a result with a sentence.
 */
export function openFetcher(options: FetchOptions = {}): (request: FetchRequest) => Promise<FetchResult> {
  const allowed = allowedOrigins(options.allowOrigins ?? []);
  const timeout = options.timeout ?? TIMEOUT;
  return async (request) => {
    // A timer of its own, not AbortSignal.timeout: that one would not keep the process alive.
    const clock = new AbortController();
    const timer = setTimeout(() => clock.abort(), timeout);
    try {
      return await follow(request, options, allowed, clock.signal);
    } catch (error) {
      const slow = clock.signal.aborted
        ? `did not answer within ${timeout / 1000} seconds. It will be asked again later.`
        : undefined;
      return failed(`${request.url} ${slow ?? explain(error)}`);
    } finally {
      clearTimeout(timer);
    }
  };
}

async function follow(
  request: FetchRequest,
  options: FetchOptions,
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<FetchResult> {
  let raw = request.url;
  let movedTo: string | null = null;
  let forGood = true;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const guarded = guardUrl(raw, allowed);
    if ("refused" in guarded) return refused(request.url, raw, guarded.refused);
    const { url, trusted } = guarded;
    const addresses = await withAbort(checkHost(url, trusted, options.resolve ?? systemResolve), signal);
    if (typeof addresses === "string") return refused(request.url, raw, addresses);
    const headers = headersFor(request, url, options);
    const answer = await (options.transport ?? nodeTransport)({ url, addresses, headers, signal });
    if (![301, 302, 303, 307, 308].includes(answer.status)) return settle(answer, request, url, movedTo, options);
    answer.body.destroy();
    const location = answer.headers.location?.trim() ?? "";
    const next = location === "" ? null : URL.parse(location, url.href);
    if (next === null)
      return failed(`${url.href} sends on to no address (${answer.status}). Check the address in a browser.`);
    forGood &&= answer.status === 301 || answer.status === 308;
    if (forGood) movedTo = next.href;
    raw = next.href;
  }
  return failed(`${request.url} sends on more than ${REDIRECTS} times. Use the address a browser ends up at.`);
}

const refused = (asked: string, hop: string, message: string): FetchResult => ({
  kind: "refused",
  message: asked === hop ? message : `${asked} sends on to a place that is not fetched. ${message}`,
});
const failed = (message: string, retryAfter: number | null = null): FetchResult => ({
  kind: "failed",
  message,
  retryAfter,
});

function headersFor(request: FetchRequest, url: URL, { about, accept = ACCEPT }: FetchOptions): Record<string, string> {
  return {
    accept,
    "accept-encoding": "gzip, br, deflate",
    "user-agent": `Broadsheet/1 (newsletter feed reader${about === undefined ? "" : `; +${about}`})`,
    host: url.host,
    ...(request.etag ? { "if-none-match": request.etag } : {}),
    ...(request.lastModified ? { "if-modified-since": request.lastModified } : {}),
  };
}

async function settle(
  answer: Answer,
  request: FetchRequest,
  url: URL,
  movedTo: string | null,
  options: FetchOptions,
): Promise<FetchResult> {
  const { status, headers, body } = answer;
  if (status === 200 || status === 203) {
    const bytes = await readBody(body, headers["content-encoding"], options.limit ?? LIMIT);
    if (bytes.byteLength === 0) return failed(`${url.href} answers with nothing. Check the address in a browser.`);
    return { kind: "fetched", bytes, url: url.href, movedTo, ...validators(headers) };
  }
  body.destroy();
  if (status === 304 && (request.etag || request.lastModified)) return { kind: "unchanged", movedTo };
  if (status === 410) {
    return { kind: "gone", message: `${url.href} is gone for good, its publisher says (410). Remove the source.` };
  }
  return failed(`${url.href} answers ${status}. ${mendFor(status)}`, retryAfter(headers, (options.now ?? Date.now)()));
}

const validators = (headers: IncomingHttpHeaders) => ({
  contentType: headers["content-type"] ?? null,
  etag: fits(headers.etag),
  lastModified: fits(headers["last-modified"]),
});
/** Stored and sent back: nothing that could break a header or bloat the table. */
const fits = (value: string | undefined) =>
  value !== undefined && value.length <= 500 && /^[\x20-\x7e]+$/.test(value) ? value : null;

function mendFor(status: number): string {
  if (status === 401 || status === 403)
    return "It does not let Broadsheet in: ask its publisher, or remove the source.";
  if (status === 404) return "There is no such page: check the address, or remove the source.";
  if (status === 429) return "It is asked too often: it will be asked less.";
  if (status >= 500) return "The server has a problem: it will be asked again later.";
  return "Check the address in a browser.";
}

/** Retry-After as seconds or as a date (RFC 9110 §10.2.3), in milliseconds, at most a day. */
function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers["retry-after"]?.trim();
  if (value === undefined || value === "") return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, 24 * 3600_000) : null;
}

/** A look-up cannot be cancelled; it is left behind when the time is up. */
function withAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error("aborted"));
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "cannot be found: there is no host of that name. Check the spelling.",
  EAI_AGAIN: "cannot be found just now: the name server does not answer. It will be asked again later.",
  ECONNREFUSED: "is not there: nothing answers at that host and port. Check the address.",
  ECONNRESET: "broke the connection off. It will be asked again later.",
  EHOSTUNREACH: "cannot be reached. It will be asked again later.",
  ENETUNREACH: "cannot be reached. It will be asked again later.",
  ETIMEDOUT: "did not answer in time. It will be asked again later.",
  CERT_HAS_EXPIRED: "has a certificate that has expired. Ask its publisher to renew it.",
};

function explain(error: unknown): string {
  if (error instanceof BodyProblem) return `${error.message}. Ask its publisher for a smaller or sounder feed.`;
  const code = codeOf(error);
  const reason = REASONS[code];
  if (reason !== undefined) return reason;
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return `has a certificate that is not valid (${code}). Ask its publisher to mend it.`;
  if (/SSL|TLS|EPROTO/.test(code)) return "does not speak https properly. Try the http address.";
  if (/^HPE_/.test(code)) return "does not speak HTTP. Check the address and the port.";
  return `could not be fetched (${code || (error instanceof Error ? error.message : "no reason given")}). It will be asked again later.`;
}

/** Node gathers the errors of several addresses in an AggregateError. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
