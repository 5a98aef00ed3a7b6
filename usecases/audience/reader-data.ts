import type { ConsentEvent } from "#domain/audience/consent-event.ts";
import type { SigningKeys } from "#domain/audience/keys.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { verifyTimedToken } from "#domain/audience/timed-token.ts";
import { subscriberId } from "#domain/audience/token.ts";
import type { Config } from "#domain/config.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ConsentStore, SubscriberErasure, SubscriberStore } from "../ports.ts";

export type ReaderDataPorts = {
  config: Pick<Config, "newsletters">;
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get"> & SubscriberErasure;
  consent: Pick<ConsentStore, "history" | "erase">;
};

/** All that is stored about an address. */
type ReaderData = { address: string; subscriptions: SubscriptionData[] };
type SubscriptionData = { newsletter: string; subscriber: Subscriber; history: ConsentEvent[] };

const TRIES = 5;

/** What the link in the mail about a reader's data opens. */
export type DataLink =
  | { state: "forged" | "expired" | "erased" }
  | { state: "valid"; newsletter: string; data: ReaderData };

/** What is stored about the reader of a link; reads only. */
export async function readerDataByToken(ports: ReaderDataPorts, token: string): Promise<DataLink> {
  const verified = verifyTimedToken(await ports.keys(), "manage", token, ports.now());
  if (verified.state !== "valid") return { state: verified.state };
  const { newsletter, id } = verified.claim;
  const reader = await ports.subscribers.get(newsletter, id);
  if (reader === undefined) return { state: "erased" };
  return { state: "valid", newsletter, data: await readerDataOf(ports, reader.address) };
}

/** What is stored about an address, in every newsletter of this deployment. */
async function readerDataOf(ports: ReaderDataPorts, address: string): Promise<ReaderData> {
  const keys = await ports.keys();
  const all = Object.keys(ports.config.newsletters).map(async (newsletter) => {
    const id = subscriberId(keys, newsletter, address);
    const subscriber = await ports.subscribers.get(newsletter, id);
    if (subscriber === undefined) return [];
    return [{ newsletter, subscriber, history: await ports.consent.history(newsletter, id) }];
  });
  return { address, subscriptions: (await Promise.all(all)).flat() };
}

/** Erases the reader of a link from every newsletter. Again changes nothing. */
export async function eraseByToken(ports: ReaderDataPorts, token: string): Promise<"forged" | "expired" | "erased"> {
  const found = await readerDataByToken(ports, token);
  if (found.state !== "valid") return found.state;
  for (const { newsletter, subscriber } of found.data.subscriptions)
    await eraseReader(ports, newsletter, subscriber.id);
  return "erased";
}

/**
 * Deletes a subscription and its history. What stays is the mark that the id was erased: a keyed hash of the address, by
 * which a later import recognises it. False: there was none.
 */
export async function eraseReader(
  { subscribers, consent, now }: Pick<ReaderDataPorts, "subscribers" | "consent" | "now">,
  newsletter: string,
  id: string,
): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await subscribers.get(newsletter, id);
    // The mark first: an import that runs at the same time must not bring the reader back.
    await consent.erase(newsletter, id, now());
    if (before === undefined) return false;
    if (await subscribers.erase(newsletter, before)) return true;
  }
  throw new Error("the subscriber changed at every try");
}
