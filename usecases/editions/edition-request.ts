import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type Instant, type LocalDate, localDate } from "#domain/time/instant.ts";

/** Ports that every command about a newsletter needs. */
export type Newsletters = { config: Config; now: () => Instant };

/** The edition of a request. Without a date: today's, in the newsletter's time zone. */
export type EditionRequest = { newsletter: string; date?: LocalDate | undefined };

/** The newsletter with that name, or a fault that lists the existing ones. */
export function findNewsletter({ newsletters }: Config, name: string): Outcome<NewsletterConfig> {
  const found = Object.hasOwn(newsletters, name) ? newsletters[name] : undefined;
  if (found !== undefined) return done(found);
  const known = Object.keys(newsletters).join(", ");
  return fault("unknown-newsletter", `There is no newsletter "${name}" in the configuration. Known: ${known}.`);
}

/** The key of a request's edition, and its newsletter. */
export function resolveEdition(
  { config, now }: Newsletters,
  { newsletter, date }: EditionRequest,
): Outcome<{ key: EditionKey; config: NewsletterConfig }> {
  const found = findNewsletter(config, newsletter);
  if (!found.ok) return found;
  return done({ key: { newsletter, date: date ?? localDate(now(), found.value.timeZone) }, config: found.value });
}
