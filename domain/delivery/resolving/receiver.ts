import { domainOf } from "../../dns/domain-of.ts";

/** The large receivers by their mailbox domains; Microsoft and Yahoo have them in many countries. */
const receivers: readonly (readonly [name: string, domains: RegExp])[] = [
  ["Gmail", /^(gmail|googlemail)\.com$/],
  ["Microsoft", /^(outlook|hotmail|live|msn)(\.[a-z]{2,3}){1,2}$/],
  ["Yahoo", /^(yahoo|ymail|rocketmail|aol)(\.[a-z]{2,3}){1,2}$/],
  ["Apple", /^(icloud|me|mac)\.com$/],
  ["GMX and WEB.DE", /^(gmx\.(net|de|at|ch|com)|web\.de)$/],
  ["Orange", /^(orange|wanadoo)\.fr$/],
  ["Proton", /^(proton|protonmail)\.(me|com|ch)$/],
];

/**
 * The name of an address's receiver. Other domains are "others", because a domain can belong to one person and logs
 * must not identify readers.
 */
export function receiverOf(address: string): string {
  const domain = domainOf(address);
  return receivers.find(([, domains]) => domains.test(domain))?.[0] ?? "others";
}
