import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { makeStack, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

const address = "leave@in.broadsheet.example";

describe("without an inbound address", () => {
  test("nothing receives mail", () => {
    const template = templateOf(makeStack());
    template.resourceCountIs("AWS::SES::ReceiptRule", 0);
    template.resourceCountIs("AWS::SES::ReceiptRuleSet", 0);
    expect(JSON.stringify(template.toJSON())).not.toContain("inbound-smtp");
  });
});

describe("with one", () => {
  const template = templateOf(makeStack({ inbound: { address } }));

  test("its mail goes by a topic to the queue of readers' requests, as SES writes it", () => {
    template.hasResourceProperties("AWS::SES::ReceiptRule", {
      Rule: {
        Enabled: true,
        Recipients: [address],
        ScanEnabled: true,
        Actions: [{ SNSAction: { Encoding: "UTF-8", TopicArn: Match.anyValue() } }],
      },
    });
    template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "sqs", RawMessageDelivery: true });
  });

  test("only SES of this account may publish, and only the topic may send to the queue", () => {
    const policies = Object.values(resourcesOf(template, "AWS::SNS::TopicPolicy")).map(({ Properties }) => Properties);
    expect(JSON.stringify(policies)).toMatch(/"aws:SourceAccount".*"ses\.amazonaws\.com"/s);
    const queues = JSON.stringify(resourcesOf(template, "AWS::SQS::QueuePolicy"));
    expect(queues).toMatch(/"aws:SourceArn":\{"Ref":"inbound.*"sns\.amazonaws\.com"/s);
  });

  test("the outputs say which record and which rule set to set", () => {
    const outputs = Object.values(template.findOutputs("*")).map(({ Value }) => JSON.stringify(Value));
    expect(outputs.some((value) => /in\.broadsheet\.example MX 10 inbound-smtp\./.test(value))).toBe(true);
    expect(outputs.some((value) => value.includes("set-active-receipt-rule-set"))).toBe(true);
  });

  test("in the account's own rule set it is one rule more", () => {
    const own = templateOf(makeStack({ inbound: { address, ruleSet: "mail" } }));
    own.resourceCountIs("AWS::SES::ReceiptRuleSet", 0);
    own.hasResourceProperties("AWS::SES::ReceiptRule", { RuleSetName: "mail" });
    expect(JSON.stringify(own.findOutputs("*"))).not.toContain("set-active-receipt-rule-set");
  });
});
