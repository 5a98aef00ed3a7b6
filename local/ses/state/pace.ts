/** An account's limits: recipients a second, and in any 24 hours. */
type Limits = { rate: number; quota: number; burstSeconds: number };

const day = 24 * 60 * 60 * 1000;
/** The quota's window moves in steps of this many milliseconds, so a million sends are a few thousand numbers. */
const step = 10_000;

/**
 * Counts recipients as SES does. The rate is a bucket that holds `burstSeconds` of it (SES lets short bursts pass,
 * and one call of 50 counts 50); the quota is a rolling 24 hours, not a calendar day.
 * Times are epoch milliseconds.
 */
export function createPace() {
  let tokens = Number.POSITIVE_INFINITY;
  let filledAt = 0;
  const sent = new Map<number, number>();

  const refill = (limits: Limits, now: number) => {
    const capacity = Math.max(1, limits.rate * limits.burstSeconds);
    tokens = Math.min(capacity, tokens + (Math.max(0, now - filledAt) / 1000) * limits.rate);
    filledAt = Math.max(filledAt, now);
  };

  const last24Hours = (now: number) => {
    let total = 0;
    for (const [bucket, recipients] of sent) {
      if (bucket + step <= now - day) sent.delete(bucket);
      else total += recipients;
    }
    return total;
  };

  return {
    last24Hours,
    /** Why `recipients` can't be sent now, or null; nothing is counted yet. A quota below 0 is unlimited, as in SES. */
    refusal(limits: Limits, recipients: number, now: number): "rate" | "quota" | null {
      refill(limits, now);
      if (limits.quota >= 0 && last24Hours(now) + recipients > limits.quota) return "quota";
      return tokens < recipients ? "rate" : null;
    },
    /** Counts recipients that were accepted, now or, when a log is read again, in the past. */
    count(recipients: number, at: number) {
      if (at >= filledAt) tokens -= recipients;
      const bucket = Math.floor(at / step) * step;
      sent.set(bucket, (sent.get(bucket) ?? 0) + recipients);
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
