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
  const tokensOf = (client: string, nowMs: number): number => {
    const before = buckets.get(client) ?? { tokens: burst, at: nowMs };
    return Math.min(burst, before.tokens + (Math.max(0, nowMs - before.at) / 1000) * rate);
  };
  const waitFor = (tokens: number): number => (tokens < 1 ? (1 - tokens) / rate : 0);
  return {
    /** The seconds until there is a token, without taking it; 0: now. */
    wait: (client: string, nowMs: number): number => waitFor(tokensOf(client, nowMs)),
    /** Takes a token. @returns 0, or the seconds until the next one */
    take(client: string, nowMs: number): number {
      const tokens = tokensOf(client, nowMs);
      buckets.delete(client);
      buckets.set(client, { tokens: tokens < 1 ? tokens : tokens - 1, at: nowMs });
      const [oldest] = buckets.keys();
      if (buckets.size > KEPT && oldest !== undefined) buckets.delete(oldest);
      return waitFor(tokens);
    },
  };
}
