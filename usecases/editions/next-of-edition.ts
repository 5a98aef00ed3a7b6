import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Sender } from "#domain/delivery/pace/sender.ts";
import { sendingMode } from "#domain/edition/decisions/sending-mode.ts";
import type { Counts, Edition, EditionKey } from "#domain/edition/edition.ts";
import { type EditionOutlook, outlookOf } from "#domain/edition/timing/outlook.ts";
import type { Calendar } from "#domain/time/calendar.ts";
import type { EditionStore } from "../ports/editions.ts";
import type { Newsletters } from "./edition-request.ts";
import { hadBegun, hadOneOf } from "./had-begun.ts";
import { ownDue } from "./sending/due.ts";

export type OutlookPorts = Newsletters & {
  calendar: (newsletter: string) => Calendar;
  editions: Pick<EditionStore, "list" | "decisions">;
};

type Known = {
  edition: Edition | undefined;
  counts: Counts | null;
  sender?: Pick<Sender, "wakeAt"> | undefined;
  /** The newsletter's newest editions, if they have been read already. */
  newest?: readonly Edition[];
};

/** What happens next with a newsletter's edition of a date, whether it exists or not. */
export async function nextOfEdition(
  { calendar, editions, now }: OutlookPorts,
  { key, config }: { key: EditionKey; config: NewsletterConfig },
  { edition, counts, sender, newest }: Known,
): Promise<EditionOutlook> {
  const own = ownDue(key, config, calendar(key.newsletter)) ?? null;
  const at = now();
  const isOpen = edition === undefined || edition.state === "draft";
  // Read only if it matters: a time has passed and nothing was sent.
  const hasPassed = isOpen && own !== null && own.at < at;
  const had = () => (newest ? hadOneOf(newest, own?.at ?? at) : hadBegun(editions, key.newsletter, own?.at ?? at));
  // Likewise: only a draft's mode depends on who changed it.
  const log = config.secondPerson && edition?.state === "draft" ? await editions.decisions(key) : [];
  return outlookOf({
    ...{ edition, counts, own, mode: sendingMode(config, log), timeZone: config.timeZone },
    ...{ hadBegun: !hasPassed || (await had()), now: at, asleepUntil: sender?.wakeAt ?? null },
  });
}
