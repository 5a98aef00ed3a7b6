import type { Config, NewsletterConfig } from "#domain/config.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type Instant, type LocalDate, localDate } from "#domain/time/instant.ts";

/** What every command about a newsletter needs. */
export type Newsletters = { config: Config; now: () => Instant };

export type Asked = { newsletter: string; date?: LocalDate | undefined };

/** The newsletter of that name, or a fault with the names there are. */
export function newsletterNamed({ newsletters }: Config, name: string): Outcome<NewsletterConfig> {
  const found = Object.hasOwn(newsletters, name) ? newsletters[name] : undefined;
  if (found !== undefined) return done(found);
  const known = Object.keys(newsletters).join(", ");
  return fault("unknown-newsletter", `There is no newsletter "${name}" in the configuration. Known: ${known}.`);
}

/** The edition that is meant: without a date, today's where the newsletter is at home. */
export function editionAsked({ config, now }: Newsletters, asked: Asked): Outcome<EditionKey & NewsletterOf> {
  const found = newsletterNamed(config, asked.newsletter);
  if (!found.ok) return found;
  const date = asked.date ?? localDate(now(), found.value.timeZone);
  return done({ newsletter: asked.newsletter, date, of: found.value });
}
type NewsletterOf = { of: NewsletterConfig };

export type SenderPorts = {
  /** Would SES send from this address? */
  senderVerified: (address: string) => Promise<boolean>;
};

/**
 * Whether a newsletter's sender may send, by SES's own word. Where SES cannot be asked, nothing is forbidden: it refuses
 * the sending itself, and the edition is then held with the reason.
 */
export async function mayBeSent(
  ports: SenderPorts,
  newsletter: string,
  { address }: NewsletterConfig["from"],
): Promise<Outcome<true>> {
  const verified = await ports.senderVerified(address).catch(() => true);
  return verified ? done(true) : fault("sender-unverified", unverified(newsletter, address));
}

const unverified = (newsletter: string, address: string) =>
  `SES may not send from ${address}, the sender of ${newsletter}: the address and its domain are unverified. Nothing ` +
  `was sent. Verify it: aws sesv2 create-email-identity --email-identity ${address}, and open the link SES mails to ` +
  `it; or verify the domain ${address.split("@")[1]} by the DNS records that the deployment prints.`;
