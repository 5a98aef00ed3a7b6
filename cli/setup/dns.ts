import type { Command } from "commander";
import type { DnsRecord } from "#domain/dns/records.ts";
import { addExamples, type Context, runLocally } from "../command.ts";
import { columns, type Output } from "../terminal/output.ts";
import { Problem } from "../terminal/problem.ts";

type Flags = { zoneFile?: true; check?: true; region?: string; stack?: string };

/** Registers `dns`. */
export function registerDns(program: Command): void {
  const dns = program
    .command("dns")
    .description("Show the DNS records for senders and website: DKIM, bounces (SPF), DMARC, site")
    .option("--zone-file", "Print them as a zone file, to import at your DNS provider")
    .option("--check", "Look each record up; exit code 1 if one is missing or wrong");
  addExamples(runLocally(dns, showRecords), "dns", "dns --zone-file", "dns --check");
}

/** All records required by the config and SES, and, as sentences, what isn't known yet. */
async function recordsOf(options: Flags): Promise<{ records: DnsRecord[]; unknown: string[] }> {
  const [{ config }, { regionOf }, rules, { readAccount }, { readOutputs }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("../region.ts"),
    import("#domain/dns/records.ts"),
    import("#adapters/aws-account/account.ts"),
    import("#adapters/aws-account/stack.ts"),
  ]);
  const where = { region: regionOf(options.region) };
  const domains = rules.senderDomains(config);
  const [account, outputs] = await Promise.all([
    readAccount(domains, where),
    readOutputs(options.stack ?? config.name, where),
  ]);
  const unknown: string[] = [];
  const senders = domains.flatMap((domain) => {
    const dkim = account.identities.get(domain)?.dkimRecords ?? [];
    if (dkim.length === 0) unknown.push(`SES has no DKIM keys for ${domain} yet: deploy first.`);
    return rules.senderRecords(config, domain, { region: account.region, dkim });
  });
  const target = outputs?.get("DnsSite")?.split(" ").at(-1);
  if (config.site.domain !== undefined && target === undefined && config.dns.hostedZone === undefined)
    unknown.push(`Where ${config.site.domain} points to is known after the deployment.`);
  const inbound = rules.inboundRecord(config, account.region);
  const site = target === undefined ? [] : rules.siteRecord(config, target);
  return { records: [...senders, ...inbound, ...site], unknown };
}

async function showRecords({ options }: Pick<Context<Flags>, "options">): Promise<Output> {
  const [{ config }, { nextDmarcStep, zoneFile }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/dns/records.ts"),
  ]);
  const { records, unknown } = await recordsOf(options).catch((error: Error) => {
    throw new Problem("account-unreadable", `Can't ask AWS for the records: ${error.message.replace(/\.?$/, ".")}`);
  });
  if (options.check) return check(records);
  const next = nextDmarcStep(config);
  if (options.zoneFile)
    return { json: { records, unknown }, text: [...unknown.map((one) => `; ${one}`), zoneFile(records)].join("\n") };
  const rows = records.map(({ name, type, value }) => [name, type, value]);
  const notes = [...unknown, ...(next === undefined ? [] : [next])];
  return {
    json: { records, unknown, nextDmarcStep: next ?? null },
    text: [columns(["NAME", "TYPE", "VALUE"], rows), ...notes].join("\n\n"),
  };
}

async function check(records: readonly DnsRecord[]): Promise<Output> {
  const { lookUp } = await import("#adapters/dns/lookup.ts");
  const answers = await Promise.all(records.map(async (record) => ({ ...record, ...(await lookUp(record)) })));
  const isFaulty = answers.some(({ state }) => state === "missing" || state === "wrong");
  const rows = answers.map(({ name, type, state, found }) => [name, type, state, found ?? ""]);
  return {
    json: { ok: !isFaulty, records: answers },
    text: columns(["NAME", "TYPE", "STATE", "FOUND"], rows),
    exitCode: isFaulty ? 1 : 0,
  };
}
