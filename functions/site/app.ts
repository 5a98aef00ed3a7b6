import { Hono } from "hono";
import { limitKey } from "#domain/audience/limits/client-address.ts";
import { type BucketLimit, tokenBuckets } from "#domain/audience/limits/token-buckets.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { contentSecurityPolicy } from "#templates/pages/page.ts";
import { archiveOf, type EditionPorts, editionAt, home, monthAt, searchAt } from "./editions.ts";
import { withEtag } from "./etag.ts";
import { addFeeds, type FeedPorts } from "./feeds.ts";
import { headersFor } from "./headers.ts";
import { addressOf, param, type SiteEnvironment } from "./look.ts";
import { messagePages, type ShowMessage } from "./message.ts";
import { openApi } from "./openapi.ts";
import { addLeaving, type LeavingPorts } from "./readers/leaving.ts";
import { addPreferences, type PreferencesPagePorts } from "./readers/preferences.ts";
import { addReaderData, type DataPorts } from "./readers/reader-data.ts";
import { addSubscribing, type SubscribingPorts } from "./readers/subscribing.ts";
import { addSwitching } from "./readers/switching.ts";
import { addWorth, type WorthPagePorts } from "./readers/worth.ts";

type SitePorts = EditionPorts &
  FeedPorts &
  LeavingPorts &
  DataPorts &
  PreferencesPagePorts &
  WorthPagePorts &
  SubscribingPorts & {
    /** Limit of requests for each client. The default is more than a person, or an office behind one address, needs. */
    limit?: BucketLimit;
    /** Makes a reference for an error page, to find the error in the log. */
    newReference: () => string;
    log: (reference: string, error: unknown) => void;
  };

const defaultLimit: BucketLimit = { rate: 20, burst: 1200 };

/** Readers' pages. GET and HEAD never write, because scanners and previews open every link of an email. */
export function site(ports: SitePorts): Hono<SiteEnvironment> {
  const app = new Hono<SiteEnvironment>({ strict: false });
  const themes = Object.values(ports.config.newsletters).map(({ theme }) => theme);
  const policy = contentSecurityPolicy(themes, [new URL(ports.picturesUrl).origin]);
  app.use(async (c, next) => {
    await next();
    const script = c.get("script");
    const own = script === undefined ? policy : `${policy}; script-src ${script}`;
    const headers = headersFor(c.req.path, c.res.status, own);
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    c.res = await withEtag(c.req.raw, c.res);
  });
  const showMessage = messagePages(ports);
  app.onError((error, c) => {
    const reference = ports.newReference();
    ports.log(reference, error);
    return showMessage(c, "error", 500, { reference });
  });
  app.notFound((c) => showMessage(c, "notFound", 404));
  addLimit(app, ports, showMessage);
  app.get(sitePaths.description, (c) => c.json(openApi()));
  addPreferences(app, ports, showMessage);
  addSwitching(app, ports);
  addWorth(app, ports, showMessage);
  addLeaving(app, ports, showMessage);
  addReaderData(app, ports);
  addSubscribing(app, ports, showMessage);
  addFeeds(app, ports, showMessage);
  addEditions(app, ports, showMessage);
  return app;
}

/**
 * A limit for each client. One-click requests are exempt: a mail service sends those of all its users from a few
 * addresses, and nothing is read without a valid token.
 */
function addLimit(
  app: Hono<SiteEnvironment>,
  { limit = defaultLimit, now }: SitePorts,
  showMessage: ShowMessage,
): void {
  const buckets = tokenBuckets(limit);
  app.use(async (c, next) => {
    const isOneClick = c.req.method === "POST" && c.req.path.startsWith(sitePaths.oneClick(""));
    const wait = isOneClick ? 0 : buckets.take(limitKey(addressOf(c.env)), fromInstant(now()));
    if (wait === 0) return next();
    c.header("Retry-After", String(Math.ceil(wait)));
    return showMessage(c, "tooMany", 429);
  });
}

function addEditions(app: Hono<SiteEnvironment>, ports: SitePorts, showMessage: ShowMessage): void {
  app.get("/", (c) => c.html(home(ports)));
  app.get(sitePaths.archive(":newsletter"), async (c) => {
    const page = await archiveOf(ports, param(c, "newsletter"));
    return page === undefined ? showMessage(c, "notFound", 404) : c.html(page);
  });
  app.get(sitePaths.search(":newsletter"), async (c) => {
    const page = await searchAt(ports, param(c, "newsletter"), c.req.query("q") ?? "");
    return page === undefined ? showMessage(c, "notFound", 404) : c.html(page);
  });
  app.get(sitePaths.edition(":newsletter", ":date"), async (c) => {
    const newsletter = param(c, "newsletter");
    const date = param(c, "date");
    const page = (await monthAt(ports, newsletter, date)) ?? (await editionAt(ports, newsletter, date));
    if (page === "gone") return showMessage(c, "gone", 410, { newsletter });
    return page === undefined ? showMessage(c, "notFound", 404, { newsletter }) : c.html(page);
  });
}
