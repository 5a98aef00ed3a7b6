import { normaliseAddress } from "#domain/audience/address.ts";
import type { SigningKeys } from "#domain/audience/keys.ts";
import { subscriberId } from "#domain/audience/token.ts";
import type { AuditEntry } from "#domain/audit.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Gives } from "#functions/command/contract.ts";
import { type Newsletters, newsletterNamed } from "../editions/newsletter.ts";
import type { ConsentStore, SubscriberErasure, SubscriberStore } from "../ports.ts";
import { eraseReader } from "./reader-data.ts";

export type ListPorts = Newsletters & {
  subscribers: Pick<SubscriberStore, "get" | "page"> & SubscriberErasure;
  consent: Pick<ConsentStore, "history" | "erase" | "erased">;
  audit: { append: (entry: AuditEntry) => Promise<void> };
  keys: () => Promise<SigningKeys>;
  now: () => Instant;
};

/** A part of the list with all that a file of it has, whatever the status. */
export async function exportSubscribers(
  ports: ListPorts,
  { newsletter, after, limit }: { newsletter: string; after?: string | undefined; limit: number },
): Promise<Outcome<Gives<"subscriber export">>> {
  const known = newsletterNamed(ports.config, newsletter);
  if (!known.ok) return known;
  const { subscribers, next } = await ports.subscribers.page(newsletter, after, limit);
  const rows = subscribers.map(({ address, status, consent, addedAt, changedAt }) => ({
    ...{ address, status, consent, addedAt, changedAt },
  }));
  return done({ subscribers: rows, next });
}

type One = { newsletter: string; address: string };

/** Every event of one reader's consent, oldest first. */
export async function showConsentHistory(ports: ListPorts, one: One): Promise<Outcome<Gives<"subscriber history">>> {
  const id = await idOf(ports, one);
  if (!id.ok) return id;
  const [events, erased] = await Promise.all([
    ports.consent.history(one.newsletter, id.value),
    ports.consent.erased(one.newsletter, [id.value]),
  ]);
  return done({ events, erased: erased.size > 0 });
}

/**
 * Erases a reader of a newsletter at an operator's hand. Someone who is not on the list is marked too: the request may
 * come before the import that would add them.
 */
export async function eraseSubscriber(
  ports: ListPorts,
  { by, ...one }: One & { by: string },
): Promise<Outcome<Gives<"subscriber erase">>> {
  const id = await idOf(ports, one);
  if (!id.ok) return id;
  const erased = await eraseReader(ports, one.newsletter, id.value);
  const entry = {
    at: ports.now(),
    by,
    did: "subscriber erase",
    newsletter: one.newsletter,
    subjects: [id.value],
    note: null,
  };
  await ports.audit.append(entry);
  return done({ erased });
}

async function idOf(ports: ListPorts, { newsletter, address: raw }: One): Promise<Outcome<string>> {
  const known = newsletterNamed(ports.config, newsletter);
  if (!known.ok) return known;
  const address = normaliseAddress(raw);
  if (!address.ok) return fault("bad-address", `"${raw}" is ${address.fault.message}.`);
  return done(subscriberId(await ports.keys(), newsletter, address.value));
}
