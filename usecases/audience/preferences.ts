import { maskAddress } from "#domain/audience/address/address.ts";
import { leave } from "#domain/audience/consent/consent.ts";
import { changePreferences, type Preferences, pauseRange } from "#domain/audience/preferences.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { type Claim, subscriberId, verifyToken } from "#domain/audience/tokens/token.ts";
import type { Config } from "#domain/config.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { timeZoneNamed } from "#domain/time/time-zones.ts";
import type { RequestQueue, SubscriberChange, SubscriberStore } from "../ports/audience.ts";
import { currentReader } from "./leave.ts";
import { changedMeanwhile, untilSaved } from "./until-saved.ts";

export type PreferencesPorts = {
  config: Pick<Config, "newsletters">;
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  requests: RequestQueue;
  /** Log line for replaying unsubscriptions after a restore: ids only. */
  left: (claim: Claim) => void;
};

/** What a link's page shows. */
export type ShownPreferences = {
  newsletter: string;
  /** Masked: the email with the link may have been forwarded. */
  address: string;
  /** The newsletters of this deployment that the reader gets. */
  subscribed: readonly string[];
  preferences: Preferences;
  /** The reader's time zone, if known. */
  timeZone: string;
  pause: { first: LocalDate; last: LocalDate };
};

/** The reader's choices. */
type WantedPreferences = Preferences & {
  newsletters: ReadonlySet<string>;
  network: string | null;
  /** Language of later mails. */
  language: string | undefined;
  /** Language of the page, if the reader chose none. */
  pageLanguage: string;
};

/** The preferences of a link's reader; reads only. Undefined: not a valid link. Null: erased. */
export async function preferencesByToken(
  ports: PreferencesPorts,
  token: string,
): Promise<ShownPreferences | null | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined) return undefined;
  const reader = await currentReader(ports, claim);
  if (reader === undefined) return null;
  const active = (await subscriptionsOf(ports, reader.address)).filter(({ status }) => status === "active");
  const shown = active.find(({ newsletter }) => newsletter === claim.newsletter) ?? active[0] ?? reader;
  const { pausedUntil, language } = shown;
  // One that this version of the time zone database doesn't have counts as not chosen, as it does for a freeze.
  const zone = shown.zone && timeZoneNamed(shown.zone);
  const timeZone = zone ?? ports.config.newsletters[shown.newsletter]?.timeZone ?? "UTC";
  const pause = pauseRange(ports.now(), timeZone);
  return {
    newsletter: claim.newsletter,
    address: maskAddress(reader.address),
    subscribed: active.map(({ newsletter }) => newsletter),
    // A pause that has ended doesn't count.
    preferences: { zone, language, pausedUntil: pausedUntil && pausedUntil >= pause.first ? pausedUntil : undefined },
    timeZone,
    pause,
  };
}

/** The subscriptions of an address in all newsletters of this deployment. */
async function subscriptionsOf(
  ports: Pick<PreferencesPorts, "config" | "keys" | "subscribers">,
  address: string,
): Promise<Subscriber[]> {
  const keys = await ports.keys();
  const names = Object.keys(ports.config.newsletters);
  const found = await Promise.all(
    names.map((newsletter) => ports.subscribers.get(newsletter, subscriberId(keys, newsletter, address))),
  );
  return found.flatMap((subscriber) => subscriber ?? []);
}

/**
 * Applies the reader's choices to each newsletter. A new subscription has to be confirmed by mail, since anyone with a
 * forwarded email has its links. "requested": such a mail is sent. "pause": that day can't be chosen, and nothing
 * changed.
 */
export async function savePreferences(
  ports: PreferencesPorts,
  token: string,
  wanted: WantedPreferences,
): Promise<"saved" | "requested" | "pause" | undefined> {
  const shown = await preferencesByToken(ports, token);
  if (shown === undefined || shown === null) return undefined;
  const { pausedUntil } = wanted;
  const { first, last } = shown.pause;
  if (pausedUntil !== undefined && (pausedUntil < first || pausedUntil > last)) return "pause";
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  const reader = claim && (await currentReader(ports, claim));
  if (reader === undefined) return undefined;
  let isRequested = false;
  for (const newsletter of Object.keys(ports.config.newsletters)) {
    const id = subscriberId(await ports.keys(), newsletter, reader.address);
    const isSubscribed = await saveOne(ports, { newsletter, id }, wanted);
    if (isSubscribed || !wanted.newsletters.has(newsletter)) continue;
    await ask(ports, { newsletter, id, address: reader.address }, wanted);
    isRequested = true;
  }
  return isRequested ? "requested" : "saved";
}

/** @returns whether the reader is subscribed to it */
async function saveOne(
  ports: PreferencesPorts,
  { newsletter, id }: Claim,
  wanted: WantedPreferences,
): Promise<boolean> {
  return untilSaved(async () => {
    const before = await ports.subscribers.get(newsletter, id);
    if (before?.status !== "active") return false;
    const change = changeOf(before, wanted, ports.now());
    if (change === undefined) return true;
    const [written] = await ports.subscribers.write(newsletter, [change]);
    if (!written) return changedMeanwhile;
    if (change.after.status === "left") ports.left({ newsletter, id });
    return true;
  });
}

function changeOf(before: Subscriber, wanted: WantedPreferences, now: Instant): SubscriberChange | undefined {
  const source = "preferences";
  if (!wanted.newsletters.has(before.newsletter)) {
    const after = leave(before, now);
    return after && { before, after, cause: { by: "reader", source, evidence: null } };
  }
  const changed = changePreferences(before, wanted, now);
  if (changed === undefined) return undefined;
  return { before, after: changed.after, cause: { by: "reader", source, evidence: changed.evidence, did: "changed" } };
}

async function ask(
  ports: PreferencesPorts,
  { newsletter, id, address }: Claim & { address: string },
  { language, pageLanguage, network }: WantedPreferences,
): Promise<void> {
  const known = await ports.subscribers.get(newsletter, id);
  const common = { newsletter, language: language ?? pageLanguage, at: ports.now(), source: "preferences", network };
  await ports.requests.put(
    known === undefined ? { do: "subscribe", address, ...common } : { do: "subscribe again", id, ...common },
    0,
  );
}
