import type { Hono } from "hono";
import { suggestAddress } from "#domain/audience/address/suggest-address.ts";
import { limitKey, networkOf } from "#domain/audience/limits/client-address.ts";
import { tokenBuckets } from "#domain/audience/limits/token-buckets.ts";
import { timedToken } from "#domain/audience/tokens/timed-token.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { stepPage, subscribePage } from "#templates/pages/subscribe-pages.ts";
import { workScriptSource } from "#templates/pages/work-script.ts";
import { readerWordsFor } from "#templates/reader-words.ts";
import {
  type Confirmation,
  type ConfirmPorts,
  confirmationByToken,
  confirmByToken,
} from "#usecases/audience/confirm.ts";
import { type RequestPorts, requestSubscription, type SubscribeFault } from "#usecases/audience/request.ts";
import { readBody } from "../body.ts";
import {
  aboutOf,
  addressOf,
  type LookPorts,
  lookOf,
  newsletterAt,
  param,
  type SiteContext,
  type SiteEnvironment,
  urlOf,
} from "../look.ts";
import type { ShowMessage } from "../message.ts";
import { type Escalation, escalation } from "./escalation.ts";
import { mailedLinkPage } from "./mailed-link.ts";

export type SubscribingPorts = LookPorts & RequestPorts & ConfirmPorts;

/**
 * A client's limit of requests over a long time, so it can't use us to mail strangers. A school or office behind one
 * address stays below it.
 */
const MOST_LIMIT = { rate: 1 / 60, burst: 300 };
/**
 * The same for all clients of an IPv6 /48, since one person can have all of its addresses. IPv4 addresses aren't free,
 * and many readers may share a /24.
 */
const NETWORK_LIMIT = { rate: 4 / 60, burst: 1200 };
/** A form's signed time is of no reader. */
const NO_READER = "0".repeat(24);

export function addSubscribing(app: Hono<SiteEnvironment>, ports: SubscribingPorts, showMessage: ShowMessage): void {
  const own = { ...ports, escalated: escalation(ports) };
  const most = tokenBuckets(MOST_LIMIT);
  const network = tokenBuckets(NETWORK_LIMIT);
  const waitOf = (c: SiteContext) => {
    const address = addressOf(c.env);
    const now = fromInstant(ports.now());
    const wait = most.take(limitKey(address), now);
    const around = networkOf(address);
    // A client that is refused takes nothing from its neighbours.
    return Math.ceil(wait > 0 || !around?.endsWith("/48") ? wait : network.take(around, now));
  };
  app.get(sitePaths.subscribe(":newsletter"), async (c) => {
    const about = newsletterAt(ports.config, param(c, "newsletter"));
    return about === undefined ? showMessage(c, "notFound", 404) : subscribeForm(own, c, about, {}, 200);
  });
  app.post(sitePaths.subscribe(":newsletter"), async (c) => {
    const about = newsletterAt(ports.config, param(c, "newsletter"));
    if (about === undefined) return showMessage(c, "notFound", 404);
    const wait = waitOf(c);
    if (wait === 0) return handleForm(own, c, about);
    c.header("Retry-After", String(wait));
    return showMessage(c, "tooMany", 429);
  });
  app.get(sitePaths.requested(":newsletter"), (c) => {
    const newsletter = param(c, "newsletter");
    if (newsletterAt(ports.config, newsletter) === undefined) return showMessage(c, "notFound", 404);
    return c.html(checkInboxPage(ports, c, newsletter, sitePaths.requested(newsletter)));
  });
  app.post(sitePaths.subscribers(":newsletter"), async (c) => {
    const wait = waitOf(c);
    if (wait === 0) return handleJson(own, c);
    const error = { code: "too-many", message: "Too many requests from your network. Try again later." };
    return c.json({ error }, 429, { ...cors, "Retry-After": String(wait) });
  });
  app.options(sitePaths.subscribers(":newsletter"), (c) => c.body(null, 204, preflight));
  app.all(sitePaths.subscribers(":newsletter"), (c) => {
    const error = { code: "method-not-allowed", message: `The method ${c.req.method} isn't allowed here. Use POST.` };
    return c.json({ error }, 405, { ...cors, Allow: "POST, OPTIONS" });
  });
  const confirmation = (c: SiteContext, found: Confirmation) =>
    mailedLinkPage(ports, c, sitePaths.confirm(param(c, "token")), found, { ask: "confirm", done: "subscribed" });
  app.get(sitePaths.confirm(":token"), async (c) =>
    confirmation(c, await confirmationByToken(ports, param(c, "token"))),
  );
  app.post(sitePaths.confirm(":token"), async (c) => confirmation(c, await confirmByToken(ports, param(c, "token"))));
}

type OwnPorts = SubscribingPorts & { escalated: Escalation };
type FormState = { language?: string | undefined; value?: string; fault?: SubscribeFault; suggestion?: string };

async function subscribeForm(
  ports: OwnPorts,
  c: SiteContext,
  about: NewsletterConfig,
  { language, ...filled }: FormState,
  status: 200 | 413 | 415 | 422,
) {
  const newsletter = param(c, "newsletter");
  const path = sitePaths.subscribe(newsletter);
  const made = timedToken(await ports.keys(), "form", { newsletter, id: NO_READER }, ports.now());
  const work = await ports.escalated.challenge(c);
  if (work !== undefined) c.set("script", workScriptSource);
  const place = {
    work,
    action: path,
    canonical: urlOf(ports, path),
    made,
    postalAddress: about.postalAddress,
    about: aboutOf(about),
  };
  return c.html(subscribePage(lookOf(ports, c, newsletter, path, language), { ...place, ...filled }), status);
}

async function handleForm(ports: OwnPorts, c: SiteContext, about: NewsletterConfig) {
  const newsletter = param(c, "newsletter");
  const body = await readBody(c, ["form"]);
  if ("refused" in body) return subscribeForm(ports, c, about, { fault: "empty" }, body.refused === 413 ? 413 : 415);
  const { email = "", website = "", made = "", sure = "", altcha = "", lang } = body.fields;
  const { language } = lookOf(ports, c, newsletter, undefined, c.req.query("lang") ?? lang);
  const done = c.redirect(`${sitePaths.requested(newsletter)}?lang=${language}`, 303);
  // Only programs fill in an invisible field. They get the same answer as everyone.
  if (website !== "") return done;
  const suggestion = suggestAddress(email.trim());
  if (suggestion !== undefined && sure !== email) {
    return subscribeForm(ports, c, about, { language, value: email, suggestion }, 200);
  }
  const delaySeconds = await ports.escalated.delay(c, { made, altcha });
  const request = { newsletter, address: email, language, source: "web form", delaySeconds };
  const taken = await requestSubscription(ports, about, { ...request, network: networkOf(addressOf(c.env)) });
  return "fault" in taken
    ? subscribeForm(ports, c, about, { language, value: email.slice(0, 254), fault: taken.fault }, 422)
    : done;
}

const cors = { "Access-Control-Allow-Origin": "*" };
/** A browser asks before it sends JSON from another site (Fetch §3.2.2); it may remember the answer for a day. */
const preflight = {
  ...cors,
  "Access-Control-Allow-Methods": "POST",
  "Access-Control-Allow-Headers": "Content-Type",
  "Access-Control-Max-Age": "86400",
};

async function handleJson(ports: OwnPorts, c: SiteContext) {
  const newsletter = param(c, "newsletter");
  const refuse = (status: 400 | 404 | 413 | 415 | 422, code: string, message: string) =>
    c.json({ error: { code, message } }, status, cors);
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined) return refuse(404, "unknown-newsletter", "There is no such newsletter.");
  const body = await readBody(c, ["json"]);
  if ("refused" in body) return refuse(body.refused, "bad-request", 'Send JSON such as {"email": "ann@example.com"}.');
  const { email, language: requestedLanguage } = body.fields;
  if (email === undefined) return refuse(400, "bad-request", "The field email is missing, or is not text.");
  const { language } = lookOf(ports, c, newsletter, undefined, requestedLanguage);
  const delaySeconds = await ports.escalated.delay(c, {});
  const request = { newsletter, address: email, language, source: "API", delaySeconds };
  const taken = await requestSubscription(ports, about, { ...request, network: networkOf(addressOf(c.env)) });
  if ("fault" in taken) return refuse(422, taken.fault, readerWordsFor(language).faults[taken.fault]);
  const suggestion = suggestAddress(taken.address);
  return c.json({ status: "accepted", ...(suggestion === undefined ? {} : { suggestion }) }, 202, cors);
}

/** The answer to every request, whatever is stored about the address. */
export function checkInboxPage(ports: LookPorts, c: SiteContext, newsletter: string, path: string | undefined): string {
  const look = lookOf(ports, c, newsletter, path);
  const words = readerWordsFor(look.language).inbox;
  return stepPage(look, words);
}
