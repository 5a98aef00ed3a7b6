import { Validations } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import * as contract from "#functions/send/contract.ts";
import type { Deployment } from "../deployment.ts";
import { allowOnAccount, makeFunction } from "../function.ts";
import { allowKeys, type Keys } from "../keys.ts";
import { allowMail, type Mail } from "../mail/mail.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowSending, type QueuePair, queueWithDeadLetters } from "../queue.ts";
import { allowTable } from "../table.ts";

/**
 * The queue that wakes the sender. A lost kick costs a minute, so its dead letters have no alarm; doctor lists them.
 */
export function makeKicks(scope: Construct, deployment: Deployment): QueuePair {
  return queueWithDeadLetters(scope, deployment, {
    name: contract.trigger.queue,
    visibility: contract.trigger.visibility,
    attempts: contract.trigger.attempts,
  });
}

/**
 * send: the senders. Two of each may run at once, so the next is ready when one ends; the lease lets only one work.
 */
export function makeSend(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; keys: Keys; mail: Mail; siteUrl: string; kicks: QueuePair },
): LambdaFunction {
  const { batchSize } = contract.trigger;
  const { memory, maxConcurrency } = contract.sizeFor(deployment.config.delivery);
  const { queue, dead } = needs.kicks;
  const fn = makeFunction(scope, deployment, {
    contract: { ...contract, memory },
    environment: {
      TABLE_NAME: needs.table.tableName,
      KICKS_QUEUE_URL: queue.queueUrl,
      KICKS_DEAD_QUEUE_URL: dead.queueUrl,
      SITE_URL: needs.siteUrl,
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
      KEYS_SECRET: needs.keys.id,
    },
    maySendToItself: true,
  });
  fn.addEventSource(new SqsEventSource(queue, { batchSize, maxConcurrency }));
  allowTable(fn, needs.table, [
    "GetItem",
    "BatchGetItem",
    "Query",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "DescribeTable",
  ]);
  allowKeys(fn, needs.keys);
  allowMail(fn, needs.mail, ["SendBulkEmail"]);
  // The rate, quota and status.
  allowOnAccount(fn, "ses:GetAccount", "reads the one account there is and knows no narrower resource");
  acknowledgeTemplates(fn);
  for (const each of [queue, dead]) allowSending(fn, each);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "The sender failed; the edition goes on after a minute, and some deliveries may be unknown.",
  });
  return fn;
}

function acknowledgeTemplates({ role }: LambdaFunction): void {
  if (role === undefined) return;
  const every = "arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:template/*";
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${every}]`,
    reason: "A template that is part of the call has no name; what may be sent is bounded by the sender's identity.",
  });
}
