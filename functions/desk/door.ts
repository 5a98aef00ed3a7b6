import { type Context, Hono, type MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { sameText } from "#domain/audience/token.ts";
import { LONGEST } from "#domain/desk/session.ts";
import { base, paths } from "./contract.ts";
import { deskFiles } from "./files.ts";
import type { DeskEnv } from "./person.ts";
import { endSession, type Refused, sessionBy } from "./session.ts";
import { ATTEMPT, beginSignIn, finishSignIn, type SignInPorts, type Strange, within } from "./sign-in.ts";
import { againPage, noticePage } from "./views/notice.ts";

export type DoorPorts = SignInPorts & {
  provider: SignInPorts["provider"] & {
    /** Where the browser ends its session with the provider; undefined where there is no such place. */
    end: () => Promise<URL | undefined>;
  };
  /** An id for a page that says something went wrong, to be found in the log. */
  newReference: () => string;
  log: (reference: string, error: unknown) => void;
};

/** Lets in who is signed in and may be here, and hands them to `app`. */
export function door(ports: DoorPorts, app: Hono<DeskEnv>): Hono<DeskEnv> {
  const all = new Hono<DeskEnv>({ strict: false });
  all.use(guardHeaders);
  all.onError((error, c) => {
    const reference = ports.newReference();
    ports.log(reference, error);
    const text = `Something failed here. Try again; if it stays so, the log has the details under ${reference}.`;
    return wantsJson(c)
      ? c.json({ fault: { code: "internal", message: text } }, 500)
      : c.html(noticePage({ title: "That did not work", text }), 500);
  });
  all.notFound((c) => c.html(noticePage({ title: "There is no such page", text: "", next: toDesk }), 404));
  addAssets(all);
  addSignIn(all, ports);
  all.use(seated(ports));
  all.use(meant(ports));
  all.post(paths.signOut, (c) => signOut(ports, c));
  all.route(base, app);
  return all;
}

/** A name that holds the hash of what is in the file never means anything else. */
function addAssets(app: Hono<DeskEnv>): void {
  app.get(`${base}/assets/:name`, (c) => {
    const found = deskFiles.find(({ name }) => name === c.req.param("name"));
    if (found === undefined) return c.notFound();
    return c.body(found.text, 200, {
      "Content-Type": found.type,
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  });
}

const toDesk = { href: paths.home, label: "To the desk" };

/** __Host- where it can be: then no other site of the same domain can set the cookie. Browsers ask for https there. */
const cookies = ({ siteUrl }: DoorPorts) => {
  const secure = siteUrl.startsWith("https:");
  const options = { httpOnly: true, sameSite: "Lax", secure, path: "/" } as const;
  const name = (plain: string) => (secure ? `__Host-${plain}` : plain);
  return { session: name("desk"), attempt: name("desk-sign-in"), options };
};

function addSignIn(app: Hono<DeskEnv>, ports: DoorPorts): void {
  const { session, attempt, options } = cookies(ports);
  app.get(paths.signIn, async (c) => {
    const begun = await beginSignIn(ports, c.req.query("to") ?? base);
    if ("refused" in begun) return refuse(ports, c, begun, base);
    setCookie(c, attempt, begun.cookie, { ...options, maxAge: ATTEMPT / 1000 });
    return c.redirect(begun.url.href);
  });
  app.get(paths.callback, async (c) => {
    const { search } = new URL(c.req.url);
    const done = await finishSignIn(ports, { query: search, cookie: getCookie(c, attempt) ?? "" });
    deleteCookie(c, attempt, options);
    if ("refused" in done) return refuse(ports, c, done, base);
    setCookie(c, session, done.cookie, { ...options, maxAge: LONGEST / 1000 });
    return c.redirect(done.to);
  });
  app.get(paths.signedOut, async (c) => {
    const end = await ports.provider.end();
    const text = "You are signed out of the desk. Your identity provider may still know you in this browser.";
    const more = { href: end?.href ?? paths.signIn, label: end === undefined ? "Sign in again" : "Sign out there too" };
    return c.html(noticePage({ title: "Signed out", text, next: more }));
  });
}

const signInAt = (to: string) => `${paths.signIn}?to=${encodeURIComponent(within(to))}`;

const refusals = {
  strange:
    "This browser did not begin that sign-in, or it took longer than 15 minutes. Nothing was changed: begin again.",
  refused: "Your identity provider did not let you in, or its answer could not be trusted. Begin again.",
  unreachable:
    "The identity provider does not answer. Wait a moment and begin again; who is signed in can go on working.",
} as const;

function refuse({ note }: DoorPorts, c: Context<DeskEnv>, { refused, detail }: Refused | Strange, to: string) {
  note("somebody could not sign in", { refused, detail });
  const next = { href: signInAt(to), label: "Begin again" };
  const page = noticePage({ title: "You are not signed in", text: refusals[refused], next });
  return c.html(page, refused === "unreachable" ? 503 : 403);
}

/** Nobody goes on without a session and a role. */
const seated =
  (ports: DoorPorts): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const cookie = getCookie(c, cookies(ports).session);
    const found = cookie === undefined ? undefined : await sessionBy(ports, cookie);
    if (found === undefined) return signedOut(c);
    if (found.person === undefined && c.req.path !== paths.signOut) return noRole(c, found.token);
    if (found.person !== undefined) c.set("person", found.person);
    c.set("token", found.token);
    return next();
  };

/** What was to be done is kept where it came from: a script is told in JSON, a form gets itself back. */
async function signedOut(c: Context<DeskEnv>): Promise<Response> {
  if (c.req.method === "GET" || c.req.method === "HEAD") {
    if (!wantsJson(c)) return c.redirect(signInAt(c.req.path + new URL(c.req.url).search));
  }
  const signIn = signInAt(refererOf(c));
  if (wantsJson(c)) {
    const message = "You were signed out. What you wrote is still here: sign in, and it goes on.";
    return c.json({ fault: { code: "signed-out", message }, signIn }, 401);
  }
  return c.html(againPage({ action: c.req.path, fields: await fieldsOf(c), token: null, signIn: paths.signIn }), 401);
}

function noRole(c: Context<DeskEnv>, token: string): Response | Promise<Response> {
  const message = "You are signed in, and have no role at this desk. Ask an operator to give you one.";
  if (wantsJson(c)) return c.json({ fault: { code: "not-allowed", message } }, 403);
  const more = { markup: noRoleForm(token) };
  return c.html(noticePage({ title: "You may not be here", text: message, more }), 403);
}

const noRoleForm = (token: string) =>
  `<form method="post" action="${paths.signOut}"><input type="hidden" name="token" value="${token}"><button>Sign out</button></form>`;

/**
 * What changes something must come from a page of ours (Origin; Fetch §3.2) of this very session (token). SameSite=Lax
 * keeps other sites' forms out already: each of the three stands alone.
 */
const meant =
  (ports: DoorPorts): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    if (!isOurs(c, new URL(ports.siteUrl).origin)) return elsewhere(c);
    const header = c.req.header("x-desk-token");
    const fields = header === undefined ? await fieldsOf(c) : [];
    const given = header ?? fields.find(([name]) => name === "token")?.[1] ?? "";
    if (sameText(given, c.var.token)) return next();
    if (wantsJson(c)) {
      const message = "This page is older than your session. What you wrote is still here: reload the page.";
      return c.json({ fault: { code: "signed-out", message } }, 401);
    }
    const { token, person } = c.var;
    return c.html(againPage({ action: c.req.path, fields, token, signIn: paths.signIn, person }), 409);
  };

/** A browser says where a request comes from; one that says nothing is no browser with our page. */
function isOurs(c: Context, ours: string): boolean {
  const origin = c.req.header("origin");
  return origin === undefined ? c.req.header("sec-fetch-site") === "same-origin" : origin === ours;
}

function elsewhere(c: Context<DeskEnv>): Response | Promise<Response> {
  const message = "That came from another website, so nothing was done. Open the desk and do it there.";
  if (wantsJson(c)) return c.json({ fault: { code: "not-allowed", message } }, 403);
  return c.html(noticePage({ title: "Nothing was done", text: message, next: toDesk }), 403);
}

async function signOut(ports: DoorPorts, c: Context<DeskEnv>): Promise<Response> {
  const { session, options } = cookies(ports);
  await endSession(ports, getCookie(c, session) ?? "");
  deleteCookie(c, session, options);
  return c.redirect(paths.signedOut, 303);
}

/** Scripts ask for JSON. */
const wantsJson = (c: Context): boolean =>
  c.req.header("x-desk-token") !== undefined || (c.req.header("accept") ?? "").includes("application/json");

const refererOf = (c: Context): string => {
  const url = URL.parse(c.req.header("referer") ?? "");
  return url === null ? base : url.pathname + url.search;
};

async function fieldsOf(c: Context): Promise<[string, string][]> {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(c.req.header("content-type") ?? ""))
    return [];
  const form = await c.req.formData();
  return [...form.entries()].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
}

/**
 * Nothing but our own files runs or is shown, and no other site may frame a page (CSP level 3). A page that needs
 * another policy, such as a preview in its frame, sets it itself. The referrer goes to ourselves alone: with none at
 * all, browsers would send forms with `Origin: null`.
 */
const headers = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; "),
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex",
  "Strict-Transport-Security": "max-age=31536000",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

const guardHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};
