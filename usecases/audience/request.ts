import { type AddressFault, judgeAddress } from "#domain/audience/address/address.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { verifyToken } from "#domain/audience/tokens/token.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { RequestQueue } from "../ports/audience.ts";

export type RequestPorts = {
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  requests: RequestQueue;
};

/** Why an address is refused: it is invalid, or the newsletter doesn't accept it. */
export type SubscribeFault = AddressFault | "refused";

/** Mailboxes that several people read, or none (RFC 2142, and others that lists usually refuse). */
const ROLES = new Set(
  "abuse admin administrator hostmaster mailer-daemon no-reply noc noreply postmaster root security webmaster".split(
    " ",
  ),
);

/**
 * Accepts a request to subscribe: checks the address and queues the request. Nothing is looked up here, so neither the
 * answer nor its time depends on whether the address is known.
 */
export async function requestSubscription(
  ports: RequestPorts,
  about: Pick<NewsletterConfig, "subscribing">,
  request: {
    newsletter: string;
    address: string;
    language: string;
    source: string;
    network: string | null;
    delaySeconds: number;
  },
): Promise<{ address: string } | { fault: SubscribeFault }> {
  const { delaySeconds, ...fields } = request;
  const judged = judgeAddress(request.address);
  if ("fault" in judged) return judged;
  if (isRefused(about, judged.address)) return { fault: "refused" };
  await ports.requests.put({ do: "subscribe", ...fields, address: judged.address, at: ports.now() }, delaySeconds);
  return judged;
}

function isRefused({ subscribing }: Pick<NewsletterConfig, "subscribing">, address: string): boolean {
  const [local = "", domain = ""] = address.toLowerCase().split("@");
  const isOfRefused = subscribing.refuseDomains.some((one) => domain === one || domain.endsWith(`.${one}`));
  return isOfRefused || (subscribing.refuseRoles && ROLES.has(local));
}

/** A request by the signed link of an email: to subscribe again, or to see what is stored. False: not a valid link. */
export async function requestByLink(
  ports: RequestPorts,
  what: "subscribe again" | "show data",
  { token, language, network }: { token: string; language: string; network: string | null },
): Promise<{ newsletter: string } | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined) return undefined;
  const { newsletter, id } = claim;
  const request = { newsletter, id, language, at: ports.now() };
  await ports.requests.put(
    what === "show data" ? { do: what, ...request } : { do: what, ...request, source: "link in an email", network },
    0,
  );
  return { newsletter };
}

/** A request to change the address of a link's reader. Undefined: not a valid link. */
export async function requestAddressChange(
  ports: RequestPorts & { config: Pick<Config, "newsletters"> },
  change: { token: string; address: string; language: string; network: string | null },
): Promise<{ address: string } | { fault: SubscribeFault } | undefined> {
  const { token, ...fields } = change;
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  const about = claim && ports.config.newsletters[claim.newsletter];
  if (claim === undefined || about === undefined) return undefined;
  const judged = judgeAddress(change.address);
  if ("fault" in judged) return judged;
  if (isRefused(about, judged.address)) return { fault: "refused" };
  const request = { ...fields, ...claim, address: judged.address, source: "preferences", at: ports.now() };
  await ports.requests.put({ do: "change address", ...request }, 0);
  return judged;
}
