import { normaliseAddress } from "#domain/audience/address/address.ts";
import { addByOperator, remove } from "#domain/audience/consent/consent.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import type { AuditEntry } from "#domain/audit.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type HistoryPorts, historyOf, type ReaderDelivery } from "../../delivery/operate/reader-history.ts";
import { findNewsletter, type Newsletters } from "../../editions/edition-request.ts";
import type { ConsentStore, SubscriberErasure, SubscriberStore } from "../../ports/audience.ts";
import type { AuditLog } from "../../ports/services.ts";
import { eraseMarked } from "../reader-data.ts";

type Change = { before: Subscriber | undefined; after: Subscriber };

export type SubscriberPorts = Newsletters & {
  subscribers: Pick<SubscriberStore, "get" | "getMany" | "write" | "page"> & SubscriberErasure;
  consent: Pick<ConsentStore, "erase" | "erased">;
  audit: Pick<AuditLog, "append">;
  keys: () => Promise<SigningKeys>;
};

type Listed = Pick<Subscriber, "address" | "status" | "addedAt">;
type Shown = Pick<Subscriber, "address" | "status" | "consent" | "addedAt" | "changedAt">;
type Refused = { at: number; why: string };
type ParsedAddress = { at: number; id: string; address: string };
type Added = { added: string[]; already: number; refused: Refused[] };

/** Adds addresses whose consent the operator vouches for. An address that can't be added doesn't stop the others. */
export async function addSubscribers(
  ports: SubscriberPorts,
  { newsletter, addresses, by }: { newsletter: string; addresses: string[]; by: string },
): Promise<Outcome<{ added: number; already: number; refused: Refused[] }>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const { wanted, refused } = await parseAddresses(ports, newsletter, addresses);
  const first = await addOnce(ports, newsletter, wanted, by);
  // Readers who changed meanwhile are read again: another import of the same file has added them already.
  const second = await addOnce(ports, newsletter, first.changed, by);
  const added = [...first.added, ...second.added];
  if (added.length > 0) await ports.audit.append(entryOf(ports, "subscriber add", newsletter, added, by));
  const twice = addresses.length - wanted.length - refused.length;
  return done({
    added: added.length,
    already: first.already + second.already + twice,
    refused: [...refused, ...first.refused, ...second.refused, ...second.changed.map(changedMeanwhile)].sort(
      (a, b) => a.at - b.at,
    ),
  });
}

/** Each address once, by its id; invalid ones separately. */
async function parseAddresses(ports: SubscriberPorts, newsletter: string, addresses: string[]) {
  const keys = await ports.keys();
  const wanted = new Map<string, ParsedAddress>();
  const refused: Refused[] = [];
  for (const [at, raw] of addresses.entries()) {
    const address = normaliseAddress(raw);
    if (!address.ok) {
      refused.push({ at, why: address.fault.message });
      continue;
    }
    const id = subscriberId(keys, newsletter, address.value);
    if (!wanted.has(id)) wanted.set(id, { at, id, address: address.value });
  }
  return { wanted: [...wanted.values()], refused };
}

async function addOnce(
  ports: SubscriberPorts,
  newsletter: string,
  wanted: ParsedAddress[],
  by: string,
): Promise<Added & { changed: ParsedAddress[] }> {
  const result: Added = { added: [], already: 0, refused: [] };
  const stored = await ports.subscribers.getMany(newsletter, ids(wanted), true);
  const erased = await ports.consent.erased(newsletter, ids(wanted));
  const changes: (Change & { wanted: ParsedAddress })[] = [];
  for (const one of wanted) {
    const before = stored.get(one.id);
    if (before === undefined && erased.has(one.id)) {
      result.refused.push({ at: one.at, why: wasErased });
      continue;
    }
    const outcome = addByOperator(before, { newsletter, id: one.id, address: one.address }, by, ports.now());
    if (outcome.change === "added") changes.push({ before, after: outcome.after, wanted: one });
    else if (outcome.change === "already") result.already += 1;
    else result.refused.push({ at: one.at, why: outcome.why });
  }
  const cause = { by, source: "subscriber add", evidence: null, did: "vouched" as const };
  const plain = changes.map(({ before, after }) => ({ before, after, cause }));
  const written = await ports.subscribers.write(newsletter, plain);
  const put = changes.filter((_, at) => written[at]);
  const again = await eraseMarked(
    ports,
    newsletter,
    put.map(({ after }) => after.id),
  );
  result.refused.push(...put.flatMap(({ wanted: { id, at } }) => (again.has(id) ? [{ at, why: wasErased }] : [])));
  result.added = put.map(({ after }) => after.id).filter((id) => !again.has(id));
  return { ...result, changed: changes.filter((_, at) => !written[at]).map((change) => change.wanted) };
}

export const wasErased = "asked to be erased; only the reader can subscribe again";
const ids = (wanted: ParsedAddress[]) => wanted.map(({ id }) => id);
const changedMeanwhile = ({ at }: ParsedAddress) => ({ at, why: "was being changed at the same moment; add it again" });

/** A page of a newsletter's subscribers, ordered by id, without removed ones. */
export async function listSubscribers(
  ports: SubscriberPorts,
  { newsletter, after, limit }: { newsletter: string; after?: string | undefined; limit: number },
): Promise<Outcome<{ subscribers: Listed[]; next: string | null }>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const { subscribers, next } = await ports.subscribers.page(newsletter, after, limit);
  const listed = subscribers.filter(({ status }) => status !== "removed" && status !== "moved");
  return done({ subscribers: listed.map(({ address, status, addedAt }) => ({ address, status, addedAt })), next });
}

/** One subscriber with their deliveries. */
export async function showSubscriber(
  ports: SubscriberPorts & HistoryPorts,
  { newsletter, address }: { newsletter: string; address: string },
): Promise<Outcome<{ subscriber: Shown; deliveries: ReaderDelivery[] }>> {
  const found = await find(ports, newsletter, address);
  if (!found.ok) return found;
  const { address: stored, status, consent, addedAt, changedAt } = found.value;
  const subscriber = { address: stored, status, consent, addedAt, changedAt };
  return done({ subscriber, deliveries: await historyOf(ports, found.value) });
}

/** Removes an address from the list. `removed` is false if it had left or been removed before. */
export async function removeSubscriber(
  ports: SubscriberPorts,
  { newsletter, address, by }: { newsletter: string; address: string; by: string },
): Promise<Outcome<{ removed: boolean }>> {
  const found = await find(ports, newsletter, address);
  if (!found.ok) return found;
  const before = found.value;
  const after = remove(before, ports.now());
  if (after === undefined) return done({ removed: false });
  const cause = { by, source: "subscriber remove", evidence: null };
  const [written] = await ports.subscribers.write(newsletter, [{ before, after, cause }]);
  if (!written) return fault("conflict", `That subscriber of ${newsletter} was changed at the same moment. Try again.`);
  await ports.audit.append(entryOf(ports, "subscriber remove", newsletter, [after.id], by));
  return done({ removed: true });
}

async function find(ports: SubscriberPorts, newsletter: string, raw: string): Promise<Outcome<Subscriber>> {
  const who = await identify(ports, newsletter, raw);
  if (!who.ok) return who;
  const found = await ports.subscribers.get(newsletter, who.value.id);
  return found === undefined
    ? fault("unknown-subscriber", `${who.value.address} never subscribed to ${newsletter}.`)
    : done(found);
}

/** The id that an address has in a newsletter, whether or not it ever subscribed. */
export async function identify(
  ports: Newsletters & Pick<SubscriberPorts, "keys">,
  newsletter: string,
  raw: string,
): Promise<Outcome<{ id: string; address: string }>> {
  const known = findNewsletter(ports.config, newsletter);
  return known.ok ? idOfAddress(ports, newsletter, raw) : known;
}

/** The same in a newsletter that the config may no longer have. */
export async function idOfAddress(
  ports: Pick<SubscriberPorts, "keys">,
  newsletter: string,
  raw: string,
): Promise<Outcome<{ id: string; address: string }>> {
  const address = normaliseAddress(raw);
  if (!address.ok) return fault("bad-address", `"${raw}" is ${address.fault.message}.`);
  return done({ id: subscriberId(await ports.keys(), newsletter, address.value), address: address.value });
}

export const entryOf = (
  ports: Pick<Newsletters, "now">,
  did: AuditEntry["did"],
  newsletter: string,
  subjects: string[],
  by: string,
): AuditEntry => ({ at: ports.now(), by, did, newsletter, subjects, note: null });
