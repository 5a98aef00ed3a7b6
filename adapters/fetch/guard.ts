import { isIP } from "node:net";
import { isPublicAddress } from "./addresses.ts";

/** An address that may be fetched, or why not: a sentence that names it and says what to do. */
type Guarded = { readonly url: URL; readonly trusted: boolean } | { readonly refused: string };

export type Resolved = { readonly address: string; readonly family: 4 | 6 };
/** All addresses of a name; rejects if it has none. */
export type Resolve = (hostname: string) => Promise<readonly Resolved[]>;

/** Usual ports of feeds. Others belong to databases, mail servers and so on. */
const PORTS = new Set(["", "80", "443", "8080", "8443"]);
const notPublic = (which: string) => `${which} is not a public internet address`;
const ALLOW_HINT = "If it is yours, list its origin in allowOrigins of broadsheet.config.ts or pass --allow-origin.";

/** Exact origins that are allowed although their address isn't public, such as http://127.0.0.1:8080. */
export function allowedOrigins(origins: readonly string[]): ReadonlySet<string> {
  return new Set(origins.flatMap((one) => URL.parse(one.trim())?.origin ?? []).filter((one) => one !== "null"));
}

/** Checks the URL itself. The host's IP address is checked when it is known: checkHost. */
export function guardUrl(raw: string, allowed: ReadonlySet<string>): Guarded {
  const shown = JSON.stringify(raw.slice(0, 200));
  const url = URL.parse(raw);
  if (url === null) return { refused: `${shown} is not a web address. Write it like https://example.com/feed.xml.` };
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { refused: `${shown} can't be fetched: only http and https addresses can.` };
  }
  if (url.username !== "" || url.password !== "") {
    return { refused: `${shown} can't be fetched: it contains a user name. Leave out the part before the @.` };
  }
  if (allowed.has(url.origin)) return { url, trusted: true };
  const closed = closedHost(url.hostname) ?? closedPort(url.port);
  if (closed !== undefined) return { refused: `${url.href} can't be fetched: ${closed}. ${ALLOW_HINT}` };
  return { url, trusted: false };
}

/** Why an address is never fetched, as a sentence; null: it may be. */
export function fetchGuard(origins: readonly string[]): (url: string) => string | null {
  const allowed = allowedOrigins(origins);
  return (url) => {
    const guarded = guardUrl(url, allowed);
    return "refused" in guarded ? guarded.refused : null;
  };
}

const closedPort = (port: string): string | undefined =>
  PORTS.has(port) ? undefined : "feeds are fetched from ports 80, 443, 8080 and 8443";

const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, "");

/**
 * Addresses that aren't public, and names of the local network, whatever a resolver answers (RFC 6761, RFC 8375, RFC
 * 6762).
 */
function closedHost(hostname: string): string | undefined {
  const host = withoutBrackets(hostname.replace(/\.$/, "").toLowerCase());
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : notPublic(host);
  if (!host.includes(".")) return `${host} is a local network name`;
  if (host.length > 253 || host.split(".").some((label) => label.length > 63)) return "its host name is too long";
  const local = /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa|consul|test-internal)$/.exec(host);
  return local === null ? undefined : `${host} is a local network name`;
}

/** Most addresses of a name that are tried; thousands would be others' machines. */
const MOST_ADDRESSES = 8;

/**
 * The addresses a connection may use. The name is resolved once and the connection uses the checked addresses, so a
 * changed answer in between (DNS rebinding) has no effect.
 */
export async function checkHost(url: URL, trusted: boolean, resolve: Resolve): Promise<readonly Resolved[] | string> {
  const host = withoutBrackets(url.hostname);
  const family = isIP(host);
  const found = family === 0 ? await resolve(host) : [{ address: host, family: family === 6 ? 6 : 4 } as const];
  if (found.length === 0) return `${url.href} can't be fetched: ${host} has no address. Check the spelling.`;
  const closed = trusted ? undefined : found.find((one) => !isPublicAddress(one.address));
  if (closed === undefined) return found.slice(0, MOST_ADDRESSES);
  const which = family === 0 ? `${host} resolves to ${closed.address}, which` : closed.address;
  return `${url.href} can't be fetched: ${notPublic(which)}. ${ALLOW_HINT}`;
}
