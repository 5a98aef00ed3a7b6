import { fromInstant, type Instant } from "../time/instant.ts";
import { laterThan, type Subscriber } from "./subscriber.ts";

/**
 * Subscribing by double opt-in. A request changes nothing about an address that is known: a stranger may have made it.
 * Only the link in the mail to that address does.
 */
type RequestDecision = {
  /** What to store; undefined: nothing changes. */
  after: Subscriber | undefined;
  /** What to write to the address: the link that confirms, or that it is subscribed already. */
  mail: "confirm" | "subscribed" | "none";
  /** Whether SES's suppression of the address must be lifted, or the mail would not leave. */
  clears: boolean;
};

type Who = { newsletter: string; id: string; address: string };

/** What a request on the web leads to. `ownLink`: it came by a signed link of an email to that address. */
export function decideRequest(
  before: Subscriber | undefined,
  who: Who,
  { ownLink, now }: { ownLink: boolean; now: Instant },
): RequestDecision {
  if (before === undefined) return { after: pendingSubscriber(who, now, now), mail: "confirm", clears: false };
  switch (before.status) {
    case "pending":
      return {
        after: pendingSubscriber(before, before.addedAt, laterThan(before, now)),
        mail: "confirm",
        clears: false,
      };
    case "active":
      return { after: undefined, mail: "subscribed", clears: false };
    case "bounced":
      return { after: undefined, mail: "confirm", clears: true };
    case "complained":
      // Who called a mail spam is not written to because someone typed the address into a form.
      return ownLink
        ? { after: undefined, mail: "confirm", clears: true }
        : { after: undefined, mail: "none", clears: false };
    case "left":
    case "removed":
    case "moved":
      return { after: undefined, mail: "confirm", clears: false };
  }
}

/** The reader presses the button behind the link that was mailed. Undefined: already subscribed, nothing changes. */
export function confirm(before: Subscriber, at: Instant): Subscriber | undefined {
  if (before.status === "active") return undefined;
  // Anyone who confirms wants mail now, whatever they wanted before.
  const { softBounces: _, pausedUntil: __, ...kept } = before;
  const now = laterThan(before, at);
  const consent = `confirmed by link, ${at.slice(0, 10)}`;
  return { ...kept, status: "active", consent, addedAt: now, changedAt: now, movedTo: null, movedAt: null };
}

/** The reader takes unsubscribing back. Undefined: they did not just unsubscribe. */
export function undoLeaving(before: Subscriber, leftAt: Instant, at: Instant): Subscriber | undefined {
  // The link says when it was made, in whole seconds; a later unsubscription has its own.
  const isThatOne = before.status === "left" && Math.abs(fromInstant(before.changedAt) - fromInstant(leftAt)) < 60_000;
  return isThatOne ? { ...before, status: "active", changedAt: laterThan(before, at) } : undefined;
}

const pendingSubscriber = (who: Who, addedAt: Instant, changedAt: Instant): Subscriber => ({
  newsletter: who.newsletter,
  id: who.id,
  address: who.address,
  status: "pending",
  consent: `asked on the web, ${addedAt.slice(0, 10)}`,
  addedAt,
  changedAt,
  origin: null,
  movedTo: null,
  movedAt: null,
});

/** Milliseconds for which an address that no one confirmed is kept: as long as its last link, and a day. */
export const PENDING_KEPT_MS = 8 * 24 * 3_600_000;
