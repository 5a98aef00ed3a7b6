import type { Hono } from "hono";
import { networkOf } from "#domain/audience/limits/client-address.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { languageSwitch } from "#templates/pages/newsletter-page.ts";
import { unsubscribePage } from "#templates/pages/reader-pages.ts";
import { stepPage } from "#templates/pages/subscribe-pages.ts";
import { readerWordsFor } from "#templates/reader-words.ts";
import { type Html, html } from "#templates/text/html.ts";
import {
  type LeavePorts,
  type Leaving,
  leaveByToken,
  leavingByToken,
  undoByToken,
  undoOffered,
} from "#usecases/audience/leave.ts";
import { type RequestPorts, requestByLink } from "#usecases/audience/request.ts";
import {
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
import { checkInboxPage } from "./subscribing.ts";
import { insteadButtons, undoExpiredPage } from "./switching.ts";

export type LeavingPorts = LookPorts & LeavePorts & RequestPorts;

export function addLeaving(app: Hono<SiteEnvironment>, ports: LeavingPorts, showMessage: ShowMessage): void {
  app.get(sitePaths.aboutUnsubscribing, (c) => showMessage(c, "sample", 200, { path: sitePaths.aboutUnsubscribing }));
  for (const path of [sitePaths.unsubscribe(":token"), sitePaths.oneClick(":token")]) {
    app.get(path, async (c) => {
      const leaving = await leavingByToken(ports, param(c, "token"));
      return leaving === undefined ? showMessage(c, "badLink", 404) : leavingPage(ports, c, leaving, showMessage);
    });
    // RFC 8058 §3.1: no cookie, no redirect, any form of body. Only the address identifies the reader.
    app.post(path, async (c) => {
      const source = path === sitePaths.oneClick(":token") ? "one-click" : "link in an email";
      const leaving = await leaveByToken(ports, param(c, "token"), source);
      return leaving === undefined ? showMessage(c, "badLink", 404) : leavingPage(ports, c, leaving, showMessage);
    });
  }
  app.get(sitePaths.undo(":token"), async (c) =>
    undoForm(ports, c, (await undoOffered(ports, param(c, "token")))?.newsletter),
  );
  app.get(sitePaths.fewer(":token"), (c) => c.redirect(sitePaths.undo(param(c, "token"))));
  app.post(sitePaths.undo(":token"), async (c) => undoPage(ports, c, await undoByToken(ports, param(c, "token"))));
  addRequests(app, ports, showMessage);
}

/** Needs the reader's own mailbox: the link requests a mail, so a forwarded one changes nothing. */
function addRequests(app: Hono<SiteEnvironment>, ports: LeavingPorts, showMessage: ShowMessage): void {
  app.get(sitePaths.dataLink(":token"), async (c) => {
    const leaving = await leavingByToken(ports, param(c, "token"));
    if (leaving === undefined) return showMessage(c, "badLink", 404);
    const path = sitePaths.dataLink(param(c, "token"));
    const look = lookOf(ports, c, leaving.newsletter, path);
    const { data, dataAsk } = readerWordsFor(look.language);
    if (leaving.stored === null) return c.html(stepPage(look, { title: data.title, text: data.nothing }));
    const button = { action: path, label: dataAsk };
    return c.html(stepPage(look, { title: data.title, text: "{address}", address: leaving.stored, button }));
  });
  // The address stays in the browser after the button; opened again, it shows where the button was.
  app.get(sitePaths.again(":token"), (c) => c.redirect(sitePaths.unsubscribe(param(c, "token"))));
  const asks = [
    [sitePaths.dataLink(":token"), "show data"],
    [sitePaths.again(":token"), "subscribe again"],
  ] as const;
  for (const [path, what] of asks) {
    app.post(path, async (c) => {
      const token = param(c, "token");
      const ended = what === "subscribe again" ? await endedNewsletter(ports, token) : undefined;
      if (ended !== undefined) return leavingPage(ports, c, ended, showMessage);
      const language = lookOf(ports, c, "").language;
      const network = networkOf(addressOf(c.env));
      const request = await requestByLink(ports, what, { token, language, network });
      return request === undefined
        ? showMessage(c, "badLink", 404)
        : c.html(checkInboxPage(ports, c, request.newsletter, undefined));
    });
  }
}

/** The reader of a link if the config no longer has its newsletter, so no one can subscribe to it again. */
async function endedNewsletter(ports: LeavingPorts, token: string): Promise<Leaving | undefined> {
  const leaving = await leavingByToken(ports, token);
  return leaving !== undefined && newsletterAt(ports.config, leaving.newsletter) === undefined ? leaving : undefined;
}

function leavingPage(ports: LeavingPorts, c: SiteContext, leaving: Leaving, showMessage: ShowMessage) {
  const { newsletter, address, stored, status, undo } = leaving;
  const token = param(c, "token");
  const path = sitePaths.unsubscribe(token);
  const look = lookOf(ports, c, newsletter, path);
  const words = readerWordsFor(look.language);
  const dataUrl = sitePaths.dataLink(token);
  const data = html`<p class="go"><a href="${dataUrl}">${words.data.title}</a></p>`;
  const isEnded = newsletterAt(ports.config, newsletter) === undefined;
  if (!isEnded && (status === "bounced" || status === "complained")) {
    const button = { action: sitePaths.again(token), label: words.again };
    return c.html(stepPage(look, { ...words.stopped, button, link: { url: dataUrl, label: words.data.title } }));
  }
  if (address === null) {
    const action =
      undo === null
        ? subscribeAgain(ports, newsletter, look.language)
        : afterLeaving(ports, newsletter, undo, look.language);
    // Someone who left is still stored, and may want to be forgotten.
    const both = stored === null ? action : html`${action}${data}`;
    return showMessage(c, "left", 200, { newsletter, path, action: both });
  }
  return c.html(
    unsubscribePage({
      ...look,
      maskedAddress: address,
      action: path,
      more: data,
      foot: languageSwitch(look),
    }),
  );
}

function subscribeAgain(ports: LeavingPorts, newsletter: string, language: string): Html | undefined {
  if (newsletterAt(ports.config, newsletter) === undefined) return undefined;
  const url = urlOf(ports, sitePaths.subscribe(newsletter));
  return html`<p class="go"><a href="${url}">${readerWordsFor(language).again}</a></p>`;
}

/** Offers after unsubscribing: undo, or fewer emails. Only now, so unsubscribing stays one button. */
function afterLeaving(ports: LeavingPorts, newsletter: string, undo: string, language: string): Html {
  const words = readerWordsFor(language);
  const fewer = insteadButtons(ports, newsletter, language);
  return html`<form method="post" action="${sitePaths.undo(undo)}"><button type="submit" class="second">${words.undo}</button></form>
${fewer.length > 0 && html`<h2>${words.preferences.fewer}</h2><form method="post" action="${sitePaths.fewer(undo)}"><p class="buttons">${fewer}</p></form>`}`;
}

function undoForm(ports: LeavingPorts, c: SiteContext, newsletter: string | undefined) {
  if (newsletter === undefined) return undoExpiredPage(ports, c);
  const action = sitePaths.undo(param(c, "token"));
  const look = lookOf(ports, c, newsletter, action);
  const { undo } = readerWordsFor(look.language);
  return c.html(stepPage(look, { title: undo, text: "{title}", button: { action, label: undo } }));
}

function undoPage(ports: LeavingPorts, c: SiteContext, back: Leaving | undefined) {
  if (back === undefined) return undoExpiredPage(ports, c);
  const look = lookOf(ports, c, back.newsletter);
  return c.html(stepPage(look, { ...readerWordsFor(look.language).undone, address: back.address ?? "" }));
}
