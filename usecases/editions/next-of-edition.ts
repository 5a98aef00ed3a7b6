import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Sender } from "#domain/delivery/pace/sender.ts";
import type { Counts, Edition, EditionKey } from "#domain/edition/edition.ts";
import { type EditionOutlook, outlookOf } from "#domain/edition/outlook.ts";
import type { Calendar } from "#domain/time/calendar.ts";
import type { Newsletters } from "./edition-request.ts";
import { ownDue } from "./sending/due.ts";

export type OutlookPorts = Newsletters & { calendar: (newsletter: string) => Calendar };

/** What happens next to a newsletter's edition of a date, whether there is one or not. */
export function nextOfEdition(
  { calendar, now }: OutlookPorts,
  { key, config }: { key: EditionKey; config: NewsletterConfig },
  {
    edition,
    counts,
    sender,
  }: { edition: Edition | undefined; counts: Counts | null; sender?: Pick<Sender, "wakeAt"> | undefined },
): EditionOutlook {
  const own = ownDue(key, config, calendar(key.newsletter)) ?? null;
  const asleepUntil = sender?.wakeAt ?? null;
  return outlookOf({ edition, counts, mode: config.mode, own, timeZone: config.timeZone, now: now(), asleepUntil });
}
