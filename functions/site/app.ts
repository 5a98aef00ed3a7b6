import { type Context, Hono } from "hono";
import { limitKey } from "#domain/audience/client-address.ts";
import { type BucketLimit, tokenBuckets } from "#domain/audience/token-buckets.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { contentSecurityPolicy } from "#templates/page.ts";
import { type Message, messagePage, unsubscribePage } from "#templates/reader-pages.ts";
import { type LeavePorts, type Leaving, leaveBy, leavingBy } from "#usecases/audience/leave.ts";
import { paths } from "./contract.ts";
import {
  archiveOf,
  type EditionPorts,
  editionAt,
  home,
  languageOf,
  monthAt,
  newsletterAt,
  themeOf,
  urlOf,
} from "./editions.ts";
import { withEtag } from "./etag.ts";

export type SitePorts = EditionPorts &
  LeavePorts & {
    /** How often a client may ask. Default: what a person, or an office behind one address, does not reach. */
    limit?: BucketLimit;
    /** An id for a page that says something went wrong, to be found in the log. */
    newReference: () => string;
    log: (reference: string, error: unknown) => void;
  };

type Status = 200 | 404 | 429 | 500;

/** What the site knows of a request besides the request: the client's address, for limits. */
export type Visit = { Bindings: { address?: string } };

const ordinary: BucketLimit = { rate: 20, burst: 200 };

/** Readers' pages. GET and HEAD never write: scanners and previews open every link of an email. */
export function site(ports: SitePorts): Hono<Visit> {
  const app = new Hono<Visit>({ strict: false });
  const policy = contentSecurityPolicy(Object.values(ports.config.newsletters).map(({ theme }) => theme));
  app.use(async (c, next) => {
    await next();
    const headers = headersFor(c.req.path, c.res.status, policy);
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    c.res = await withEtag(c.req.raw, c.res);
  });
  app.onError((error, c) => {
    const reference = ports.newReference();
    ports.log(reference, error);
    return c.html(messagePage({ ...messageOf(ports, "error", 500), reference }), 500);
  });
  const message: Say = (c, kind, status, newsletter) =>
    c.html(messagePage(messageOf(ports, kind, status, newsletter)), status);
  app.notFound((c) => message(c, "notFound", 404));
  addLimit(app, ports, message);
  addLeaving(app, ports, message);
  addEditions(app, ports, message);
  return app;
}

/**
 * A limit for each client. One-click requests are exempt: a mail service sends those of all its users from a few
 * addresses, and each needs a signed token before anything is read.
 */
function addLimit(app: Hono<Visit>, { limit = ordinary, now }: SitePorts, message: Say): void {
  const buckets = tokenBuckets(limit);
  app.use(async (c, next) => {
    const isOneClick = c.req.method === "POST" && c.req.path.startsWith(paths.oneClick(""));
    const wait = isOneClick ? 0 : buckets.take(limitKey(addressOf(c.env)), fromInstant(now()));
    if (wait === 0) return next();
    c.header("Retry-After", String(Math.ceil(wait)));
    return message(c, "tooMany", 429);
  });
}

type Say = (c: Context, kind: Message, status: Status, newsletter?: string) => Response | Promise<Response>;

function addLeaving(app: Hono<Visit>, ports: SitePorts, message: Say): void {
  app.get(paths.aboutUnsubscribing, (c) => message(c, "sample", 200));
  for (const path of [paths.unsubscribe(":token"), paths.oneClick(":token")]) {
    app.get(path, async (c) => {
      const leaving = await leavingBy(ports, param(c, "token"));
      if (leaving === undefined) return message(c, "badLink", 404);
      if (leaving.address === null) return message(c, "left", 200, leaving.newsletter);
      return c.html(leavingPage(ports, { ...leaving, address: leaving.address }, param(c, "token")));
    });
    // RFC 8058 §3.1: no cookie, no redirect, whatever form the body has. The address alone says who leaves.
    app.post(path, async (c) => {
      const leaving = await leaveBy(ports, param(c, "token"));
      return leaving === undefined ? message(c, "badLink", 404) : message(c, "left", 200, leaving.newsletter);
    });
  }
}

function addEditions(app: Hono<Visit>, ports: SitePorts, message: Say): void {
  app.get("/", (c) => c.html(home(ports)));
  app.get(paths.archive(":newsletter"), async (c) => {
    const page = await archiveOf(ports, param(c, "newsletter"));
    return page === undefined ? message(c, "notFound", 404) : c.html(page);
  });
  app.get(paths.edition(":newsletter", ":date"), async (c) => {
    const newsletter = param(c, "newsletter");
    const page =
      (await monthAt(ports, newsletter, param(c, "date"))) ?? (await editionAt(ports, newsletter, param(c, "date")));
    return page === undefined ? message(c, "notFound", 404, newsletter) : c.html(page);
  });
}

/** Paths come from the contract as plain strings, so hono cannot know which parameters they have. */
const param = (c: Context, name: string) => c.req.param(name) ?? "";

function messageOf(ports: SitePorts, kind: Message, status: Status, name = "") {
  const about = newsletterAt(ports.config, name);
  return {
    kind,
    language: about?.language ?? languageOf(ports.config),
    siteUrl: urlOf(ports, "/"),
    theme: about?.theme ?? themeOf(ports.config),
    newsletter: about && { title: about.title, archiveUrl: urlOf(ports, paths.archive(name)) },
    reference: status === 200 ? undefined : ports.newReference(),
  };
}

/** A newsletter that the configuration no longer has can still be left; it is called by its short name then. */
function leavingPage(ports: SitePorts, leaving: Leaving & { address: string }, token: string): string {
  const about = newsletterAt(ports.config, leaving.newsletter);
  return unsubscribePage({
    title: about?.title ?? leaving.newsletter,
    language: about?.language ?? languageOf(ports.config),
    maskedAddress: leaving.address,
    action: paths.unsubscribe(token),
    theme: about?.theme ?? themeOf(ports.config),
    archiveUrl: urlOf(ports, about === undefined ? "/" : paths.archive(leaving.newsletter)),
  });
}

const personal = [paths.aboutUnsubscribing, paths.unsubscribe(""), paths.oneClick("")];

function headersFor(path: string, status: number, policy: string): Record<string, string> {
  const about = {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  };
  // A token in the address: it must not leave by a Referer, a cache or a search engine.
  if (personal.some((start) => path === start || (start.endsWith("/") && path.startsWith(start)))) {
    return { ...about, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex" };
  }
  const cache = status === 200 ? "public, max-age=60, stale-while-revalidate=600" : "no-store";
  return { ...about, "Referrer-Policy": "strict-origin-when-cross-origin", "Cache-Control": cache };
}

const addressOf = (visit: Visit["Bindings"] | undefined): string => visit?.address ?? "";
