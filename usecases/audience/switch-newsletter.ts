import { maskAddress } from "#domain/audience/address/address.ts";
import { leave } from "#domain/audience/consent/consent.ts";
import { addedFrom } from "#domain/audience/consent/moving.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { verifyTimedToken } from "#domain/audience/tokens/timed-token.ts";
import { type Claim, subscriberId, verifyToken } from "#domain/audience/tokens/token.ts";
import { madeFrom } from "#domain/config/newsletter-origin.ts";
import type { Config } from "#domain/config.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ConsentStore, SubscriberStore } from "../ports/audience.ts";
import { currentReader } from "./leave.ts";
import { changedMeanwhile, untilSaved } from "./until-saved.ts";

export type SwitchPorts = {
  config: Pick<Config, "newsletters">;
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  consent: Pick<ConsentStore, "unerase">;
  /** Log line for replaying unsubscriptions after a restore: ids only. */
  left: (claim: Claim) => void;
};

/**
 * To which newsletter a subscription moved; `address` is masked. "stopped": mail of that newsletter bounced or was
 * marked as spam.
 */
export type Switched = { state: "switched" | "stopped"; newsletter: string; address: string; id: string };

/** Replaces the newsletter with one made from it, by the link in every email. Undefined: this isn't possible. */
export async function switchByToken(ports: SwitchPorts, token: string, to: string): Promise<Switched | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  const reader = claim && (await currentReader(ports, claim));
  return reader?.status === "active" ? switchTo(ports, reader, to) : undefined;
}

/** Subscribes a reader who just left to a newsletter with fewer emails. Undefined: this isn't possible, or too late. */
export async function switchAfterLeaving(
  ports: SwitchPorts,
  undoToken: string,
  to: string,
): Promise<Switched | undefined> {
  const verified = verifyTimedToken(await ports.keys(), "return", undoToken, ports.now());
  if (verified.state !== "valid") return undefined;
  const reader = await ports.subscribers.get(verified.claim.newsletter, verified.claim.id);
  return reader?.status === "left" || reader?.status === "active" ? switchTo(ports, reader, to) : undefined;
}

/** The new subscription is written first: after a crash, the reader has two until the next press, never none. */
async function switchTo(ports: SwitchPorts, from: Subscriber, to: string): Promise<Switched | undefined> {
  if (!madeFrom(ports.config.newsletters, from.newsletter).includes(to)) return undefined;
  const id = subscriberId(await ports.keys(), to, from.address);
  const done = { newsletter: to, address: maskAddress(from.address), id };
  if (!(await begin(ports, { newsletter: to, id, address: from.address }, from))) return { ...done, state: "stopped" };
  await end(ports, from);
  return { ...done, state: "switched" };
}

const cause = { by: "reader", source: "fewer emails", evidence: null, did: "switched" as const };

async function begin(ports: SwitchPorts, who: Claim & { address: string }, from: Subscriber): Promise<boolean> {
  return untilSaved(async () => {
    const before = await ports.subscribers.get(who.newsletter, who.id);
    if (before?.status === "bounced" || before?.status === "complained") return false;
    const after = addedFrom(before, who, { from, consent: `instead of ${from.newsletter}`, at: ports.now() });
    if (after === undefined) return true;
    const [written] = await ports.subscribers.write(who.newsletter, [{ before, after, cause }]);
    if (!written) return changedMeanwhile;
    await ports.consent.unerase(who.newsletter, who.id, after.changedAt);
    return true;
  });
}

async function end(ports: SwitchPorts, { newsletter, id }: Subscriber): Promise<void> {
  return untilSaved(async () => {
    const before = await ports.subscribers.get(newsletter, id);
    const after = before && leave(before, ports.now());
    if (before === undefined || after === undefined) return;
    const [written] = await ports.subscribers.write(newsletter, [{ before, after, cause }]);
    if (!written) return changedMeanwhile;
    ports.left({ newsletter, id });
    return undefined;
  });
}
