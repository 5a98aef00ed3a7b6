import type { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import type { ExportedSubscriber } from "#domain/audience/exported-subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { findNewsletter, type Newsletters } from "../../editions/edition-request.ts";
import { inParallel } from "../../in-parallel.ts";
import type { ConsentStore, SubscriberErasure, SubscriberStore } from "../../ports/audience.ts";
import type { AuditLog } from "../../ports/services.ts";
import { eraseReader } from "../reader-data.ts";
import { entryOf, identify, idOfAddress } from "./subscribers.ts";

export type ListPorts = Newsletters & {
  subscribers: Pick<SubscriberStore, "get" | "page"> & SubscriberErasure;
  consent: Pick<ConsentStore, "history" | "erase" | "erased">;
  audit: Pick<AuditLog, "append">;
  keys: () => Promise<SigningKeys>;
  now: () => Instant;
};

/** Histories that are read in parallel. */
const AT_ONCE = 32;

/** One page of the list with all fields of an export, whatever the readers' status. */
export async function exportSubscribers(
  ports: ListPorts,
  { newsletter, after, limit }: { newsletter: string; after?: string | undefined; limit: number },
): Promise<Outcome<{ subscribers: ExportedSubscriber[]; next: string | null }>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const { subscribers, next } = await ports.subscribers.page(newsletter, after, limit);
  const rows = await inParallel(subscribers, AT_ONCE, async ({ id, zone, language, pausedUntil, ...one }) => ({
    ...{ address: one.address, status: one.status, consent: one.consent },
    ...{ addedAt: one.addedAt, changedAt: one.changedAt },
    ...{ zone: zone ?? null, language: language ?? null, pausedUntil: pausedUntil ?? null },
    history: await ports.consent.history(newsletter, id),
  }));
  return done({ subscribers: rows, next });
}

type One = { newsletter: string; address: string };

/** Every event of one reader's consent, oldest first. */
export async function showConsentHistory(
  ports: ListPorts,
  one: One,
): Promise<Outcome<{ events: ConsentEvent[]; erased: boolean }>> {
  const id = await idOf(ports, one);
  if (!id.ok) return id;
  const [events, erased] = await Promise.all([
    ports.consent.history(one.newsletter, id.value),
    ports.consent.erased(one.newsletter, [id.value]),
  ]);
  return done({ events, erased: erased.size > 0 });
}

/**
 * Erases a reader for an operator. An address that isn't on the list is marked too, because a later import might add
 * it. A newsletter that the config no longer has keeps its readers, so they can still be erased.
 */
export async function eraseSubscriber(
  ports: ListPorts,
  { by, ...one }: One & { by: string },
): Promise<Outcome<{ erased: boolean }>> {
  const known = findNewsletter(ports.config, one.newsletter);
  const who = await idOfAddress(ports, one.newsletter, one.address);
  if (!who.ok) return known.ok ? who : known;
  const { id } = who.value;
  if (!known.ok && (await ports.subscribers.get(one.newsletter, id)) === undefined) return known;
  const erased = await eraseReader(ports, one.newsletter, id);
  await ports.audit.append(entryOf(ports, "subscriber erase", one.newsletter, [id], by));
  return done({ erased });
}

async function idOf(ports: ListPorts, { newsletter, address }: One): Promise<Outcome<string>> {
  const who = await identify(ports, newsletter, address);
  return who.ok ? done(who.value.id) : who;
}
