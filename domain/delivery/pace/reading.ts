/** Two readings of the time: a wall clock may be set, and a monotonic clock may stop while a process is paused. */
export type Reading = { readonly wall: number; readonly mono: number };

/** Milliseconds since a reading, by the clock that shows more. */
export const elapsedSince = (since: Reading, now: Reading): number =>
  Math.max(Math.abs(now.wall - since.wall), now.mono - since.mono);

/** No call leaves when the last good renewal of the lease began this part of the lease ago. */
export const LEASE_FRESH_PART = 8 / 15;
