import { CfnOutput } from "aws-cdk-lib";
import { CfnRecordSet } from "aws-cdk-lib/aws-route53";
import type { Construct } from "constructs";
import { type DnsRecord, isInZone, quotedTxt, TTL } from "#domain/dns/records.ts";
import type { Deployment } from "../deployment.ts";

const purposes: Record<DnsRecord["purpose"], string> = {
  dkim: "proves to SES that the domain is yours, and signs its mail (DKIM)",
  "mail-from": "takes in bounces of the sender's domain",
  spf: "allows SES to send for the bounce domain (SPF)",
  dmarc: "tells receivers what to do with forged mail (DMARC)",
  site: "leads to the website",
  inbound: "brings mail that unsubscribes to SES",
};

type RecordsSpec = {
  id: string;
  /** The records' domain, because names from SES aren't known at synth. */
  domain: string;
  records: readonly DnsRecord[];
  /** The hosted zone of an ALIAS's target. */
  targetZone?: string;
};

/**
 * Sets records in the config's hosted zone. Records of other domains, and all without a zone, are outputs: `NAME TYPE
 * VALUE`.
 */
export function setRecords(scope: Construct, { config, emulator }: Deployment, spec: RecordsSpec): void {
  const { id, domain, records, targetZone } = spec;
  const zone = emulator ? undefined : config.dns.hostedZone;
  records.forEach((record, index) => {
    const own = records.length === 1 ? id : `${id}-${index + 1}`;
    if (zone !== undefined && isInZone(domain, zone.name)) setRecord(scope, own, zone.id, record, targetZone);
    else {
      const { name, type, value, purpose } = record;
      new CfnOutput(scope, own, {
        description: `DNS record that ${purposes[purpose]}`,
        value: `${name} ${type} ${value}`,
      });
    }
  });
}

function setRecord(
  scope: Construct,
  id: string,
  hostedZoneId: string,
  { name, type, value }: DnsRecord,
  targetZone: string | undefined,
): void {
  if (type !== "ALIAS") {
    const resourceRecords = [type === "TXT" ? quotedTxt(value) : value];
    new CfnRecordSet(scope, id, { hostedZoneId, name, type, ttl: String(TTL), resourceRecords });
    return;
  }
  if (targetZone === undefined) throw new Error(`${name}: an ALIAS needs the hosted zone of what it points to.`);
  for (const family of ["A", "AAAA"]) {
    new CfnRecordSet(scope, `${id}-${family}`, {
      ...{ hostedZoneId, name, type: family },
      aliasTarget: { dnsName: value, hostedZoneId: targetZone },
    });
  }
}
