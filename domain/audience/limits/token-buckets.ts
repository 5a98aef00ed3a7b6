/** Requests a second on average, and the burst after a pause. */
export type BucketLimit = { readonly rate: number; readonly burst: number };

/** Most buckets that are kept. An attacker with more addresses only replaces their own buckets. */
const KEPT = 10_000;

/**
 * A token bucket for each client, in the memory of one function instance, so limits apply to each instance. The least
 * recently used bucket is dropped first; a dropped bucket is full again.
 */
export function tokenBuckets({ rate, burst }: BucketLimit) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    /** Takes a token. @returns 0, or the seconds until the next one */
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
