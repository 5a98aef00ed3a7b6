import { maskAddress } from "#domain/audience/address/address.ts";
import { confirm, isUnconfirmed } from "#domain/audience/consent/subscription.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { verifyTimedToken } from "#domain/audience/tokens/timed-token.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ConsentStore, RequestQueue, SubscriberStore } from "../ports/audience.ts";
import { changedMeanwhile, untilSaved } from "./until-saved.ts";

export type ConfirmPorts = {
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  consent: Pick<ConsentStore, "unerase">;
  requests: RequestQueue;
};

/** What a confirmation link shows. `address` is masked. */
export type Confirmation =
  | { state: "forged" }
  | { state: "expired"; newsletter: string }
  | { state: "waiting" | "subscribed"; newsletter: string; address: string };

/** What a link would confirm; reads only. */
export async function confirmationByToken(ports: ConfirmPorts, token: string): Promise<Confirmation> {
  const verified = verifyTimedToken(await ports.keys(), "confirm", token, ports.now());
  if (verified.state === "forged") return { state: "forged" };
  const { newsletter, id } = verified.claim;
  const reader = await ports.subscribers.get(newsletter, id);
  if (reader?.status === "active" && !isUnconfirmed(reader))
    return { state: "subscribed", newsletter, address: maskAddress(reader.address) };
  if (verified.state === "expired" || reader === undefined) return { state: "expired", newsletter };
  return { state: "waiting", newsletter, address: maskAddress(reader.address) };
}

/**
 * Confirms a subscription. A second press changes nothing and gives the same answer. Each press requests the welcome,
 * so it isn't lost if the first answer was; it is sent at most once.
 */
export async function confirmByToken(ports: ConfirmPorts, token: string): Promise<Confirmation> {
  const found = await confirmOnce(ports, token);
  const verified = verifyTimedToken(await ports.keys(), "confirm", token, ports.now());
  if (found.state === "subscribed" && verified.state === "valid") {
    const { newsletter, id } = verified.claim;
    await ports.requests.put({ do: "welcome", newsletter, id, at: ports.now() }, 0);
  }
  return found;
}

async function confirmOnce(ports: ConfirmPorts, token: string): Promise<Confirmation> {
  return untilSaved(async () => {
    const found = await confirmationByToken(ports, token);
    if (found.state !== "waiting") return found;
    const verified = verifyTimedToken(await ports.keys(), "confirm", token, ports.now());
    if (verified.state !== "valid") return changedMeanwhile;
    const { newsletter, id } = verified.claim;
    const before = await ports.subscribers.get(newsletter, id);
    const after = before && confirm(before, ports.now());
    if (after === undefined) return changedMeanwhile;
    const cause = { by: "reader", source: "link in the confirmation mail", evidence: null, did: "confirmed" as const };
    const [written] = await ports.subscribers.write(newsletter, [{ before, after, cause }]);
    if (!written) return changedMeanwhile;
    await ports.consent.unerase(newsletter, id, after.changedAt);
    return { state: "subscribed", newsletter, address: maskAddress(after.address) };
  });
}
