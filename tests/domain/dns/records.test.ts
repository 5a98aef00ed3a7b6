import { describe, expect, test } from "vitest";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import {
  type DnsRecord,
  nextDmarcStep,
  quotedTxt,
  senderDomains,
  senderRecords,
  siteRecord,
  zoneFile,
} from "#domain/dns/records.ts";

const newsletter = { title: "A", from: { name: "A", address: "a@news.harbour.org" }, postalAddress: "2 Quay" };
const configOf = (changes: Partial<ConfigInput> = {}) =>
  defineConfig({ newsletters: { daily: newsletter }, operator: "olga@harbour.org", ...changes });
const dkim = [1, 2, 3].map((n) => ({
  name: `k${n}._domainkey.news.harbour.org`,
  value: `k${n}.dkim.amazonses.com`,
}));
const facts = { region: "eu-west-1", dkim };

describe("a sender's records", () => {
  test("sign its mail, take in bounces, and ask for reports before anything is refused", () => {
    const records = senderRecords(configOf(), "news.harbour.org", facts);
    expect(records.map(({ name, type, value }) => `${name} ${type} ${value}`)).toEqual([
      ...dkim.map(({ name, value }) => `${name} CNAME ${value}`),
      "bounces.news.harbour.org MX 10 feedback-smtp.eu-west-1.amazonses.com",
      "bounces.news.harbour.org TXT v=spf1 include:amazonses.com ~all",
      "_dmarc.news.harbour.org TXT v=DMARC1; p=none; rua=mailto:olga@harbour.org",
    ]);
  });

  test("a label, a policy and an address for reports of one's own; none of it where it isn't ours", () => {
    const own = configOf({ dns: { mailFrom: "mail", dmarc: "reject", dmarcReports: "d@harbour.org" } });
    const values = senderRecords(own, "news.harbour.org", { ...facts, dkim: [] });
    expect(values.map(({ name }) => name)).toEqual([
      ...["mail.news.harbour.org", "mail.news.harbour.org", "_dmarc.news.harbour.org"],
    ]);
    expect(values.at(-1)?.value).toBe("v=DMARC1; p=reject; rua=mailto:d@harbour.org");
    const none = configOf({ dns: { mailFrom: false, dmarc: "off" } });
    expect(senderRecords(none, "news.harbour.org", { ...facts, dkim: [] })).toEqual([]);
  });

  test("the steps to p=reject are described one by one", () => {
    expect(nextDmarcStep(configOf())).toContain('"quarantine"');
    expect(nextDmarcStep(configOf({ dns: { dmarc: "quarantine" } }))).toContain('"reject"');
    expect(nextDmarcStep(configOf({ dns: { dmarc: "reject" } }))).toBeUndefined();
  });
});

test("two newsletters of one domain need its records once", () => {
  const weekly = { ...newsletter, from: { name: "B", address: "b@NEWS.harbour.org" } };
  expect(senderDomains(configOf({ newsletters: { daily: newsletter, weekly } }))).toEqual(["news.harbour.org"]);
});

test("the website's is a CNAME, an ALIAS in a hosted zone, and nothing without a domain", () => {
  const site = { domain: "harbour.org", certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" };
  const target = "d1.cloudfront.net";
  expect(siteRecord(configOf({ site }), target)).toMatchObject([{ type: "CNAME", value: target }]);
  const hostedZone = { id: "Z0123456789ABC", name: "harbour.org" };
  expect(siteRecord(configOf({ site, dns: { hostedZone } }), target)).toMatchObject([{ type: "ALIAS" }]);
  const other = { id: "Z0123456789ABC", name: "arbour.org" };
  expect(siteRecord(configOf({ site, dns: { hostedZone: other } }), target)).toMatchObject([{ type: "CNAME" }]);
  expect(siteRecord(configOf(), target)).toEqual([]);
});

test("a zone file has absolute names, quoted texts in parts of 255 bytes, and an ALIAS as a comment", () => {
  const records: DnsRecord[] = [
    { name: "a.org", type: "MX", value: "10 mx.b.org", purpose: "mail-from" },
    { name: "a.org", type: "TXT", value: 'say "hi" \\ bye', purpose: "spf" },
    { name: "a.org", type: "ALIAS", value: "d.cloudfront.net", purpose: "site" },
  ];
  expect(zoneFile(records)).toBe(
    'a.org. 1800 IN MX 10 mx.b.org.\na.org. 1800 IN TXT "say \\"hi\\" \\\\ bye"\n; a.org. is an ALIAS of d.cloudfront.net. (A and AAAA)\n',
  );
  expect(quotedTxt("x".repeat(300))).toBe(`"${"x".repeat(255)}" "${"x".repeat(45)}"`);
});
