/** The large receivers by the domains of their mailboxes; Microsoft's and Yahoo's have many countries. */
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
 * Who receives mail for an address, by name. A domain that isn't one of theirs is "others": it may be a person's own,
 * and a log holds nothing that leads to a reader.
 */
export function receiverOf(address: string): string {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  return receivers.find(([, domains]) => domains.test(domain))?.[0] ?? "others";
}
