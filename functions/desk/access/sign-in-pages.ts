import type { Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { LONGEST } from "#domain/desk/session.ts";
import { base, paths } from "../contract.ts";
import { noticePage } from "../views/notice.ts";
import type { DeskEnv } from "./person.ts";
import { endSession, type Refused } from "./session.ts";
import { ATTEMPT, beginSignIn, finishSignIn, type SignInPorts, type Strange, within } from "./sign-in.ts";

export type SignInPagePorts = SignInPorts & {
  provider: SignInPorts["provider"] & {
    /** Address for ending the session at the provider; undefined: there is none. */
    end: () => Promise<URL | undefined>;
  };
};

/** `__Host-` on https, so no other site of the same domain can set the cookie. */
export const cookiesOf = ({ siteUrl }: { siteUrl: string }) => {
  const secure = siteUrl.startsWith("https:");
  const options = { httpOnly: true, sameSite: "Lax", secure, path: "/" } as const;
  const name = (plain: string) => (secure ? `__Host-${plain}` : plain);
  return { session: name("desk"), attempt: name("desk-sign-in"), options };
};

export const signInAt = (to: string) => `${paths.signIn}?to=${encodeURIComponent(within(to))}`;

export function addSignIn(app: Hono<DeskEnv>, ports: SignInPagePorts): void {
  const { session, attempt, options } = cookiesOf(ports);
  app.get(paths.signIn, async (c) => {
    const begun = await beginSignIn(ports, c.req.query("to") ?? base);
    if ("refused" in begun) return refuse(ports, c, begun);
    setCookie(c, attempt, begun.cookie, { ...options, maxAge: ATTEMPT / 1000 });
    return c.redirect(begun.url.href);
  });
  app.get(paths.callback, async (c) => {
    const { search } = new URL(c.req.url);
    const done = await finishSignIn(ports, { query: search, cookie: getCookie(c, attempt) ?? "" });
    deleteCookie(c, attempt, options);
    if ("refused" in done) return refuse(ports, c, done);
    setCookie(c, session, done.cookie, { ...options, maxAge: LONGEST / 1000 });
    return c.redirect(done.to);
  });
  app.get(paths.signedOut, async (c) => {
    const end = await ports.provider.end();
    const text = "You're signed out of the desk. Your identity provider may still remember you in this browser.";
    const next =
      end === undefined
        ? { href: paths.signIn, label: "Sign in again" }
        : { href: end.href, label: "Sign out there too" };
    return c.html(noticePage({ title: "Signed out", text, next }));
  });
}

export async function signOut(ports: SignInPagePorts, c: Context<DeskEnv>): Promise<Response> {
  const { session, options } = cookiesOf(ports);
  await endSession(ports, getCookie(c, session) ?? "");
  deleteCookie(c, session, options);
  return c.redirect(paths.signedOut, 303);
}

const refusals = {
  strange: "This browser didn't start that sign-in, or it took longer than 15 minutes. Sign in again.",
  refused: "Your identity provider refused the sign-in, or its answer couldn't be verified. Sign in again.",
  unreachable:
    "The identity provider isn't responding. Wait a moment and sign in again. Editors who are signed in can go on working.",
} as const;

function refuse({ note }: SignInPagePorts, c: Context<DeskEnv>, { refused, detail }: Refused | Strange) {
  // An unreachable provider isn't a failed sign-in.
  note("sign-in failed", { ...(refused === "unreachable" ? {} : { security: "sign-in-failed" }), refused, detail });
  const next = { href: signInAt(base), label: "Sign in again" };
  const page = noticePage({ title: "Sign-in failed", text: refusals[refused], next });
  return c.html(page, refused === "unreachable" ? 503 : 403);
}
