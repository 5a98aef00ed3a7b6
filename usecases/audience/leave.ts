import { maskAddress } from "#domain/audience/address.ts";
import { leave } from "#domain/audience/consent.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { type Claim, type SigningKeys, verifyToken } from "#domain/audience/token.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../ports.ts";

export type LeavePorts = {
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  /** A line for replaying unsubscriptions after a table was restored: ids only. */
  left: (claim: Claim) => void;
};

/** Whom a link is about. `address` is masked, and null when that reader is not subscribed any more. */
export type Leaving = { newsletter: string; address: string | null };

/** An address moved at most so often is followed from an old email's link. */
const MOVES = 3;
/** Tries again so often when the subscriber changes in the same moment. */
const TRIES = 5;

/** What a link would end; reads only. Undefined: not a link of ours. */
export async function leavingBy(ports: LeavePorts, token: string): Promise<Leaving | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined) return undefined;
  const reader = await current(ports, claim);
  const subscribed = reader !== undefined && (reader.status === "active" || reader.status === "pending");
  return { newsletter: claim.newsletter, address: subscribed ? maskAddress(reader.address) : null };
}

/** Ends the subscription a link is about; again, or after the reader was erased, changes nothing. */
export async function leaveBy(ports: LeavePorts, token: string): Promise<Leaving | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined) return undefined;
  const gone = { newsletter: claim.newsletter, address: null };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await current(ports, claim);
    const after = before && leave(before, ports.now());
    if (after === undefined) return gone;
    const [written] = await ports.subscribers.write(claim.newsletter, [{ before, after }]);
    if (!written) continue;
    ports.left({ newsletter: after.newsletter, id: after.id });
    return gone;
  }
  throw new Error("the subscriber changed at every try");
}

/** The reader of a link as they are now, under the address they have now. */
async function current({ subscribers }: LeavePorts, { newsletter, id }: Claim): Promise<Subscriber | undefined> {
  let reader = await subscribers.get(newsletter, id);
  for (let move = 0; move < MOVES && reader?.status === "moved" && reader.movedTo !== null; move += 1) {
    reader = await subscribers.get(newsletter, reader.movedTo);
  }
  return reader;
}
