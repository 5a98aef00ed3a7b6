import { isIPv6 } from "node:net";

/** Lets a client through while it has tokens left. `false`: too many requests; the client should wait. */
export type AllowClient = (address: string) => boolean;

/** Clients remembered at once. A flood from more addresses than this pushes out the least recently seen. */
const MOST_CLIENTS = 20_000;

/**
 * A token bucket for each client address, in this function instance's memory. A client that exceeds its own limit is
 * refused without affecting anyone else.
 * @param perSecond tokens that come back each second
 * @param burst tokens a client starts with, and the most it can save up
 * @param now milliseconds that never run backwards
 */
export function limitClients(
  { perSecond, burst }: { perSecond: number; burst: number },
  now: () => number = () => performance.now(),
): AllowClient {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (address) => {
    const client = clientOf(address);
    const at = now();
    const known = buckets.get(client) ?? { tokens: burst, at };
    const tokens = Math.min(burst, known.tokens + ((at - known.at) / 1000) * perSecond);
    const isAllowed = tokens >= 1;
    // Deleting first moves the client to the end of the map's order: the first key is the least recently seen.
    buckets.delete(client);
    buckets.set(client, { tokens: isAllowed ? tokens - 1 : tokens, at });
    if (buckets.size > MOST_CLIENTS) for (const oldest of buckets.keys()) return buckets.delete(oldest) && isAllowed;
    return isAllowed;
  };
}

/** One client: an IPv4 address, or an IPv6 /64, which is what a single household or server gets (RFC 6177). */
export function clientOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [plain = ""] = address.split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail = ""] = plain.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const missing = Math.max(0, 8 - groups(head).length - groups(tail).length);
  const all = [
    ...groups(head),
    ...Array.from({ length: plain.includes("::") ? missing : 0 }, () => "0"),
    ...groups(tail),
  ];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
