import type { Subscriber } from "#domain/audience/subscriber.ts";

export const added = "2026-11-20T07:00:00.000Z";

/** An active reader of the daily. */
export const reader = (over: Partial<Subscriber> = {}): Subscriber => ({
  id: "a".repeat(24),
  newsletter: "daily",
  address: "ann@example.com",
  status: "active",
  consent: "confirmed by link",
  addedAt: added,
  changedAt: added,
  origin: null,
  movedTo: null,
  movedAt: null,
  ...over,
});
