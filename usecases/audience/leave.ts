import { maskAddress } from "#domain/audience/address/address.ts";
import { leave } from "#domain/audience/consent/consent.ts";
import { undoLeaving } from "#domain/audience/consent/subscription.ts";
import type { Subscriber, SubscriberStatus } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { timedToken, verifyTimedToken } from "#domain/audience/tokens/timed-token.ts";
import { type Claim, verifyToken } from "#domain/audience/tokens/token.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../ports/audience.ts";
import { changedMeanwhile, untilSaved } from "./until-saved.ts";

export type LeavePorts = {
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  /** Log line for replaying unsubscriptions after a restore: ids only. */
  left: (claim: Claim) => void;
};

/** The reader of a link, as a page may show them. */
export type Leaving = {
  newsletter: string;
  /** Masked; null: no longer subscribed. */
  address: string | null;
  /** Masked, whatever the status; null: nothing is stored. */
  stored: string | null;
  /** Null: erased, or never there. */
  status: SubscriberStatus | null;
  /** Token that undoes a recent unsubscription; null: there is nothing to undo. */
  undo: string | null;
};

/** How many changes of address are followed from an old email's link. */
const MAX_MOVES = 3;
/**
 * How long after unsubscribing another click offers to undo it, in milliseconds. Not longer, because a forwarded email
 * must not bring back someone who left.
 */
const UNDO_OFFERED_MS = 10 * 60_000;

/** The subscription that a link would end; reads only. Undefined: not a valid link. */
export async function leavingByToken(ports: LeavePorts, token: string): Promise<Leaving | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined) return undefined;
  const reader = await currentReader(ports, claim);
  const subscribed = reader !== undefined && (reader.status === "active" || reader.status === "pending");
  const address = subscribed ? maskAddress(reader.address) : null;
  return { newsletter: claim.newsletter, address, ...storedOf(reader), undo: null };
}

/** Ends the subscription of a link. A second call, or one for an erased reader, changes nothing. */
export async function leaveByToken(ports: LeavePorts, token: string, source: string): Promise<Leaving | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined) return undefined;
  return untilSaved(async () => {
    const before = await currentReader(ports, claim);
    const after = before && leave(before, ports.now());
    if (after === undefined) return leavingResult(ports, claim, before);
    const cause = { by: "reader", source, evidence: null };
    const [written] = await ports.subscribers.write(claim.newsletter, [{ before, after, cause }]);
    if (!written) return changedMeanwhile;
    ports.left({ newsletter: after.newsletter, id: after.id });
    return leavingResult(ports, claim, after);
  });
}

async function leavingResult(
  ports: LeavePorts,
  { newsletter }: Claim,
  reader: Subscriber | undefined,
): Promise<Leaving> {
  const isFresh =
    reader?.status === "left" && fromInstant(ports.now()) - fromInstant(reader.changedAt) < UNDO_OFFERED_MS;
  const undo = isFresh ? timedToken(await ports.keys(), "return", reader, reader.changedAt) : null;
  return { newsletter, address: null, ...storedOf(reader), undo };
}

const storedOf = (reader: Subscriber | undefined): Pick<Leaving, "stored" | "status"> => ({
  stored: reader === undefined ? null : maskAddress(reader.address),
  status: reader?.status ?? null,
});

/** The unsubscription that a token may undo; reads only. Undefined: not a valid token, or too late. */
export async function undoOffered(ports: Pick<LeavePorts, "keys" | "now">, token: string) {
  const verified = verifyTimedToken(await ports.keys(), "return", token, ports.now());
  return verified.state === "valid" ? verified.claim : undefined;
}

/** Undoes an unsubscription, by the button shown after it. Undefined: not a valid token, or too late. */
export async function undoByToken(ports: LeavePorts, token: string): Promise<Leaving | undefined> {
  const claim = await undoOffered(ports, token);
  if (claim === undefined) return undefined;
  const { newsletter, id, issuedAt } = claim;
  return untilSaved(async () => {
    const before = await ports.subscribers.get(newsletter, id);
    if (before === undefined) return undefined;
    const address = maskAddress(before.address);
    const back = { newsletter, address, stored: address, status: "active" as const, undo: null };
    if (before.status === "active") return back;
    const after = undoLeaving(before, issuedAt, ports.now());
    if (after === undefined) return undefined;
    const cause = { by: "reader", source: "undo button", evidence: null, did: "returned" as const };
    const [written] = await ports.subscribers.write(newsletter, [{ before, after, cause }]);
    if (written) return back;
    return changedMeanwhile;
  });
}

/** The reader of a link as they are now, under the address they have now. */
export async function currentReader(
  { subscribers }: Pick<LeavePorts, "subscribers">,
  { newsletter, id }: Claim,
): Promise<Subscriber | undefined> {
  let reader = await subscribers.get(newsletter, id);
  for (let move = 0; move < MAX_MOVES && reader?.status === "moved" && reader.movedTo !== null; move += 1) {
    reader = await subscribers.get(newsletter, reader.movedTo);
  }
  return reader;
}
