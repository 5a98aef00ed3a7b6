import { type Context, Hono, type MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { sameText } from "#domain/audience/tokens/token.ts";
import { base, paths } from "../contract.ts";
import { deskFiles } from "../files.ts";
import { noticePage, retryPage } from "../views/notice.ts";
import { type BadBody, fieldOf, withBody } from "./body.ts";
import { allowMethods, guardHeaders, isFromDesk, wantsJson } from "./guards.ts";
import type { DeskEnv } from "./person.ts";
import { isOwnCookie, sessionBy } from "./session.ts";
import { addSignIn, cookiesOf, type SignInPagePorts, signInAt, signOut } from "./sign-in-pages.ts";

export type GuardPorts = SignInPagePorts & {
  /** The page to add a passkey; absent: the provider handles this itself. */
  passkeysUrl?: string | undefined;
  /** False: this client sent too many requests without being signed in. */
  allowClient: (address: string) => boolean;
  /** Makes a reference for an error page, to find the error in the log. */
  newReference: () => string;
  log: (reference: string, error: unknown) => void;
};

/** The desk as a web app: sign-in, sessions and guards, with `app` behind them. */
export function guardedApp(ports: GuardPorts, app: Hono<DeskEnv>): Hono<DeskEnv> {
  const all = new Hono<DeskEnv>({ strict: false });
  all.use(guardHeaders);
  all.use(allowMethods);
  all.onError((error, c) => {
    const reference = ports.newReference();
    ports.log(reference, error);
    const text = `Something went wrong. Try again. If it keeps failing, give an operator this reference: ${reference}.`;
    return answer(c, 500, { code: "internal", title: "Something went wrong", text });
  });
  all.notFound((c) => c.html(noticePage({ title: "Page not found", text: "", next: toDesk }), 404));
  addAssets(all);
  all.use(limitStrangers(ports));
  addSignIn(all, ports);
  all.use(requireSession(ports));
  all.use(requireOwnOrigin(ports));
  all.use(withBody(refuseBody));
  all.use(requireToken);
  all.post(paths.signOut, (c) => signOut(ports, c));
  all.route(base, app);
  return all;
}

const toDesk = { href: paths.home, label: "Go to the desk" };

type Status = 400 | 401 | 403 | 413 | 429 | 500;

/** A refusal, for a script or for a person. */
function answer(
  c: Context<DeskEnv>,
  status: Status,
  { code, title, text }: { code: string; title: string; text: string },
) {
  if (wantsJson(c)) return c.json({ fault: { code, message: text } }, status);
  const { person, token } = c.var;
  return c.html(noticePage({ title, text, next: toDesk, person, token }), status);
}

/** A file's name contains the hash of its content, so it can be cached forever. */
function addAssets(app: Hono<DeskEnv>): void {
  app.get(`${base}/assets/:name`, (c) => {
    const found = deskFiles.find(({ name }) => name === c.req.param("name"));
    if (found === undefined) return c.notFound();
    return c.body(found.body, 200, {
      "Content-Type": found.type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
}

/**
 * Limits the cost of clients without a session, on every path and method. Strangers never slow down editors: limits are
 * by client address, and don't apply with a valid cookie.
 */
const limitStrangers =
  (ports: GuardPorts): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const cookie = getCookie(c, cookiesOf(ports).session);
    if (cookie !== undefined && isOwnCookie(await ports.keys(), cookie)) return next();
    if (ports.allowClient(c.env.address)) return next();
    c.header("Retry-After", "10");
    const text = "Too many requests came from your network. Wait a few seconds and try again.";
    return answer(c, 429, { code: "too-many-requests", title: "Too many requests", text });
  };

const requireSession =
  (ports: GuardPorts): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const cookie = getCookie(c, cookiesOf(ports).session);
    const found = cookie === undefined ? undefined : await sessionBy(ports, cookie);
    if (found === undefined) return signedOut(c);
    c.set("token", found.token);
    if (found.person !== undefined) c.set("person", { ...found.person, passkeysUrl: ports.passkeysUrl });
    else if (c.req.path !== paths.signOut) return withoutRole(c, found.token);
    return next();
  };

/** Nothing of the request is read or echoed, because any website can send it. */
function signedOut(c: Context<DeskEnv>): Response | Promise<Response> {
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  if (isRead && !wantsJson(c)) return c.redirect(signInAt(c.req.path + new URL(c.req.url).search));
  const signIn = signInAt(refererOf(c));
  if (wantsJson(c)) {
    const message = "You're signed out. Your work is kept in this browser: sign in to save it.";
    return c.json({ fault: { code: "signed-out", message }, signIn }, 401);
  }
  const text = "Nothing was done. Sign in, then press the button again: this browser keeps what you entered.";
  const next = { href: signIn, label: "Sign in" };
  return c.html(noticePage({ title: "You're signed out", text, next, isSignedOut: true }), 401);
}

const refererOf = (c: Context): string => {
  const url = URL.parse(c.req.header("referer") ?? "");
  return url === null ? base : url.pathname + url.search;
};

function withoutRole(c: Context<DeskEnv>, token: string): Response | Promise<Response> {
  const text = "You're signed in, but you have no role here. Ask an operator to give you one.";
  if (wantsJson(c)) return c.json({ fault: { code: "not-allowed", message: text } }, 403);
  return c.html(noticePage({ title: "No access to the desk", text, signOutToken: token }), 403);
}

/**
 * Changes must come from our own pages (the Origin header; Fetch §3.2). Checked before the body is read, so nothing
 * from another website is ever shown on our pages.
 */
const requireOwnOrigin =
  ({ siteUrl }: GuardPorts): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    if (c.req.method !== "POST" || isFromDesk(c, new URL(siteUrl).origin)) return next();
    const text = "The request came from another website. Open the desk and try again there.";
    return answer(c, 403, { code: "not-allowed", title: "Nothing was changed", text });
  };

const refuseBody = (c: Context<DeskEnv>, { status, message }: BadBody) =>
  answer(c, status, { code: "bad-request", title: "Nothing was changed", text: message });

/** Changes need this session's token. SameSite=Lax and Origin are further protection. */
const requireToken: MiddlewareHandler<DeskEnv> = async (c, next) => {
  if (c.req.method !== "POST") return next();
  const { body, token, person } = c.var;
  if (sameText(c.req.header("x-desk-token") ?? fieldOf(body, "token"), token)) return next();
  if (wantsJson(c)) {
    const message = "This page is older than your session. Your work is kept in this browser: reload the page.";
    return c.json({ fault: { code: "signed-out", message } }, 401);
  }
  return c.html(retryPage({ action: c.req.path, fields: body.fields, token, person }), 409);
};
