import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** What AWS reports about a deployed stack. */
export type StackFacts = {
  readonly name: string;
  /** CloudFormation's, such as UPDATE_COMPLETE. */
  readonly status: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly alarms: readonly {
    readonly name: string;
    readonly state: string;
    /** Whether it may mail; a person can turn that off for a while, and forget it. */
    readonly armed: boolean;
  }[];
  /** Addresses that confirmed the alarms' subscription; null: the stack has no topic. */
  readonly subscriptions: { readonly confirmed: number; readonly pending: number } | null;
  /** Resources changed or deleted by hand since the last deployment; null: not checked, or no answer in time. */
  /** The table's protection, which a restored table hasn't by itself; null: not known. */
  readonly table: {
    readonly name: string;
    readonly recovery: boolean;
    readonly forgets: boolean;
    readonly protected: boolean;
  } | null;
  readonly drift: readonly { readonly resource: string; readonly type: string; readonly deleted: boolean }[] | null;
};

/** Existing resources of the account before the first deployment. */
export type BootstrapFacts = { readonly bootstrapped: boolean; readonly leftOver: string | null };

export function diagnoseBootstrap({ bootstrapped, leftOver }: BootstrapFacts, stack: string): Diagnosis[] {
  return [
    ...(bootstrapped
      ? []
      : [
          diagnosis("fault", "not-bootstrapped", [
            "This account and region aren't prepared for CDK.",
            "The stack CDKToolkit is missing: a deployment keeps its files there.",
            "npx cdk bootstrap",
          ]),
        ]),
    ...(leftOver === null ? [] : [leftOverStack(stack, leftOver)]),
  ];
}

/** States of a stack that can only be deleted. */
export const isLeftOver = (status: string): boolean =>
  /^(ROLLBACK_(COMPLETE|FAILED)|CREATE_FAILED|DELETE_FAILED)$/.test(status);

const leftOverStack = (name: string, status: string) =>
  diagnosis("fault", "first-deploy-failed", [
    `The stack ${name} is left over from a deployment that failed (${status}).`,
    "CloudFormation can't update a stack whose first deployment was rolled back, or that it could not delete.",
    `aws cloudformation delete-stack --stack-name ${name}, then deploy again; docs/guides/deploy.md, Destroying, says what stays`,
  ]);

export const noStack = (name: string, region: string): Diagnosis =>
  diagnosis("fault", "no-stack", [
    `There is no stack ${name} in ${region}.`,
    "It has another name or is in another region, or these credentials are of another account.",
    "Check --stack and --region, and whose credentials these are: aws sts get-caller-identity",
  ]);

export function diagnoseStack(facts: StackFacts): Diagnosis[] {
  return [
    ...diagnoseStatus(facts),
    ...diagnoseAlarms(facts),
    ...diagnoseSubscriptions(facts),
    ...diagnoseTable(facts),
    ...diagnoseDrift(facts),
  ];
}

function diagnoseStatus({ name, status }: StackFacts): Diagnosis[] {
  if (isLeftOver(status)) return [leftOverStack(name, status)];
  if (!/FAILED$|ROLLBACK_COMPLETE$/.test(status)) return [];
  const isStuck = /FAILED$/.test(status);
  return [
    diagnosis(isStuck ? "fault" : "warning", isStuck ? "stack-failed" : "deploy-rolled-back", [
      `The last deployment of ${name} failed (${status}).`,
      isStuck ? "CloudFormation could not finish it." : "CloudFormation went back to the version before, which runs.",
      isStuck
        ? `aws cloudformation ${status === "UPDATE_ROLLBACK_FAILED" ? "continue-update-rollback" : "rollback-stack"} --stack-name ${name}`
        : `See why: aws cloudformation describe-stack-events --stack-name ${name} --query "StackEvents[?contains(ResourceStatus,'FAILED')]"`,
    ]),
  ];
}

function diagnoseAlarms({ name, alarms }: StackFacts): Diagnosis[] {
  const disarmed = alarms.filter(({ armed }) => !armed).map((alarm) => alarm.name);
  return [
    ...alarms
      .filter(({ state }) => state === "ALARM")
      .map((alarm) => {
        const paragraph = alarm.name.slice(name.length + 1);
        return diagnosis("fault", "alarm", [
          `The alarm ${alarm.name} is on.`,
          "It went off and hasn't ended.",
          `Read docs/runbook.md#${paragraph}`,
        ]);
      }),
    ...(disarmed.length === 0
      ? []
      : [
          diagnosis("fault", "alarms-disarmed", [
            `${disarmed.length === 1 ? "An alarm wakes" : `${disarmed.length} alarms wake`} no one when it goes off: ${disarmed.join(", ")}.`,
            "Someone turned its actions off.",
            `aws cloudwatch enable-alarm-actions --alarm-names ${disarmed.join(" ")}`,
          ]),
        ]),
  ];
}

function diagnoseTable({ table }: StackFacts): Diagnosis[] {
  if (table === null) return [];
  const { name } = table;
  const missing = [
    ...(table.recovery
      ? []
      : [
          [
            "point-in-time recovery",
            `aws dynamodb update-continuous-backups --table-name ${name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
          ],
        ]),
    ...(table.forgets
      ? []
      : [
          [
            "time to live",
            `aws dynamodb update-time-to-live --table-name ${name} --time-to-live-specification Enabled=true,AttributeName=ttl`,
          ],
        ]),
    ...(table.protected
      ? []
      : [
          [
            "protection against deletion",
            `aws dynamodb update-table --table-name ${name} --deletion-protection-enabled`,
          ],
        ]),
  ];
  if (missing.length === 0) return [];
  return [
    diagnosis("fault", "table-unprotected", [
      `The table ${name} lacks ${missing.map(([what]) => what).join(", ")}.`,
      "A restored table comes without them, or someone turned them off.",
      missing.map(([, command]) => command).join(" && "),
    ]),
  ];
}

function diagnoseSubscriptions({ name, subscriptions }: StackFacts): Diagnosis[] {
  if (subscriptions === null || subscriptions.confirmed > 0) return [];
  const isPending = subscriptions.pending > 0;
  return [
    diagnosis("fault", "alarms-unconfirmed", [
      "Alarms reach no one.",
      isPending
        ? "The operator hasn't confirmed the mail with which AWS asked for permission."
        : "The operator unsubscribed, or the subscription was deleted. AWS deletes it when it isn't confirmed for two days.",
      isPending
        ? "Open the mail from AWS Notifications and choose Confirm subscription."
        : `aws sns subscribe --protocol email --notification-endpoint OPERATOR --topic-arn "$(aws cloudformation describe-stack-resources --stack-name ${name} --query "StackResources[?ResourceType=='AWS::SNS::Topic'].PhysicalResourceId" --output text)"`,
    ]),
  ];
}

/** Links and pictures in mails lead to it. */
export const silentWebsite = (url: string, answer: { status: number } | { code: string }): Diagnosis => {
  const fix =
    "status" in answer
      ? "Read docs/runbook.md#site-failures"
      : /CERT|SSL|TLS|ALTNAME/.test(answer.code)
        ? "Look at the certificate that site.certificate names (aws acm describe-certificate --region us-east-1 --certificate-arn ARN); request another if it is gone, and npx cdk deploy"
        : "Set the website's record: npx --no-install broadsheet dns";
  return diagnosis("fault", "website-silent", [
    `The website ${url} doesn't answer (${"status" in answer ? answer.status : answer.code}).`,
    "Readers can't unsubscribe, and mails show no pictures.",
    fix,
  ]);
};

/** The effect of a changed resource on readers or editors, by its type. */
const meanings: Record<string, string> = {
  "AWS::Events::Rule": "SES's events may not arrive: bounces and complaints go unnoticed.",
  "AWS::SQS::QueuePolicy": "Events or messages may not reach a queue.",
  "AWS::SQS::Queue": "Work or events may get lost.",
  "AWS::Scheduler::Schedule": "What it wakes may not run: editions may not be made.",
  "AWS::Lambda::EventSourceMapping": "Messages wait in their queue: editions or bounces aren't taken in.",
  "AWS::Lambda::Function": "The function may not do what this version expects.",
  "AWS::IAM::Policy": "A function may be refused what it needs, or be allowed more than it should.",
  "AWS::CloudWatch::Alarm": "A fault may wake no one.",
  "AWS::SNS::TopicPolicy": "Alarms may not reach the operator.",
  "AWS::SES::ConfigurationSet": "Mail may be refused, or sent without events.",
  "AWS::SES::ConfigurationSetEventDestination": "SES's events may not arrive: bounces and complaints go unnoticed.",
  "AWS::SES::EmailIdentity": "The sender may be refused, or its mail unsigned.",
  "AWS::DynamoDB::GlobalTable": "The table may lack its backup, its protection or its time to live.",
};

const diagnoseDrift = ({ drift }: StackFacts): Diagnosis[] =>
  (drift ?? []).map(({ resource, type, deleted }) =>
    diagnosis("fault", deleted ? "resource-deleted" : "resource-changed", [
      `${resource} (${type}) was ${deleted ? "deleted" : "changed"} outside of the deployment.`,
      meanings[type] ?? "The stack isn't what the checkout says.",
      "npx cdk deploy --revert-drift",
    ]),
  );
