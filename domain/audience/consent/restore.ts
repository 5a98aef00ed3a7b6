import type { DeliveryOutcome } from "../../delivery/ledger/delivery-outcome.ts";
import { fromInstant, type Instant } from "../../time/instant.ts";
import { laterThan, type Subscriber, type SubscriberStatus } from "../subscriber.ts";

/**
 * The action for a reader of an edition that receivers refused because of a fault of ours. restore: resume mail that
 * was stopped. clear: still mailed, but remove the address from SES's suppression list. leave: no action.
 */
type RestoreDecision = { readonly do: "restore" | "clear" } | { readonly do: "leave"; readonly why: string };

/** A bounce from SES itself, because an earlier bounce of any cause had put the address on its list. */
const fromSuppressionList = /\b(?:OnAccountSuppressionList|Suppressed)\b/;

const isMissingMailbox = ({ kind, detail, noMailbox }: DeliveryOutcome): boolean =>
  noMailbox === true || (kind === "hard-bounce" && !fromSuppressionList.test(detail));

/** SES puts an address on its list when a receiver refuses it permanently, for any reason. */
const isOnList = ({ kind }: DeliveryOutcome): boolean => kind === "blocked" || kind === "hard-bounce";

/**
 * @param before the reader as stored; undefined: erased
 * @param outcomes this reader's outcomes in the given editions and all later ones
 */
export function decideRestore(before: Subscriber | undefined, outcomes: readonly DeliveryOutcome[]): RestoreDecision {
  if (before === undefined) return { do: "leave", why: "was erased" };
  if (outcomes.some(({ kind }) => kind === "complaint")) return { do: "leave", why: "called a mail spam" };
  const why = notOurFault[before.status];
  if (why !== undefined) return { do: "leave", why };
  if (outcomes.some(isMissingMailbox)) return { do: "leave", why: "the mailbox or its domain doesn't exist" };
  if (before.status === "bounced") return { do: "restore" };
  return outcomes.some(isOnList) ? { do: "clear" } : { do: "leave", why: "is mailed as before" };
}

/** Readers who left themselves, or who an operator removed, stay out. */
const notOurFault: Readonly<Partial<Record<SubscriberStatus, string>>> = {
  left: "unsubscribed",
  complained: "called a mail spam",
  removed: "was removed by an operator",
  moved: "moved to another address",
  pending: "has not confirmed",
};

/** The reader with mail resumed. Earlier events can't stop them again. */
export function restored(before: Subscriber, by: string, at: Instant): Subscriber {
  const { softBounces: _, ...kept } = before;
  const now = laterThan(before, at);
  const consent = `${before.consent}; mail began again by ${by}, ${at.slice(0, 10)}`;
  return { ...kept, status: "active", consent, addedAt: now, changedAt: now };
}

/** One event stops an address in all newsletters, one after the other. */
const ONE_EVENT_MS = 60_000;
export const isStoppedWith = (one: Subscriber, other: Subscriber): boolean =>
  other.status === "bounced" && Math.abs(fromInstant(other.changedAt) - fromInstant(one.changedAt)) < ONE_EVENT_MS;
