import type { IncomingHttpHeaders } from "node:http";
import { codeOf, isCertificateFault, MOST_REDIRECTS, withAbort } from "./failure.ts";
import { allowedOrigins, checkHost, guardUrl, type Resolve } from "./guard.ts";
import { nodeTransport, systemResolve, type Transport } from "./transport.ts";

/** The outcome of trying a link. `why` is a clause that completes "the link ". */
type LinkResult = {
  readonly outcome: "works" | "dead" | "refused" | "untestable";
  readonly why: string;
  /** The final HTTP status; absent: none. */
  readonly status?: number;
};

export type LinkOptions = {
  /** Origins that may be tried although their address isn't public. */
  readonly allowOrigins?: readonly string[];
  readonly resolve?: Resolve;
  readonly transport?: Transport;
  /** Time limit for one link in milliseconds, including redirects. */
  readonly timeout?: number;
};

const TIMEOUT = 8_000;
const HEAD_PART = 3;

/**
 * Checks whether links work: HEAD first, then GET if a server handles HEAD badly; no body is read. Every hop has the
 * same guards as feeds, so only the public internet is requested. It never throws.
 */
export function linkTrier(options: LinkOptions = {}) {
  const allowed = allowedOrigins(options.allowOrigins ?? []);
  const timeout = options.timeout ?? TIMEOUT;
  return async (url: string, signal: AbortSignal): Promise<LinkResult> => {
    const clock = new AbortController();
    const abort = () => clock.abort();
    const timer = setTimeout(abort, timeout);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    try {
      return await withAbort(attempts(url, options, allowed, clock.signal), clock.signal);
    } catch (error) {
      return clock.signal.aborted ? untestable(`did not answer within ${timeout / 1000} seconds`) : explained(error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      // Closes everything that is still open.
      clock.abort();
    }
  };
}

const untestable = (why: string): LinkResult => ({ outcome: "untestable", why });

async function attempts(url: string, options: LinkOptions, allowed: ReadonlySet<string>, signal: AbortSignal) {
  // Some servers never answer HEAD, so it gets only part of the time.
  const soon = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil((options.timeout ?? TIMEOUT) / HEAD_PART))]);
  const trial = withAbort(follow("HEAD", url, options, allowed, soon), soon);
  const head = await trial.catch(() => untestable("did not answer"));
  if (head.outcome === "works" || head.outcome === "refused" || signal.aborted) return head;
  return follow("GET", url, options, allowed, signal);
}

async function follow(
  method: "HEAD" | "GET",
  link: string,
  options: LinkOptions,
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<LinkResult> {
  let raw = link;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const refused = notPublic(hop);
    const guarded = guardUrl(raw, allowed);
    if ("refused" in guarded) return isOtherPort(raw, allowed) ? untestable("uses a port that isn't tried") : refused;
    const { url, trusted } = guarded;
    const addresses = await checkHost(url, trusted, options.resolve ?? systemResolve);
    if (typeof addresses === "string") return refused;
    const request = { method, url, addresses, headers: headersFor(url), signal };
    const { status, headers, body } = await (options.transport ?? nodeTransport)(request);
    body.on("error", () => undefined).destroy();
    const next = redirect(status, headers, url);
    if (next === undefined) return { ...judged(status), status };
    if (next === null) return untestable(`redirects (${status}) without a usable Location header`);
    raw = next;
  }
  return untestable(`redirects more than ${MOST_REDIRECTS} times`);
}

const notPublic = (hop: number): LinkResult => ({
  outcome: "refused",
  why: `${hop === 0 ? "leads" : "redirects"} to an address that is not on the public internet`,
});

/** A public host on an unusual port: the link may be correct, but isn't tried. */
function isOtherPort(raw: string, allowed: ReadonlySet<string>): boolean {
  const url = URL.parse(raw);
  if (url === null || url.port === "") return false;
  url.port = "";
  return !("refused" in guardUrl(url.href, allowed));
}

const headersFor = (url: URL) => ({
  accept: "text/html,application/xhtml+xml,*/*;q=0.8",
  "user-agent": "Mozilla/5.0 (compatible; Broadsheet/1; link check)",
  host: url.host,
});

/** Its redirect target; undefined: no redirect; null: no usable address. */
function redirect(status: number, { location }: IncomingHttpHeaders, from: URL): string | null | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  return URL.parse(location?.trim() ?? "", from.href)?.href ?? null;
}

/** Many sites block programs but not readers, so a link is only dead if the answer says that there is no such page. */
function judged(status: number): LinkResult {
  if (status >= 200 && status < 400) return { outcome: "works", why: `answers ${status}` };
  if (status === 404 || status === 410) return { outcome: "dead", why: `answers ${status}: there is no such page` };
  if (status >= 500) return untestable(`answers ${status}: its server has a problem`);
  return untestable(`answers ${status}, perhaps only to programs`);
}

function explained(error: unknown): LinkResult {
  const code = codeOf(error);
  if (code === "ENOTFOUND") return { outcome: "dead", why: "names a host that doesn't exist" };
  if (isCertificateFault(code)) return untestable("has an invalid certificate");
  return untestable(`could not be reached (${code || "no reason given"})`);
}
