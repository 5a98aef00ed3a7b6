/**
 * Identifies a client for limits: an IPv4 address, or the /64 of an IPv6 address, since one subscriber line has at
 * least a /64 (RFC 6177). Undefined: not an IP address.
 */
export function clientOf(address: string): string | undefined {
  const text = address.trim().split("%", 1)[0] ?? "";
  const four = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(text)?.[1];
  if (four !== undefined) return four.split(".").every((part) => Number(part) <= 255) ? four : undefined;
  const url = text.length <= 45 && text.includes(":") ? URL.parse(`http://[${text}]/`) : null;
  return url === null ? undefined : `${expanded(url.hostname.slice(1, -1)).slice(0, 4).join(":")}::/64`;
}

/** Addresses that can't be read share one limit. */
const UNKNOWN = "unknown";

/** The client whose limit a request counts against. */
export const limitKey = (address: string): string => clientOf(address) ?? UNKNOWN;

/** The eight groups of an IPv6 address in the short form of URLs. */
function expanded(short: string): string[] {
  const [head = "", tail] = short.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  if (tail === undefined) return left;
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right];
}

/** CloudFront-Viewer-Address is `address:port`, with IPv6 addresses written without brackets. */
export const viewerAddress = (header: string): string =>
  header.slice(0, header.lastIndexOf(":")).replace(/^\[|\]$/g, "");

/** The network of an address, which doesn't identify a person: IPv4 /24, IPv6 /48. */
export function networkOf(address: string): string | null {
  const client = clientOf(address);
  if (client === undefined) return null;
  if (client.endsWith("/64")) return `${client.split(":").slice(0, 3).join(":")}::/48`;
  return `${client.split(".").slice(0, 3).join(".")}.0/24`;
}
