import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { makeStack, newsletter, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

let template: Template;
beforeAll(() => {
  template = templateOf(makeStack());
});

describe("SES identities", () => {
  test("each sender's domain is one, once", () => {
    const stack = makeStack({
      newsletters: {
        daily: newsletter({ from: { name: "A", address: "a@one.example" } }),
        weekly: newsletter({ from: { name: "B", address: "b@ONE.example" } }),
        other: newsletter({ from: { name: "C", address: "c@two.example" } }),
      },
    });
    const identities = Object.values(resourcesOf(templateOf(stack), "AWS::SES::EmailIdentity"));
    expect(identities.map(({ Properties }) => Properties.EmailIdentity).sort()).toEqual(["one.example", "two.example"]);
  });

  test("the outputs give its DNS records: DKIM, bounces, SPF and DMARC", () => {
    const records = Object.entries(template.findOutputs("*")).filter(([name]) => name.includes("Dns"));
    expect(records.map(([, { Description }]) => String(Description).match(/\((\w+)\)/)?.[1])).toEqual([
      ...["DKIM", "DKIM", "DKIM", undefined, "SPF", "DMARC"],
    ]);
    template.hasResourceProperties("AWS::SES::EmailIdentity", {
      MailFromAttributes: { MailFromDomain: "bounces.broadsheet.example", BehaviorOnMxFailure: "USE_DEFAULT_VALUE" },
    });
  });

  test("with a hosted zone they are set there, and those of other domains are outputs", () => {
    const made = templateOf(
      makeStack({
        dns: { hostedZone: { id: "Z0123456789ABC", name: "one.example" } },
        site: { domain: "news.one.example", certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" },
        newsletters: {
          daily: newsletter({ from: { name: "A", address: "a@one.example" } }),
          weekly: newsletter({ from: { name: "B", address: "b@two.example" } }),
        },
      }),
    );
    const sets = Object.values(resourcesOf(made, "AWS::Route53::RecordSet")).map(({ Properties }) => Properties);
    expect(sets.map(({ Type }) => Type).sort()).toEqual(["A", "AAAA", "CNAME", "CNAME", "CNAME", "MX", "TXT", "TXT"]);
    expect(sets).toContainEqual(
      expect.objectContaining({ Name: "_dmarc.one.example", ResourceRecords: ['"v=DMARC1; p=none"'] }),
    );
    expect(Object.keys(made.findOutputs("*")).filter((name) => name.includes("Dns"))).toHaveLength(6);
  });

  test("those that exist are left alone", () => {
    templateOf(makeStack({ identities: "existing" })).resourceCountIs("AWS::SES::EmailIdentity", 0);
  });
});

test("no reader is tracked: no engagement metrics, and no event of opens or clicks", () => {
  template.hasResourceProperties("AWS::SES::ConfigurationSet", {
    VdmOptions: { DashboardOptions: { EngagementMetrics: "DISABLED" } },
    TrackingOptions: Match.absent(),
  });
  const destinations = Object.values(resourcesOf(template, "AWS::SES::ConfigurationSetEventDestination"));
  expect(destinations.length).toBeGreaterThan(0);
  expect(JSON.stringify(destinations)).not.toMatch(/"(open|click)"/i);
});

test("without confirmations only what went wrong is asked for", () => {
  templateOf(makeStack({ delivery: { confirmations: false } })).hasResourceProperties(
    "AWS::SES::ConfigurationSetEventDestination",
    {
      EventDestination: {
        MatchingEventTypes: ["bounce", "complaint", "reject", "renderingFailure", "deliveryDelay"],
      },
    },
  );
});

test("the events of our configuration set, and no other's, land in feedback", () => {
  template.hasResourceProperties("AWS::Events::Rule", {
    EventPattern: {
      source: ["aws.ses"],
      detail: { mail: { tags: { "ses:configuration-set": [Match.anyValue()] } } },
    },
    Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
  });
  template.hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
    EventDestination: {
      Enabled: true,
      MatchingEventTypes: ["send", "delivery", "bounce", "complaint", "reject", "renderingFailure", "deliveryDelay"],
    },
  });
});

describe("sending is allowed", () => {
  const resourcesOfSending = (changes: object) =>
    JSON.stringify(
      Object.values(templateOf(makeStack(changes)).findResources("AWS::IAM::Policy"))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Action }: { Action: string[] }) => Action.includes("ses:SendBulkEmail")),
    );

  test("from the sender's address, its domain and its parents, whichever SES knows", () => {
    const from = { name: "A", address: "desk@mail.news.example.org" };
    const allowed = resourcesOfSending({ newsletters: { daily: newsletter({ from }) } });
    for (const identity of [from.address, "mail.news.example.org", "news.example.org", "example.org"])
      expect(allowed).toContain(`:identity/${identity}"`);
    expect(allowed).not.toContain(":identity/org");
  });

  test("with a template that is part of the call", () => {
    expect(resourcesOfSending({})).toContain(":template/*");
  });
});
