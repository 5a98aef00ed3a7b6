import type { Preferences } from "#domain/audience/preferences.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { languageNames, type ReaderWords, readerWordsFor } from "../reader-words.ts";
import { type Html, html } from "../text/html.ts";
import { sentence } from "../words.ts";
import { type NewsletterLook, newsletterPage, problemBox } from "./newsletter-page.ts";
import { pieces } from "./reader-pages.ts";

export type PreferencesForm = {
  maskedAddress: string;
  /** Where the two forms post to. */
  action: string;
  addressAction: string;
  newsletters: readonly { name: string; title: string; isSubscribed: boolean }[];
  /** Buttons that replace the newsletter by one with fewer emails. */
  instead: readonly Html[];
  preferences: Preferences;
  pause: { first: LocalDate; last: LocalDate };
  /** The newsletter's own. */
  timeZone: string;
  /** IANA names. */
  timeZones: readonly string[];
  /** What the last press of a button led to. */
  done?: "saved" | "requested" | "changeRequested" | undefined;
  /** What was wrong with it, and what was typed. */
  fault?: { field: "pause" } | { field: "email"; fault: keyof ReaderWords["faults"]; value: string } | undefined;
};

/** What a reader chose, as one form, and a second one for their address. */
export function preferencesPage(look: NewsletterLook, form: PreferencesForm): string {
  const words = readerWordsFor(look.language);
  const said = words.preferences;
  const problem = problemOf(words, form);
  return newsletterPage(look, {
    title: `${problem === undefined ? "" : `${words.problem}: `}${said.title} · ${look.title}`,
    body: html`<div class="notice">${problem}${form.done && html`<p class="done" role="status">${said[form.done]}</p>`}<h1>${said.title}</h1>
<p>${pieces(sentence(said.intro, { address: form.maskedAddress }))}</p>
<form method="post" action="${form.action}" novalidate><input type="hidden" name="lang" value="${look.language}">
<fieldset><legend>${said.newsletters}</legend>${form.newsletters.map(checkbox)}</fieldset>
${pauseField(words, form)}
${zoneField(words, form)}
${languageField(words, form)}
<p class="buttons"><button type="submit" name="save" value="1">${said.save}</button>${resume(words, form)}${form.instead}</p>
</form>
<h2>${said.change}</h2>
<form method="post" action="${form.addressAction}" novalidate><input type="hidden" name="lang" value="${look.language}">
${addressField(words, form)}
<p class="note" id="change">${said.changeNote}</p>
<p><button type="submit" class="second">${said.change}</button></p>
</form></div>`,
  });
}

function problemOf(words: ReaderWords, { fault }: PreferencesForm): Html | undefined {
  if (fault === undefined) return undefined;
  const [field, text] =
    fault.field === "pause" ? ["pause", words.preferences.pauseBad] : ["email", words.faults[fault.fault]];
  return problemBox(words, field, text);
}

const checkbox = ({ name, title, isSubscribed }: PreferencesForm["newsletters"][number]): Html =>
  html`<label class="check"><input type="checkbox" name="newsletter-${name}" value="1"${isSubscribed && html` checked`}> <bdi>${title}</bdi></label>`;

function pauseField({ preferences: said }: ReaderWords, form: PreferencesForm): Html {
  const { pausedUntil } = form.preferences;
  const described =
    form.fault?.field === "pause"
      ? html` aria-invalid="true" aria-describedby="problem pause-note"`
      : html` aria-describedby="pause-note"`;
  return html`<div class="field"><label for="pause">${said.pause}</label><input type="date" id="pause" name="pause" min="${form.pause.first}" max="${form.pause.last}" value="${pausedUntil ?? ""}"${described}><p class="note" id="pause-note">${said.pauseNote}</p></div>`;
}

/** After the button that saves: the Enter key presses a form's first one. */
const resume = ({ preferences: said }: ReaderWords, { preferences, fault }: PreferencesForm): Html | undefined =>
  preferences.pausedUntil === undefined || fault !== undefined
    ? undefined
    : html` <button type="submit" name="resume" value="1" class="second">${said.resume}</button>`;

/** The end tags of options may be left out (HTML §13.1.2.4): there are four hundred of them. */
function zoneField(
  { preferences: said }: ReaderWords,
  { preferences: { zone }, timeZone, timeZones }: PreferencesForm,
): Html {
  const own = sentence(said.zoneOwn, { zone: timeZone }).map(({ text }) => text);
  return html`<div class="field"><label for="zone">${said.zone}</label><select id="zone" name="zone"><option value="">${own}
${timeZones.map((name) => (name === zone ? html`<option selected>${name}\n` : html`<option>${name}\n`))}</select></div>`;
}

function languageField({ preferences: said }: ReaderWords, { preferences: { language } }: PreferencesForm): Html {
  const options = languageNames.map(
    ({ tag, name }) =>
      html`<option value="${tag}" lang="${tag}"${tag === language && html` selected`}>${name}</option>`,
  );
  return html`<div class="field"><label for="language">${said.language}</label><select id="language" name="language"><option value="">${said.languageOwn}</option>${options}</select></div>`;
}

function addressField({ preferences: said }: ReaderWords, { fault }: PreferencesForm): Html {
  const isWrong = fault?.field === "email";
  const described = isWrong
    ? html` aria-invalid="true" aria-describedby="problem change"`
    : html` aria-describedby="change"`;
  return html`<label for="email">${said.address}</label><input type="email" id="email" name="email" autocomplete="email" inputmode="email" spellcheck="false" autocapitalize="none" maxlength="254" required dir="ltr" value="${isWrong ? fault.value : ""}"${described}>`;
}
