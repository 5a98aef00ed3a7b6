import { DAY } from "../../time/durations.ts";
import { fromInstant, type Instant } from "../../time/instant.ts";
import { laterThan, type Subscriber } from "../subscriber.ts";

/**
 * Double opt-in. A request doesn't change a known address, because a stranger may have made it; only the link in the
 * mail to that address does.
 */
type RequestDecision = {
  /** What to store; undefined: nothing changes. */
  after: Subscriber | undefined;
  /** The mail to the address: a confirmation link, or that it is already subscribed. */
  mail: "confirm" | "subscribed" | "none";
  /** Whether the address must be removed from SES's suppression list, so the mail can be sent. */
  clears: boolean;
};

type Who = { newsletter: string; id: string; address: string };

/** The effect of a request on the website. `ownLink`: it came by a signed link of an email to that address. */
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
      // An imported reader may be waiting for a warm-up; subscribing admits them at once.
      return { after: undefined, mail: isUnconfirmed(before) ? "confirm" : "subscribed", clears: false };
    case "bounced":
      return { after: undefined, mail: "confirm", clears: true };
    case "complained":
      // Readers who complained aren't mailed because someone entered their address into a form.
      return ownLink
        ? { after: undefined, mail: "confirm", clears: true }
        : { after: undefined, mail: "none", clears: false };
    case "left":
    case "removed":
    case "moved":
      return { after: undefined, mail: "confirm", clears: false };
  }
}

/** Subscribed by an import, and never confirmed here. */
export const isUnconfirmed = ({ status, rank }: Pick<Subscriber, "status" | "rank">): boolean =>
  status === "active" && rank !== undefined;

/** Confirms by the button of the mailed link. Undefined: already subscribed, nothing changes. */
export function confirm(before: Subscriber, at: Instant): Subscriber | undefined {
  if (before.status === "active" && !isUnconfirmed(before)) return undefined;
  // A confirmation ends a pause, and no one who confirmed waits for a warm-up.
  const { softBounces: _, pausedUntil: __, rank: ___, ...kept } = before;
  const now = laterThan(before, at);
  const consent = `confirmed by link, ${at.slice(0, 10)}`;
  return { ...kept, status: "active", consent, addedAt: now, changedAt: now, movedTo: null, movedAt: null };
}

/** Undoes unsubscribing. Undefined: the reader didn't just unsubscribe. */
export function undoLeaving(before: Subscriber, leftAt: Instant, at: Instant): Subscriber | undefined {
  // The link contains its time in whole seconds; a later unsubscription has its own link.
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

/** How long an unconfirmed address is kept, in milliseconds: a day longer than its last link is valid. */
export const PENDING_KEPT_MS = 8 * DAY;
