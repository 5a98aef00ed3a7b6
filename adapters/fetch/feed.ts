import type { IncomingHttpHeaders } from "node:http";
import { BodyProblem, readBody } from "./body.ts";
import { codeOf, isCertificateFault, MOST_REDIRECTS, withAbort } from "./failure.ts";
import { allowedOrigins, checkHost, guardUrl, type Resolve } from "./guard.ts";
import { openTimeLimit } from "./time-limit.ts";
import { type HttpResponse, nodeTransport, systemResolve, type Transport } from "./transport.ts";

type FetchRequest = {
  readonly url: string;
  /** Validators of the last good answer; the server answers 304 if nothing changed (RFC 9110 §13.1). */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** Waited for before more than a megabyte of the body is read. The time limit doesn't count it. */
  readonly beforeLarge?: () => Promise<void>;
};

type Fetched = {
  readonly kind: "fetched";
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Its address after redirects. */
  readonly url: string;
  /** The target of permanent redirects (301, 308); null: none. */
  readonly movedTo: string | null;
};
type FetchResult =
  | Fetched
  | { readonly kind: "unchanged"; readonly movedTo: string | null }
  /** The guard refused the address. */
  | { readonly kind: "refused"; readonly message: string }
  /** 410: the publisher has removed it. */
  | { readonly kind: "gone"; readonly message: string }
  /** retryAfter: milliseconds to wait, by the server's answer; null: not given. */
  | { readonly kind: "failed"; readonly message: string; readonly retryAfter: number | null };

export type FetchOptions = {
  /** Origins that may be fetched although their address isn't public. */
  readonly allowOrigins?: readonly string[];
  readonly resolve?: Resolve;
  readonly transport?: Transport;
  /** Total time in milliseconds, including redirects. */
  readonly timeout?: number;
  /** Bytes after decompression. */
  readonly limit?: number;
  /** The Accept header. Default: feeds. */
  readonly accept?: string;
  /** A page that tells site owners who is fetching. */
  readonly about?: string;
  /** Advice for an answer with this status, as a sentence. Default: for a source. */
  readonly advice?: (status: number) => string;
  readonly now?: () => number;
};

const LONGEST_URL = 2000;
const TIMEOUT = 10_000;
const LIMIT = 10 * 1024 * 1024;
const ACCEPT =
  "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/**
 * Fetches feeds and pictures, only from the public internet. Every hop is checked by name and by the address of the
 * connection; at most 5 redirects, 10 seconds and 10 MB. It never throws: a failure is a result with a sentence.
 */
export function openFetcher(options: FetchOptions = {}): (request: FetchRequest) => Promise<FetchResult> {
  const allowed = allowedOrigins(options.allowOrigins ?? []);
  const timeout = options.timeout ?? TIMEOUT;
  return async (request) => {
    const { signal, without, end } = openTimeLimit(timeout);
    const { beforeLarge } = request;
    const limited = beforeLarge === undefined ? request : { ...request, beforeLarge: () => without(beforeLarge) };
    try {
      return await withAbort(follow(limited, options, allowed, signal), signal);
    } catch (error) {
      const slow = signal.aborted
        ? `did not answer within ${timeout / 1000} seconds. It will be tried again later.`
        : undefined;
      return failed(`${request.url} ${slow ?? explain(error)}`);
    } finally {
      // Closes everything that is still open.
      end();
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
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const guarded = guardUrl(raw, allowed);
    if ("refused" in guarded) return refused(request.url, raw, guarded.refused);
    const { url, trusted } = guarded;
    const addresses = await withAbort(checkHost(url, trusted, options.resolve ?? systemResolve), signal);
    if (typeof addresses === "string") return refused(request.url, raw, addresses);
    const headers = headersFor(request, url, options);
    const answer = await (options.transport ?? nodeTransport)({ url, addresses, headers, signal });
    if (![301, 302, 303, 307, 308].includes(answer.status)) return readAnswer(answer, request, url, movedTo, options);
    answer.body.destroy();
    const location = answer.headers.location?.trim() ?? "";
    const next = location === "" ? null : URL.parse(location, url.href);
    if (next === null || next.href.length > LONGEST_URL)
      return failed(
        `${url.href} redirects (${answer.status}) without a usable Location header. Check the address in a browser.`,
      );
    forGood &&= (answer.status === 301 || answer.status === 308) && !losesTls(url, next);
    if (forGood) movedTo = next.href;
    // An address that only leads on to another host, such as a link counter, isn't where the feed is now.
    else if (movedTo !== null && URL.parse(movedTo)?.host !== next.host) movedTo = null;
    raw = next.href;
  }
  return failed(`${request.url} redirects more than ${MOST_REDIRECTS} times. Use the address where a browser ends up.`);
}

/** What follows without TLS may be said by someone else. */
const losesTls = (from: URL, to: URL) => from.protocol === "https:" && to.protocol !== "https:";

const refused = (requested: string, hop: string, message: string): FetchResult => ({
  kind: "refused",
  message: requested === hop ? message : `${requested} redirects to an address that isn't fetched. ${message}`,
});
const failed = (message: string, retryAfter: number | null = null): FetchResult => ({
  kind: "failed",
  message,
  retryAfter,
});

function headersFor(request: FetchRequest, url: URL, { about, accept = ACCEPT }: FetchOptions): Record<string, string> {
  return {
    accept,
    "accept-encoding": "gzip, br, zstd, deflate",
    "user-agent": `Broadsheet/1 (newsletter feed reader${about === undefined ? "" : `; +${about}`})`,
    host: url.host,
    ...(request.etag ? { "if-none-match": request.etag } : {}),
    ...(request.lastModified ? { "if-modified-since": request.lastModified } : {}),
  };
}

async function readAnswer(
  answer: HttpResponse,
  request: FetchRequest,
  url: URL,
  movedTo: string | null,
  options: FetchOptions,
): Promise<FetchResult> {
  const { status, headers, body } = answer;
  if (status === 200 || status === 203) {
    const { bytes, whole } = await readBody(
      body,
      headers["content-encoding"],
      options.limit ?? LIMIT,
      request.beforeLarge,
    );
    if (bytes.byteLength === 0)
      return failed(`${url.href} returned an empty document. Check the address in a browser.`);
    const known = validators(headers, whole && (hasLength(headers) || endsLikeFeed(bytes)));
    return { kind: "fetched", bytes, url: url.href, movedTo, ...known };
  }
  body.destroy();
  if (status === 304 && (request.etag || request.lastModified)) return { kind: "unchanged", movedTo };
  if (status === 410) {
    const advice = options.advice?.(status) ?? "Remove the source.";
    return { kind: "gone", message: `${url.href} no longer exists (410 Gone). ${advice}` };
  }
  return failed(
    `${url.href} returned ${status}. ${(options.advice ?? adviceFor)(status)}`,
    retryAfter(headers, (options.now ?? Date.now)()),
  );
}

/** Validators are kept only for a complete answer; otherwise the missing part would never be fetched. */
const validators = (headers: IncomingHttpHeaders, whole: boolean) => ({
  contentType: headers["content-type"]?.slice(0, 300) ?? null,
  etag: whole ? fits(headers.etag) : null,
  lastModified: whole ? fits(headers["last-modified"]) : null,
});

/** A truncated body is noticed if it has a length or chunks, but not if the end of the connection ends it. */
const hasLength = (headers: IncomingHttpHeaders) =>
  headers["content-length"] !== undefined || /\bchunked\b/i.test(headers["transfer-encoding"] ?? "");
const endsLikeFeed = (bytes: Uint8Array) =>
  /(\}|<\/(\w+:)?(rss|feed|rdf)>)\s*$/i.test(Buffer.from(bytes.subarray(-100)).toString("latin1"));
/** Validators are stored and sent back, so they must be valid in a header and short. */
const fits = (value: string | undefined) =>
  value !== undefined && value.length <= 500 && /^[\x20-\x7e]+$/.test(value) ? value : null;

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return "It doesn't let Broadsheet in: ask its publisher, or remove the source.";
  if (status === 404) return "There is no such page: check the address, or remove the source.";
  if (status === 429) return "It was asked too often: it will be polled less often.";
  if (status >= 500) return "The server has a problem: it will be tried again later.";
  return "Check the address in a browser.";
}

/** Retry-After as seconds or as a date (RFC 9110 §10.2.3), in milliseconds, at most a day. */
function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers["retry-after"]?.trim();
  if (value === undefined || value === "") return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, 24 * 3600_000) : null;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "can't be found: there is no host of that name. Check the spelling.",
  EAI_AGAIN: "can't be found right now: the name server doesn't answer. It will be tried again later.",
  ECONNREFUSED: "refused the connection: nothing answers at that host and port. Check the address.",
  ECONNRESET: "broke off the connection. It will be tried again later.",
  EHOSTUNREACH: "can't be reached. It will be tried again later.",
  ENETUNREACH: "can't be reached. It will be tried again later.",
  ETIMEDOUT: "did not answer in time. It will be tried again later.",
  CERT_HAS_EXPIRED: "has an expired certificate. Ask its publisher to renew it.",
};

function explain(error: unknown): string {
  if (error instanceof BodyProblem) return `${error.message}. Ask its publisher to fix the feed.`;
  const code = codeOf(error);
  const reason = REASONS[code];
  if (reason !== undefined) return reason;
  if (isCertificateFault(code)) return `has an invalid certificate (${code}). Ask its publisher to fix it.`;
  if (/SSL|TLS|EPROTO/.test(code)) return "doesn't speak HTTPS correctly. Try the http address.";
  if (/^HPE_/.test(code)) return "doesn't speak HTTP. Check the address and the port.";
  return `could not be fetched (${code || (error instanceof Error ? error.message : "no reason given")}). It will be tried again later.`;
}
