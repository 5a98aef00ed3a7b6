import type { NewsletterConfig } from "../config/newsletter-config.ts";
import type { Config } from "../config.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** Names reserved for examples (RFC 2606), for which no mail arrives. */
const EXAMPLE = /(^|[@.])example(\.(com|net|org))?$|\.(example|test|invalid)$/i;

/**
 * Findings about the config alone.
 * @param whyNotFetched why an address is never fetched, as a sentence; null: it can be fetched
 */
export function diagnoseConfig(config: Config, whyNotFetched: (url: string) => string | null): Diagnosis[] {
  const found = Object.entries(config.newsletters).flatMap(([name, one]) => diagnoseNewsletter(name, one));
  if (config.operator === undefined) {
    found.push(
      diagnosis("warning", "no-operator", [
        "The config names no operator.",
        "When an alarm goes off, it reaches no one.",
        "Set operator in broadsheet.config.ts to an address that is read, deploy, and confirm the mail from AWS.",
      ]),
    );
  }
  for (const { url } of config.sources) {
    const why = whyNotFetched(url);
    if (why === null) continue;
    found.push(
      diagnosis("fault", "source-closed", [
        `sources: ${url} is never fetched.`,
        why,
        "Take it out of broadsheet.config.ts, or give the feed's public address.",
      ]),
    );
  }
  if (config.site.domain === undefined) {
    found.push(
      diagnosis("warning", "no-domain", [
        "The website has no domain of its own.",
        "Links and pictures in old mails end with the stack.",
        "Set site.domain and site.certificate before the first edition: docs/guides/deploy.md, Configure.",
      ]),
    );
  }
  return found;
}

function diagnoseNewsletter(name: string, { from, editors, postalAddress }: NewsletterConfig): Diagnosis[] {
  const found: Diagnosis[] = [];
  const place = `newsletters.${name}`;
  const addresses = [from.address, ...editors].filter((address) => EXAMPLE.test(address));
  if (addresses.length > 0) {
    const list = [...new Set(addresses)].join(", ");
    found.push(
      diagnosis("fault", "example-address", [
        `${place} has example addresses: ${list}.`,
        "Domains like these are reserved for examples: no mail from or to them arrives.",
        "Write your own into broadsheet.config.ts.",
      ]),
    );
  }
  if (/\bexample\b/i.test(postalAddress)) {
    found.push(
      diagnosis("fault", "example-postal-address", [
        `${place}.postalAddress is an example.`,
        "Anti-spam law asks for the sender's real postal address in each mail.",
        "Write yours into broadsheet.config.ts.",
      ]),
    );
  }
  if (editors.length === 0) {
    found.push(
      diagnosis("warning", "no-editors", [
        `${place} has no editors.`,
        "No one gets a mail when an edition is skipped, held or missing.",
        `Add addresses to ${place}.editors in broadsheet.config.ts.`,
      ]),
    );
  }
  return found;
}
