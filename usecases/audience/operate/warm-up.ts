import { endWarmUp, isOver, queueReaders } from "#domain/audience/warm-up.ts";
import type { Config } from "#domain/config.ts";
import { counted } from "#domain/counted.ts";
import { EDITIONS_LOOKED_AT } from "#domain/delivery/previous-edition.ts";
import { type WarmUpOutlook, warmUpOutlook } from "#domain/edition/timing/warm-up-outlook.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Calendar } from "#domain/time/calendar.ts";
import { type Instant, localDate } from "#domain/time/instant.ts";
import { findNewsletter, type Newsletters } from "../../editions/edition-request.ts";
import { newestEditions } from "../../editions/newest-editions.ts";
import type { SubscriberStore, WarmUpStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { AuditLog } from "../../ports/services.ts";
import { changeWarmUp } from "./change-warm-up.ts";

type QueuePorts = {
  config: Pick<Config, "newsletters">;
  subscribers: Pick<SubscriberStore, "count">;
  warmUps: WarmUpStore;
  now: () => Instant;
};

const TRIES = 20;

/**
 * Reserves ranks for readers who are about to be imported, and returns the first; undefined: the newsletter has no
 * warm-up. A crash after this leaves unused ranks, which does no harm.
 */
export async function takeRanks(ports: QueuePorts, newsletter: string, newcomers: number): Promise<number | undefined> {
  const settings = ports.config.newsletters[newsletter]?.warmUp;
  if (!settings || newcomers === 0) return undefined;
  const readers = await ports.subscribers.count(newsletter);
  return changeWarmUp(ports.warmUps, newsletter, TRIES, (before) => {
    const { rank, after } = queueReaders(before, newcomers, { settings, readers, at: ports.now() });
    return { after, value: rank };
  });
}

export type WarmUpPorts = Newsletters & {
  warmUps: WarmUpStore;
  editions: Pick<EditionStore, "list">;
  calendar: (newsletter: string) => Calendar;
  audit: Pick<AuditLog, "append">;
  now: () => Instant;
};

type Who = { by: string; byId?: string | undefined };

/** The warm-up's next step; null: no warm-up. */
type ShownWarmUp = { newsletter: string; warmUp: (WarmUpOutlook & { readers: number; startedAt: Instant }) | null };

/** The state of a newsletter's warm-up. With `end`, the next edition admits all waiting readers. */
export async function showWarmUp(
  ports: WarmUpPorts,
  { newsletter, end, ...who }: { newsletter: string; end: boolean } & Who,
): Promise<Outcome<ShownWarmUp>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const found = await ports.warmUps.get(newsletter);
  if (found === undefined || isOver(found)) {
    if (end)
      return fault("wrong-state", `No warm-up of ${newsletter} is under way: its next edition goes to all readers.`);
    return done({ newsletter, warmUp: null });
  }
  if (end) {
    await endNow(ports, newsletter, who);
    return done({ newsletter, warmUp: null });
  }
  const today = localDate(ports.now(), known.value.timeZone);
  const editions = await newestEditions(ports.editions, newsletter, EDITIONS_LOOKED_AT, ports.now());
  const outlook = warmUpOutlook(found, { editions, calendar: ports.calendar(newsletter), today });
  const about = { readers: found.queued - found.from, startedAt: found.startedAt };
  return done({ newsletter, warmUp: outlook && { ...outlook, ...about } });
}

async function endNow({ warmUps, audit, now }: WarmUpPorts, newsletter: string, { by, byId }: Who): Promise<void> {
  const ended = await changeWarmUp(warmUps, newsletter, TRIES, (before) =>
    before === undefined || isOver(before)
      ? { after: undefined, value: undefined }
      : { after: endWarmUp(before), value: before },
  );
  if (ended === undefined) return;
  const note = `${counted(ended.queued - ended.admitted, "reader")} waited`;
  const person = { by, ...(byId !== undefined && { byId }) };
  await audit.append({ at: now(), ...person, did: "subscriber warm-up", newsletter, subjects: [], note });
}
