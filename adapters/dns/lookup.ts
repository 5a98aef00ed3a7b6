import { Resolver } from "node:dns/promises";
import type { DnsRecord } from "#domain/dns/records.ts";

/** The state of a record in DNS: as expected, missing, or another value; unknown: no resolver answered. */
export type DnsAnswer = { readonly state: "right" | "missing" | "wrong" | "unknown"; readonly found: string | null };

/** Error codes that mean there is no such record; other errors don't concern the record. */
const NONE = ["ENOTFOUND", "ENODATA", "NXDOMAIN"];

/**
 * Looks up a record, as receiving mail servers would. @param servers for tests; default: the machine's own resolvers
 */
export async function lookUp(record: DnsRecord, servers?: readonly string[]): Promise<DnsAnswer> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  try {
    const found = await valuesOf(resolver, record);
    if (found.length === 0) return { state: "missing", found: null };
    return { state: found.some((value) => isSame(record, value)) ? "right" : "wrong", found: found.join(", ") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { state: NONE.includes(code) ? "missing" : "unknown", found: null };
  }
}

async function valuesOf(resolver: Resolver, { name, type }: DnsRecord): Promise<string[]> {
  switch (type) {
    case "CNAME":
      return resolver.resolveCname(name);
    case "MX":
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case "TXT":
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
    case "ALIAS":
      return resolver.resolve4(name);
  }
}

/**
 * An ALIAS resolves only to addresses, so any is accepted. The operator may have a stricter DMARC or a longer SPF
 * record; it only has to include ours.
 */
function isSame({ type, value, purpose }: DnsRecord, found: string): boolean {
  if (type === "ALIAS") return true;
  if (purpose === "dmarc") return /^v=DMARC1\s*;/i.test(found);
  if (purpose === "spf") return /^v=spf1\s/i.test(found) && /\binclude:amazonses\.com\b/i.test(found);
  return found.replace(/\.$/, "").toLowerCase() === value.toLowerCase();
}
