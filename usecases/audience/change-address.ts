import { maskAddress } from "#domain/audience/address/address.ts";
import { leave } from "#domain/audience/consent/consent.ts";
import { movedAway, movedHere } from "#domain/audience/consent/moving.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { verifyMoveToken } from "#domain/audience/tokens/timed-token.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import type { Config } from "#domain/config.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ConsentStore, RequestQueue, SubscriberStore } from "../ports/audience.ts";
import { changedMeanwhile, untilSaved } from "./until-saved.ts";

export type MovePorts = {
  config: Pick<Config, "newsletters">;
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  consent: Pick<ConsentStore, "unerase">;
  requests: RequestQueue;
};

/** What the link in the mail to a new address shows. `address` is the new one, masked. */
export type MoveLink =
  | { state: "forged" }
  | { state: "expired"; newsletter: string | undefined }
  | { state: "waiting" | "moved"; newsletter: string; address: string };

type Found = MoveLink & { from?: Subscriber; to?: Subscriber };

/** To which address a link would move the subscriptions; reads only. */
export async function moveLinkByToken(ports: MovePorts, token: string): Promise<MoveLink> {
  const { from: _, to: __, ...link } = await find(ports, token);
  return link;
}

async function find(ports: MovePorts, token: string): Promise<Found> {
  const move = verifyMoveToken(await ports.keys(), token, ports.now());
  if (move === undefined) return { state: "forged" };
  if (move === "expired") return { state: "expired", newsletter: undefined };
  const { newsletter } = move;
  const [from, to] = await Promise.all([
    ports.subscribers.get(newsletter, move.from),
    ports.subscribers.get(newsletter, move.to),
  ]);
  if (from === undefined || to === undefined) return { state: "expired", newsletter };
  const address = maskAddress(to.address);
  if (from.status === "moved" && from.movedTo === to.id) return { state: "moved", newsletter, address };
  return from.status === "active"
    ? { state: "waiting", newsletter, address, from, to }
    : { state: "expired", newsletter };
}

/**
 * Moves every subscription of the old address to the new one. The notice to the old address is queued before the
 * subscription moves, so it can't get lost; it is sent once the move is done.
 */
export async function moveByToken(ports: MovePorts, token: string, language: string): Promise<MoveLink> {
  const found = await find(ports, token);
  const { from, to } = found;
  if (from === undefined || to === undefined || found.state !== "waiting") return found;
  const { newsletter } = from;
  const others = Object.keys(ports.config.newsletters).filter((name) => name !== newsletter);
  for (const other of others) await moveOne(ports, other, { from: from.address, to: to.address });
  await ports.requests.put({ do: "notify old address", newsletter, id: from.id, language, at: ports.now() }, 0);
  await moveOne(ports, newsletter, { from: from.address, to: to.address });
  return moveLinkByToken(ports, token);
}

/** The new item first, then the old one: a freeze in between finds both, and the claim decides which counts. */
async function moveOne(ports: MovePorts, newsletter: string, addresses: { from: string; to: string }): Promise<void> {
  const keys = await ports.keys();
  const fromId = subscriberId(keys, newsletter, addresses.from);
  const id = subscriberId(keys, newsletter, addresses.to);
  if (id === fromId) return;
  const cause = { by: "reader", source: "link in a mail to the new address", evidence: null, did: "moved" as const };
  let begunAt: Instant | undefined;
  return untilSaved(async () => {
    const from = await ports.subscribers.get(newsletter, fromId);
    const before = await ports.subscribers.get(newsletter, id);
    if (from?.status !== "active") {
      if (before === undefined || before.changedAt !== begunAt || from?.movedTo === id) return;
      const after = leave(before, ports.now());
      if (after === undefined) return;
      // Meanwhile the reader left, or moved elsewhere: what this move began ends too.
      const [ended] = await ports.subscribers.write(newsletter, [{ before, after }]);
      if (ended) return;
      return changedMeanwhile;
    }
    const here = movedHere(before, { newsletter, id, address: addresses.to }, from, ports.now());
    if (here !== undefined) {
      const [written] = await ports.subscribers.write(newsletter, [{ before, after: here, cause }]);
      if (!written) return changedMeanwhile;
      await ports.consent.unerase(newsletter, id, here.changedAt);
      if (before?.status !== "active") begunAt = here.changedAt;
    }
    const away = movedAway(from, id, ports.now());
    const [written] = await ports.subscribers.write(newsletter, [{ before: from, after: away, cause }]);
    if (written) return;
    return changedMeanwhile;
  });
}
