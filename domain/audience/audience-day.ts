import * as z from "zod";
import { LocalDate } from "../time/instant.ts";
import type { Subscriber, SubscriberStatus } from "./subscriber.ts";

const count = z.number().int().min(0);

/** Changes of a newsletter's audience on one UTC day: numbers of readers by kind of change. */
export const AudienceDay = z.strictObject({
  /** Confirmed, came back, or were added by an operator. */
  joined: count,
  /** Unsubscribed, or erased themselves. */
  left: count,
  /** Removed by an operator. */
  removed: count,
  /** Stopped after a bounce or a complaint. */
  bounced: count,
  complained: count,
});
export type AudienceDay = z.infer<typeof AudienceDay>;
export type AudienceMove = keyof AudienceDay;

/** Days with changes, oldest first. */
export const AudienceDays = z.object({
  /** The first counted day; null: none. Earlier days aren't known. */
  since: LocalDate.nullable(),
  days: z.array(z.object({ date: LocalDate, ...AudienceDay.shape })),
});
export type AudienceDays = z.infer<typeof AudienceDays>;

export const noMoves: AudienceDay = { joined: 0, left: 0, removed: 0, bounced: 0, complained: 0 };

const endings: Readonly<Record<SubscriberStatus, AudienceMove | undefined>> = {
  active: undefined,
  pending: undefined,
  left: "left",
  removed: "removed",
  // The reader is counted under the new address.
  moved: undefined,
  bounced: "bounced",
  complained: "complained",
};

/** The effect of a subscriber's change on the audience. Undefined: none. */
export function audienceMoveOf(before: Subscriber | undefined, after: Subscriber): AudienceMove | undefined {
  const was = before?.status === "active";
  if (was === (after.status === "active")) return undefined;
  if (was) return endings[after.status];
  const hasMovedHere = after.origin !== null && after.origin !== before?.origin;
  return hasMovedHere ? undefined : "joined";
}

/** Sums of the changes from one date until before another; null: not all of these days were counted. */
export function movesBetween(
  { since, days }: AudienceDays,
  from: LocalDate,
  before: LocalDate | null,
): AudienceDay | null {
  if (since === null || from < since) return null;
  return days
    .filter(({ date }) => date >= from && (before === null || date < before))
    .reduce((sum, day) => addMoves(sum, day), noMoves);
}

const addMoves = (one: AudienceDay, other: AudienceDay): AudienceDay => ({
  joined: one.joined + other.joined,
  left: one.left + other.left,
  removed: one.removed + other.removed,
  bounced: one.bounced + other.bounced,
  complained: one.complained + other.complained,
});
