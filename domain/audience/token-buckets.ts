/** Requests a second in the long run, and at once after a pause. */
export type BucketLimit = { readonly rate: number; readonly burst: number };

/** Buckets kept at most. An attacker with more addresses than these only empties those of other attackers sooner. */
const KEPT = 10_000;

/**
 * A token bucket for each client, in memory: one function instance's own, so a limit holds for each instance. The bucket
 * that was used longest ago is forgotten first; a forgotten bucket is a full one.
 */
export function tokenBuckets({ rate, burst }: BucketLimit) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    /** Takes a token. @returns 0, or the seconds after which there is one again */
    take(client: string, nowMs: number): number {
      const before = buckets.get(client) ?? { tokens: burst, at: nowMs };
      const tokens = Math.min(burst, before.tokens + (Math.max(0, nowMs - before.at) / 1000) * rate);
      buckets.delete(client);
      buckets.set(client, { tokens: tokens < 1 ? tokens : tokens - 1, at: nowMs });
      const [oldest] = buckets.keys();
      if (buckets.size > KEPT && oldest !== undefined) buckets.delete(oldest);
      return tokens < 1 ? (1 - tokens) / rate : 0;
    },
  };
}
export type TokenBuckets = ReturnType<typeof tokenBuckets>;
