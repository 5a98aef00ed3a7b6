import type { Config } from "../config.ts";
import { domainOf } from "./domain-of.ts";

/** A DNS record that Broadsheet needs, with its purpose. */
export type DnsRecord = {
  /** Absolute, without a dot at its end. */
  readonly name: string;
  /** `ALIAS`: an A and an AAAA record that follow another name, where a CNAME isn't allowed. */
  readonly type: "CNAME" | "MX" | "TXT" | "ALIAS";
  /** A TXT's text without quotation marks; an MX's preference and host. */
  readonly value: string;
  readonly purpose: "dkim" | "mail-from" | "spf" | "dmarc" | "site" | "inbound";
};

/** Seconds for which resolvers keep a record. */
export const TTL = 1_800;

/** The senders' domains, each once. */
export const senderDomains = ({ newsletters }: Pick<Config, "newsletters">): string[] => [
  ...new Set(Object.values(newsletters).map(({ from }) => domainOf(from.address))),
];

/**
 * The subdomain for bounces of a sender's domain, which aligns SPF; undefined: SES's domain.
 * https://docs.aws.amazon.com/ses/latest/dg/mail-from.html
 */
export const mailFromDomain = ({ dns }: Pick<Config, "dns">, domain: string): string | undefined =>
  dns.mailFrom === false ? undefined : `${dns.mailFrom}.${domain}`;

/** @param dkim names and values of the three records, as SES gives them */
export function senderRecords(
  config: Pick<Config, "dns" | "operator">,
  domain: string,
  { region, dkim }: { region: string; dkim: readonly { readonly name: string; readonly value: string }[] },
): DnsRecord[] {
  const mailFrom = mailFromDomain(config, domain);
  const dmarc = dmarcValue(config);
  return [
    ...dkim.map(({ name, value }) => ({ name, value, type: "CNAME" as const, purpose: "dkim" as const })),
    ...(mailFrom === undefined
      ? []
      : [
          {
            name: mailFrom,
            type: "MX",
            value: `10 feedback-smtp.${region}.amazonses.com`,
            purpose: "mail-from",
          } as const,
          { name: mailFrom, type: "TXT", value: "v=spf1 include:amazonses.com ~all", purpose: "spf" } as const,
        ]),
    ...(dmarc === undefined
      ? []
      : [{ name: `_dmarc.${domain}`, type: "TXT", value: dmarc, purpose: "dmarc" } as const]),
  ];
}

/** Relaxed alignment, which is the default: DKIM's and SPF's domains may be below the sender's (RFC 7489, 3.1). */
function dmarcValue({ dns, operator }: Pick<Config, "dns" | "operator">): string | undefined {
  if (dns.dmarc === "off") return undefined;
  const reports = dns.dmarcReports ?? operator;
  return `v=DMARC1; p=${dns.dmarc}${reports === undefined ? "" : `; rua=mailto:${reports}`}`;
}

/**
 * Mail to the inbound address's domain goes to SES.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-mx-record.html
 */
export const inboundRecord = ({ inbound }: Pick<Config, "inbound">, region: string): DnsRecord[] =>
  inbound === undefined
    ? []
    : [
        {
          name: domainOf(inbound.address),
          type: "MX",
          value: `10 inbound-smtp.${region}.amazonaws.com`,
          purpose: "inbound",
        },
      ];

/** @param target the name of the distribution or API that serves the website */
export function siteRecord({ site, dns }: Pick<Config, "site" | "dns">, target: string): DnsRecord[] {
  const { domain } = site;
  if (domain === undefined) return [];
  const isAlias = dns.hostedZone !== undefined && isInZone(domain, dns.hostedZone.name);
  return [{ name: domain, type: isAlias ? "ALIAS" : "CNAME", value: target, purpose: "site" }];
}

/** Whether a name is a zone's own or below it. */
export const isInZone = (name: string, zone: string): boolean =>
  name.toLowerCase() === zone.toLowerCase() || name.toLowerCase().endsWith(`.${zone.toLowerCase()}`);

/** Records in zone file format (RFC 1035, 5). ALIAS isn't a DNS record, so it is a comment. */
export function zoneFile(records: readonly DnsRecord[]): string {
  const lines = records.map(({ name, type, value }) => {
    if (type === "ALIAS") return `; ${name}. is an ALIAS of ${value}. (A and AAAA)`;
    const data = type === "TXT" ? quotedTxt(value) : `${value}.`;
    return `${name}. ${TTL} IN ${type} ${data}`;
  });
  return `${lines.join("\n")}\n`;
}

/** Strings of at most 255 bytes each, in quotation marks. */
export const quotedTxt = (value: string): string =>
  (value.match(/.{1,255}/gs) ?? [""]).map((part) => `"${part.replace(/[\\"]/g, "\\$&")}"`).join(" ");

/**
 * What to change to reject forgeries, one step at a time: reports first, then a part, then all.
 * https://www.rfc-editor.org/rfc/rfc7489#section-6.3
 */
export function nextDmarcStep({ dns }: Pick<Config, "dns">): string | undefined {
  if (dns.dmarc === "none")
    return 'Read the DMARC reports for two weeks. When all your own senders pass, set dns.dmarc: "quarantine".';
  if (dns.dmarc === "quarantine")
    return 'After two more weeks without any of your own mail in spam, set dns.dmarc: "reject".';
  return undefined;
}
