import type { Hono } from "hono";
import { unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { madeFrom } from "#domain/config/newsletter-origin.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { stepPage } from "#templates/pages/subscribe-pages.ts";
import { readerWordsFor } from "#templates/reader-words.ts";
import { type Html, html } from "#templates/text/html.ts";
import { sentence } from "#templates/words.ts";
import { type Switched, type SwitchPorts, switchAfterLeaving } from "#usecases/audience/switch-newsletter.ts";
import { readBody } from "../body.ts";
import { type LookPorts, lookOf, newsletterAt, param, type SiteContext, type SiteEnvironment, urlOf } from "../look.ts";

export type SwitchPagePorts = LookPorts & SwitchPorts;

/** One newsletter in place of another that is made from it. */
export function addSwitching(app: Hono<SiteEnvironment>, ports: SwitchPagePorts): void {
  app.post(sitePaths.fewer(":token"), async (c) => {
    const body = await readBody(c, ["form"]);
    const to = "fields" in body ? (body.fields.instead ?? "") : "";
    return showSwitched(ports, c, await switchAfterLeaving(ports, param(c, "token"), to));
  });
}

/** A button "Get … instead" for each newsletter made from this one. Undefined: there is none. */
export function insteadButtons({ config }: LookPorts, newsletter: string, language: string): Html[] {
  const { instead } = readerWordsFor(language).preferences;
  return madeFrom(config.newsletters, newsletter).map((name) => {
    const label = sentence(instead, { title: config.newsletters[name]?.title ?? name }).map(({ text }) => text);
    return html` <button type="submit" name="instead" value="${name}" class="second">${label}</button>`;
  });
}

export async function showSwitched(ports: SwitchPagePorts, c: SiteContext, switched: Switched | undefined) {
  if (switched === undefined) return undoExpiredPage(ports, c);
  const { newsletter, address, state, id } = switched;
  const look = lookOf(ports, c, newsletter);
  const words = readerWordsFor(look.language);
  if (state === "switched") return c.html(stepPage(look, { ...words.switched, address }));
  const token = unsubscribeToken(await ports.keys(), { newsletter, id });
  const title = newsletterAt(ports.config, newsletter)?.title ?? newsletter;
  const button = { action: sitePaths.again(token), label: words.again };
  return c.html(stepPage({ ...look, title }, { ...words.stopped, button }));
}

/** The time to undo leaving is over; the reader can subscribe again. */
export function undoExpiredPage(ports: LookPorts, c: SiteContext) {
  const newsletter = Object.keys(ports.config.newsletters)[0] ?? "";
  const look = lookOf(ports, c, newsletter);
  const { undoExpired, again } = readerWordsFor(look.language);
  const link = { url: urlOf(ports, sitePaths.subscribe(newsletter)), label: again };
  return c.html(stepPage(look, { ...undoExpired, link }), 410);
}
