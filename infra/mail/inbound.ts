import { Aws, CfnOutput } from "aws-cdk-lib";
import { type IReceiptRuleSet, ReceiptRule, ReceiptRuleSet, TlsPolicy } from "aws-cdk-lib/aws-ses";
import { EmailEncoding, Sns } from "aws-cdk-lib/aws-ses-actions";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { inboundRecord } from "#domain/dns/records.ts";
import type { Deployment } from "../deployment.ts";
import { makeTopic } from "../topic.ts";
import { setRecords } from "./dns.ts";

/**
 * Sends mail to the config's inbound address through a topic into the queue of readers' requests, without storing it. A
 * receipt rule can use a topic, but not a queue.
 */
export function makeInbound(scope: Construct, deployment: Deployment, requests: Queue): void {
  const { config } = deployment;
  if (config.inbound === undefined) return;
  const { address } = config.inbound;
  const construct = new Construct(scope, "inbound");
  const topic = makeTopic(construct, "Topic", {
    displayName: `Mail to ${config.name}`,
    publisher: "ses.amazonaws.com",
    unencryptedBecause:
      "It keeps nothing: mail goes on to an encrypted queue. SES can't publish with the key SNS manages itself.",
  });
  topic.addSubscription(new SqsSubscription(requests, { rawMessageDelivery: true }));
  new ReceiptRule(construct, "Unsubscribe", {
    ruleSet: ruleSetOf(construct, deployment),
    recipients: [address],
    receiptRuleName: `${config.name}-unsubscribe`,
    scanEnabled: true,
    // Servers without TLS are accepted too, so no reader is refused.
    tlsPolicy: TlsPolicy.OPTIONAL,
    actions: [new Sns({ topic, encoding: EmailEncoding.UTF8 })],
  });
  const [domain = ""] = address.split("@").slice(-1);
  setRecords(construct, deployment, { id: "Dns-inbound", domain, records: inboundRecord(config, Aws.REGION) });
}

/** An account has one active rule set, and CloudFormation can't activate it. */
function ruleSetOf(scope: Construct, { config }: Deployment): IReceiptRuleSet {
  const own = config.inbound?.ruleSet;
  if (own !== undefined) return ReceiptRuleSet.fromReceiptRuleSetName(scope, "RuleSet", own);
  const ruleSet = new ReceiptRuleSet(scope, "RuleSet", { receiptRuleSetName: config.name });
  new CfnOutput(scope, "NextInbound", {
    description: "Then: receive mail that unsubscribes. It replaces the rule set that is active in the account",
    value: `aws ses set-active-receipt-rule-set --rule-set-name ${config.name} --region ${Aws.REGION}`,
  });
  return ruleSet;
}
