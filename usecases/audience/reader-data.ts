import type { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import { laterThan, type Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { verifyTimedToken } from "#domain/audience/tokens/timed-token.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import type { Config } from "#domain/config.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ConsentStore, SubscriberErasure, SubscriberStore } from "../ports/audience.ts";
import { changedMeanwhile, untilSaved } from "./until-saved.ts";

export type ReaderDataPorts = {
  config: Pick<Config, "newsletters" | "formerNewsletters">;
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get"> & SubscriberErasure;
  consent: Pick<ConsentStore, "history" | "erase">;
};

/** All that is stored about an address. */
type ReaderData = { address: string; subscriptions: SubscriptionData[] };
type SubscriptionData = { newsletter: string; subscriber: Subscriber; history: ConsentEvent[] };

type ErasePorts = Pick<ReaderDataPorts, "subscribers" | "now"> & { consent: Pick<ConsentStore, "erase"> };

/** The token in the mail about a reader's data. */
export type DataLink =
  | { state: "forged" | "expired" | "erased" }
  | {
      state: "valid";
      newsletter: string;
      data: ReaderData;
      /** Language of the reader's own pages. */
      token: string;
    };

/** What is stored about the reader of a link; reads only. */
export async function readerDataByToken(ports: ReaderDataPorts, token: string): Promise<DataLink> {
  const verified = verifyTimedToken(await ports.keys(), "manage", token, ports.now());
  if (verified.state !== "valid") return { state: verified.state };
  const { newsletter, id } = verified.claim;
  const reader = await ports.subscribers.get(newsletter, id);
  if (reader === undefined) return { state: "erased" };
  const own = unsubscribeToken(await ports.keys(), { newsletter, id });
  return { state: "valid", newsletter, data: await readerDataOf(ports, reader), token: own };
}

/** What is stored about an address, in every newsletter that this deployment has or had, and in the link's own. */
async function readerDataOf(ports: ReaderDataPorts, { address, newsletter: own }: Subscriber): Promise<ReaderData> {
  const keys = await ports.keys();
  const { newsletters, formerNewsletters } = ports.config;
  const all = [...new Set([...Object.keys(newsletters), ...formerNewsletters, own])].map(async (newsletter) => {
    const id = subscriberId(keys, newsletter, address);
    const subscriber = await ports.subscribers.get(newsletter, id);
    if (subscriber === undefined) return [];
    const known = [subscriber, ...(await formerOf(ports, subscriber))];
    const histories = await Promise.all(known.map((one) => ports.consent.history(newsletter, one.id)));
    return known.map((one, at) => ({ newsletter, subscriber: one, history: histories[at] ?? [] }));
  });
  return { address, subscriptions: (await Promise.all(all)).flat() };
}

/** The reader's former addresses, newest first. */
async function formerOf(
  { subscribers }: Pick<ReaderDataPorts, "subscribers">,
  reader: Subscriber,
): Promise<Subscriber[]> {
  const former: Subscriber[] = [];
  let { origin } = reader;
  while (origin !== null && former.every(({ id }) => id !== origin)) {
    const before = await subscribers.get(reader.newsletter, origin);
    if (before?.status !== "moved") break;
    former.push(before);
    origin = before.origin;
  }
  return former;
}

/** Erases the reader of a link from every newsletter. A second call changes nothing. */
export async function eraseByToken(ports: ReaderDataPorts, token: string): Promise<"forged" | "expired" | "erased"> {
  const found = await readerDataByToken(ports, token);
  if (found.state !== "valid") return found.state;
  for (const { newsletter, subscriber } of found.data.subscriptions)
    await eraseReader(ports, newsletter, subscriber.id);
  return "erased";
}

/**
 * Deletes a subscription and its history, also under the addresses the reader had before. Only a mark stays that the id
 * was erased: a keyed hash of the address, by which a later import recognises it. False: there was no subscription.
 */
export async function eraseReader(ports: ErasePorts, newsletter: string, id: string): Promise<boolean> {
  const reader = await ports.subscribers.get(newsletter, id);
  const former = reader === undefined ? [] : await formerOf(ports, reader);
  for (const one of former) await eraseOne(ports, newsletter, one.id);
  return eraseOne(ports, newsletter, id);
}

/** Of readers that an operator has just added, erases those who were erased meanwhile. @returns their ids */
export async function eraseMarked(
  ports: ErasePorts & { consent: Pick<ConsentStore, "erased"> },
  newsletter: string,
  added: readonly string[],
): Promise<Set<string>> {
  const marked = await ports.consent.erased(newsletter, added);
  for (const id of marked) await eraseReader(ports, newsletter, id);
  return marked;
}

async function eraseOne({ subscribers, consent, now }: ErasePorts, newsletter: string, id: string): Promise<boolean> {
  let at = now();
  return untilSaved(async () => {
    // The mark is written first. An import at the same time looks for it after it has added the reader (eraseMarked),
    // so one of the two sees what the other wrote. And it is later than the consent that ends here (unerase).
    await consent.erase(newsletter, id, at);
    const before = await subscribers.get(newsletter, id);
    if (before === undefined) return false;
    if (before.changedAt < at && (await subscribers.erase(newsletter, before, at))) return true;
    at = laterThan(before, now());
    return changedMeanwhile;
  });
}
