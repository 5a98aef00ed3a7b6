import { withoutSlash } from "#domain/site-paths.ts";
import { base, paths } from "../contract.ts";
import { cookieKey, marked, markOf, unmarked } from "./seal.ts";
import { beginSession, type Refused, type SessionPorts, type SignedIn } from "./session.ts";

/** The values that bind the provider's answer to the browser that started the sign-in. */
type Ties = { state: string; nonce: string; verifier: string };

export type SignInPorts = SessionPorts & {
  siteUrl: string;
  provider: {
    /** Address for signing in. */
    begin: (redirectUri: string, ties: Ties) => Promise<URL | Refused>;
    /** The person who signed in. */
    finish: (callback: URL, ties: Ties) => Promise<SignedIn | Refused>;
  };
};

/** Longest time at the provider, in milliseconds. */
export const ATTEMPT = 15 * 60_000;

/**
 * One attempt to sign in. The browser keeps it in a cookie, and the values for the provider are derived from it with
 * our key, so nothing is stored for people who aren't signed in.
 */
type Attempt = { secret: string; until: number; to: string };

const textOf = ({ secret, until, to }: Attempt) => `${until}~${secret}~${to}`;

function attemptIn(text: string): Attempt | undefined {
  const [, until, secret, to] = /^(\d+)~([^~]+)~(.*)$/s.exec(text) ?? [];
  return secret === undefined || to === undefined ? undefined : { until: Number(until), secret, to };
}

/** Each value is a separate hash, so none can be derived from another that was in the browser's address bar. */
const tiesOf = (key: Parameters<typeof markOf>[0], text: string): Ties => ({
  state: markOf(key, "state", text),
  nonce: markOf(key, "nonce", text),
  // RFC 7636 §4.1: 43 to 128 characters.
  verifier: markOf(key, "verifier-1", text) + markOf(key, "verifier-2", text),
});

const redirectUri = (siteUrl: string) => new URL(paths.callback, siteUrl).href;

/** Starts an attempt. @returns the provider's address, and the value of the attempt's cookie */
export async function beginSignIn(ports: SignInPorts, to: string): Promise<{ url: URL; cookie: string } | Refused> {
  const key = cookieKey(await ports.keys());
  const text = textOf({ secret: ports.newSecret(), until: ports.now() + ATTEMPT, to: within(to) });
  const url = await ports.provider.begin(redirectUri(ports.siteUrl), tiesOf(key, text));
  return "refused" in url ? url : { url, cookie: marked(key, "attempt", encode(text)) };
}

/** `strange`: this browser didn't start the attempt, or did so too long ago. */
export type Strange = { refused: "strange"; detail: string };

/** Completes an attempt with a new session. @returns the desk's page to open, and the value of the session's cookie */
export async function finishSignIn(
  ports: SignInPorts,
  { query, cookie }: { query: string; cookie: string },
): Promise<{ to: string; cookie: string } | Refused | Strange> {
  const own = unmarked(await ports.keys(), "attempt", cookie);
  const text = decode(own?.text ?? "");
  const attempt = attemptIn(text);
  if (own === undefined || attempt === undefined) return { refused: "strange", detail: "no such try was begun here" };
  if (ports.now() > attempt.until) return { refused: "strange", detail: "the try took too long" };
  const ties = tiesOf(own.key, text);
  // Checked here too, before the provider is called, because anyone can call this address with any values.
  if (new URLSearchParams(query).get("state") !== ties.state) {
    return { refused: "strange", detail: "the state is of another try" };
  }
  const callback = new URL(redirectUri(ports.siteUrl));
  callback.search = query;
  const said = await ports.provider.finish(callback, ties);
  return "refused" in said ? said : { to: attempt.to, cookie: await beginSession(ports, said) };
}

const encode = (text: string) => Buffer.from(text, "utf8").toString("base64url");
const decode = (text: string) => Buffer.from(text, "base64url").toString("utf8");

const signInPaths: readonly string[] = [paths.signIn, paths.callback, paths.signOut, paths.signedOut];

/** Always a path of the desk, so signing in can't redirect elsewhere. */
export function within(to: string): string {
  const url = URL.parse(to, "https://desk.invalid");
  if (url === null || url.origin !== "https://desk.invalid") return base;
  const own = url.pathname === base || url.pathname.startsWith(`${base}/`);
  const isSignIn = signInPaths.some((path) => withoutSlash(url.pathname) === path);
  // Cookies are limited to 4,096 bytes (RFC 6265 §6.1).
  return own && !isSignIn && url.href.length < 1000 ? url.pathname + url.search : base;
}
