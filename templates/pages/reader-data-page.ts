import type { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import type { SubscriberStatus } from "#domain/audience/subscriber.ts";
import type { Instant } from "#domain/time/instant.ts";
import { type ReaderWords, readerWordsFor } from "../reader-words.ts";
import { type Html, html } from "../text/html.ts";
import { sentence } from "../words.ts";
import { type NewsletterLook, newsletterPage } from "./newsletter-page.ts";
import { pieces } from "./reader-pages.ts";

type SubscriptionView = {
  title: string;
  status: SubscriberStatus;
  since: Instant;
  history: readonly ConsentEvent[];
};

/** What is stored about a reader, with the ways to take it along and to erase it. */
export function readerDataPage(
  look: NewsletterLook,
  data: {
    address: string;
    timeZone: string;
    subscriptions: readonly SubscriptionView[];
    preferencesUrl: string;
    downloadUrl: string;
    eraseAction: string;
  },
): string {
  const words = readerWordsFor(look.language);
  const { data: said } = words;
  return newsletterPage(look, {
    title: `${said.title} · ${look.title}`,
    body: html`<div class="notice"><h1>${said.title}</h1>
<p>${pieces(sentence(said.intro, { address: data.address }))}</p>
${data.subscriptions.map((one) => subscription(words, look.language, data.timeZone, one))}
<p class="go"><a href="${data.preferencesUrl}">${words.preferences.title}</a> <a href="${data.downloadUrl}" download="data.json">${said.download}</a></p>
<h2>${said.erase}</h2><p>${said.eraseText}</p>
<form method="post" action="${data.eraseAction}"><button type="submit">${said.erase}</button></form></div>`,
  });
}

function subscription({ data: said }: ReaderWords, language: string, timeZone: string, one: SubscriptionView): Html {
  const events = one.history.map(
    ({ at, did, source }) =>
      html`<li>${said.events[did]} <span class="meta">${moment(language, timeZone, at)}${source && html` · <bdi>${source}</bdi>`}</span></li>\n`,
  );
  return html`<h2><bdi>${one.title}</bdi></h2>
<dl><dt>${said.status}</dt><dd>${said.statuses[one.status]}</dd><dt>${said.since}</dt><dd>${moment(language, timeZone, one.since)}</dd></dl>
${events.length > 0 && html`<h3>${said.history}</h3><ul>${events}</ul>\n`}`;
}

function moment(language: string, timeZone: string, at: Instant): Html {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone });
  return html`<time datetime="${at}">${format.format(new Date(at))}</time>`;
}
