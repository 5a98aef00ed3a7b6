import { readHtml } from "#adapters/email-reading/html.ts";
import { defineConfig } from "#domain/config.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import type { EditionContent, RenderedEmail } from "#domain/edition/edition.ts";
import type { Facts } from "#domain/edition/preflight/check/facts.ts";
import { preflight } from "#domain/edition/preflight/check.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import type { DigestLook } from "#templates/email/digest.ts";
import { factsOf } from "#usecases/editions/check/facts.ts";
import { emailOf } from "#usecases/editions/making/email.ts";
import { look as usualLook } from "../../../testing/editions/editions.ts";

const siteUrl = "https://news.example";

/** The newsletter that an edition of tests/testing/editions/editions.ts is sent by. */
const configOf = (look: DigestLook) => {
  const { newsletters } = defineConfig({
    newsletters: {
      daily: {
        title: "The Daily Broadsheet",
        language: look.language,
        from: { name: "The Daily Broadsheet", address: "daily@broadsheet.example" },
        replyTo: look.contact,
        timeZone: look.timeZone,
        postalAddress: look.postalAddress,
        ...(look.reason ? { reason: look.reason } : {}),
      },
    },
  });
  const { daily } = newsletters;
  if (daily === undefined) throw new Error("no newsletter");
  return { ...daily, title: look.title };
};

/** What the checks get of an edition, with its email as the templates make it or as a test spoils it. */
export function factsFor(
  content: EditionContent,
  look: DigestLook = usualLook,
  spoil: (email: RenderedEmail) => RenderedEmail = (email) => email,
): Facts {
  const config = configOf(look);
  const email = emailOf(content, config, siteUrl);
  const known = {
    config,
    siteUrl,
    content,
    email: spoil(email),
    editorial: editorialStateOf([]),
    earlier: [],
    account: null,
  };
  const facts = factsOf(known, readHtml);
  return { ...facts, isCurrent: true };
}

export const inOneLine = ({ point, level, message, at }: Finding) =>
  `${point} ${level} ${at.part}${"n" in at ? ` ${at.n}` : ""}: ${message}`;

export const checked = (...about: Parameters<typeof factsFor>): string[] =>
  preflight(factsFor(...about)).map(inOneLine);
