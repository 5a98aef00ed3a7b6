import { type Html, html } from "#templates/text/html.ts";
import { typographic } from "#templates/text/typography.ts";

/** A subject as its readers get it; `none` without one. */
export const subjectView = (subject: string, language: string, none = ""): Html =>
  subject === "" ? html`${none}` : html`<bdi lang="${language}">${typographic(subject, language)}</bdi>`;
