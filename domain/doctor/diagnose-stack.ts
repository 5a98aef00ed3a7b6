import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** What AWS reports about a deployed stack. */
export type StackFacts = {
  readonly name: string;
  /** CloudFormation's, such as UPDATE_COMPLETE. */
  readonly status: string;
  readonly alarms: readonly { readonly name: string; readonly state: string; readonly actions: number }[];
  /** Addresses that confirmed the alarms' subscription; null: the stack has no topic. */
  readonly subscriptions: { readonly confirmed: number; readonly pending: number } | null;
  /** Resources changed or deleted by hand since the last deployment; null: not checked, or no answer in time. */
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
    ...(leftOver === null
      ? []
      : [
          diagnosis("fault", "first-deploy-failed", [
            `The stack ${stack} is left over from a deployment that failed (${leftOver}).`,
            "CloudFormation can't update a stack whose first deployment was rolled back.",
            `aws cloudformation delete-stack --stack-name ${stack}, then deploy again; docs/guides/deploy.md, Destroying, says what stays`,
          ]),
        ]),
  ];
}

export const noStack = (name: string, region: string): Diagnosis =>
  diagnosis("fault", "no-stack", [
    `There is no stack ${name} in ${region}.`,
    "It has another name or is in another region, or these credentials are of another account.",
    "Check --stack and --region, and whose credentials these are: aws sts get-caller-identity",
  ]);

export function diagnoseStack(facts: StackFacts): Diagnosis[] {
  return [...diagnoseStatus(facts), ...diagnoseAlarms(facts), ...diagnoseSubscriptions(facts), ...diagnoseDrift(facts)];
}

function diagnoseStatus({ name, status }: StackFacts): Diagnosis[] {
  if (!/FAILED|ROLLBACK/.test(status)) return [];
  const isStuck = /FAILED$/.test(status);
  return [
    diagnosis(isStuck ? "fault" : "warning", isStuck ? "stack-failed" : "deploy-rolled-back", [
      `The last deployment of ${name} failed (${status}).`,
      isStuck ? "CloudFormation could not finish it." : "CloudFormation went back to the version before, which runs.",
      isStuck
        ? `aws cloudformation continue-update-rollback --stack-name ${name}`
        : `See why: aws cloudformation describe-stack-events --stack-name ${name} --query "StackEvents[?contains(ResourceStatus,'FAILED')]"`,
    ]),
  ];
}

const diagnoseAlarms = ({ name, alarms }: StackFacts): Diagnosis[] =>
  alarms
    .filter(({ state }) => state === "ALARM")
    .map((alarm) => {
      const paragraph = alarm.name.slice(name.length + 1);
      return diagnosis("fault", "alarm", [
        `The alarm ${alarm.name} is on.`,
        "It went off and hasn't ended.",
        `Read docs/runbook.md#${paragraph}`,
      ]);
    });

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
