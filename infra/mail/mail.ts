import { Aws, Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { mailFromDomain, senderDomains, senderRecords } from "#domain/dns/records.ts";
import { trigger } from "#functions/feedback/contract.ts";
import type { Config, Deployment } from "../deployment.ts";
import { allowOnAccount } from "../function.ts";
import { alarm } from "../monitoring/alarm.ts";
import { type QueuePair, queueWithDeadLetters } from "../queue.ts";
import { setRecords } from "./dns.ts";

export type Mail = {
  configurationSet: ConfigurationSet;
  /** Resources for permission to send: the senders' identities and the configuration set. */
  arns: string[];
  /** The further resource for bulk sending: SES checks it even for an inline template, which has no name. */
  templates: string;
  /** The queue of SES's events, and its dead-letter queue. */
  feedback: QueuePair;
};

/** SES: the senders' domains, the configuration set, and its events to the queue `feedback`. */
export function makeMail(scope: Construct, deployment: Deployment): Mail {
  const { config } = deployment;
  const construct = new Construct(scope, "mail");
  const configurationSet = new ConfigurationSet(construct, "ConfigurationSet", {
    configurationSetName: config.name,
    reputationMetrics: true,
    // No tracking pixels and no rewritten links, whatever the account's setting.
    vdmOptions: { engagementMetrics: false },
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
  if (config.identities === "create")
    for (const domain of senderDomains(config)) makeIdentity(construct, deployment, domain);
  const feedback = makeFeedback(construct, deployment, configurationSet);
  makeReputationAlarms(construct, deployment);
  return {
    configurationSet,
    feedback,
    arns: [...senderIdentities(config), configurationSetName(configurationSet)].map(arnOf),
    templates: arnOf("template/*"),
  };
}

const arnOf = (resource: string) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;

const configurationSetName = (set: ConfigurationSet) => `configuration-set/${set.configurationSetName}`;
const senders = (config: Config) => Object.values(config.newsletters).map((newsletter) => newsletter.from.address);

/**
 * SES checks permission on the identity that allows sending: the address, else its domain, else a verified parent
 * domain. https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html#verify-domain-procedure
 */
const senderIdentities = (config: Config) =>
  [...new Set([...senderDomains(config).flatMap(withParents), ...senders(config)])].map(
    (identity) => `identity/${identity}`,
  );

/** news.example.org and example.org. */
function withParents(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

/**
 * A sender's domain, with DKIM keys made by SES, and its own bounce domain. While that one's records are missing, SES
 * uses its own domain and still sends.
 */
function makeIdentity(scope: Construct, deployment: Deployment, domain: string): void {
  const mailFrom = mailFromDomain(deployment.config, domain);
  const identity = new EmailIdentity(scope, `Identity-${domain}`, {
    identity: Identity.domain(domain),
    ...(mailFrom === undefined
      ? {}
      : {
          mailFromDomain: mailFrom,
          mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
        }),
  });
  if (deployment.emulator) return; // which makes no DKIM keys
  const records = senderRecords(deployment.config, domain, { region: Aws.REGION, dkim: identity.dkimRecords });
  setRecords(scope, deployment, { id: `Dns-${domain}`, domain, records });
}

/** SES's events for each accepted and delivered mail, and for each failure. */
const confirmations = [EmailSendingEvent.SEND, EmailSendingEvent.DELIVERY];
const troubles = [
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
  EmailSendingEvent.DELIVERY_DELAY,
];

/** Only events of our configuration set go to `feedback`. */
function makeFeedback(scope: Construct, deployment: Deployment, configurationSet: ConfigurationSet): QueuePair {
  new ConfigurationSetEventDestination(scope, "Events", {
    configurationSet,
    destination: EventDestination.eventBus(EventBus.fromEventBusName(scope, "DefaultBus", "default")),
    events: deployment.config.delivery.confirmations ? [...confirmations, ...troubles] : troubles,
  });
  const feedback = queueWithDeadLetters(scope, deployment, {
    name: trigger.queue,
    deadMeans: "What SES told of some deliveries could not be taken in: bounces or complaints may go unheeded.",
    visibility: trigger.visibility,
    attempts: trigger.attempts,
  });
  new Rule(scope, "ToFeedback", {
    description: "The outcome of each delivery, from SES",
    eventPattern: {
      source: ["aws.ses"],
      detail: { mail: { tags: { "ses:configuration-set": [configurationSet.configurationSetName] } } },
    },
    targets: [new SqsQueue(feedback.queue, { deadLetterQueue: feedback.dead })],
  });
  return feedback;
}

/**
 * SES reviews accounts at 5 % bounces or 0.1 % complaints, and may pause them at 10 % or 0.5 %; these alarms go off
 * earlier.
 */
function makeReputationAlarms(scope: Construct, deployment: Deployment): void {
  const reputation = (metricName: string) =>
    new Metric({ namespace: "AWS/SES", metricName, period: Duration.hours(1), statistic: "max" });
  alarm(scope, "Bounces", deployment, {
    paragraph: "bounces",
    means: "So many mails bounce that SES may soon stop this account from sending.",
    metric: reputation("Reputation.BounceRate"),
    threshold: 0.04,
  });
  alarm(scope, "Complaints", deployment, {
    paragraph: "complaints",
    means: "So many readers call the mails spam that SES may soon stop this account from sending.",
    metric: reputation("Reputation.ComplaintRate"),
    threshold: 0.0008,
  });
}

/** A function's SES permissions, by the names of calls. */
type MailAction = "SendBulkEmail" | "SendEmail" | "GetEmailIdentity";

/** In some cases, SES checks a v2 call by the older API's name, so each permission to send has both names. */
const permissions: Record<MailAction, string[]> = {
  SendBulkEmail: ["ses:SendBulkEmail", "ses:SendBulkTemplatedEmail"],
  SendEmail: ["ses:SendEmail", "ses:SendRawEmail"],
  GetEmailIdentity: ["ses:GetEmailIdentity"],
};

/** Allows `who` exactly these calls, from the newsletters' senders only. */
export function allowMail(who: IGrantable, mail: Mail, actions: readonly MailAction[]): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: actions.flatMap((action) => permissions[action]), resources: mail.arns }),
  );
  if (!actions.includes("SendBulkEmail")) return;
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: permissions.SendBulkEmail, resources: [mail.templates] }),
  );
}

/** For mailing a reader again after a bounce, because SES's suppression list would drop the mail. */
export const allowLiftingSuppression = (fn: LambdaFunction): void =>
  allowOnAccount(fn, "ses:DeleteSuppressedDestination", "has no narrower resource than the account's list");
