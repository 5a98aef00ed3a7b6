import { BlockList, isIP, isIPv4 } from "node:net";

/** IPv4 ranges outside the public internet (IANA's special-purpose registry), and Azure's metadata host. */
const CLOSED_V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["168.63.129.16", 32],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/**
 * In IPv6, only global unicast is public, except for its ranges for Teredo and other protocols, documentation, and
 * 6to4, which embeds IPv4 addresses. NAT64's prefix, loopback, unique local (also AWS's fd00:ec2::254), link-local and
 * multicast aren't public.
 */
const OPEN_V6: readonly [string, number] = ["2000::", 3];
const CLOSED_V6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const closed = new BlockList();
for (const [net, prefix] of CLOSED_V4) closed.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of CLOSED_V6) closed.addSubnet(net, prefix, "ipv6");
const open = new BlockList();
open.addSubnet(OPEN_V6[0], OPEN_V6[1], "ipv6");

/** True if an address belongs to the public internet. IPv4 mapped into IPv6 counts as IPv4. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, "ipv4");
  if (isIP(address) !== 6 || address.includes("%")) return false;
  const mapped = mappedV4(address);
  if (mapped !== undefined) return !closed.check(mapped, "ipv4");
  return open.check(address, "ipv6") && !closed.check(address, "ipv6");
}

/** The IPv4 address inside `::ffff:a.b.c.d` in any spelling. */
function mappedV4(address: string): string | undefined {
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? "";
  const halves = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (halves === null) return undefined;
  const [high, low] = [Number.parseInt(halves[1] ?? "", 16), Number.parseInt(halves[2] ?? "", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
