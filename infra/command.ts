import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import * as contract from "#functions/command/contract.ts";
import type { Deployment } from "./deployment.ts";
import { allowInvoke, makeFunction } from "./function.ts";
import { allowKeys, allowRotating, type Keys } from "./keys.ts";
import { allowMail, type Mail } from "./mail.ts";
import { allowEmptying, allowSending, type QueuePair } from "./queue.ts";
import { allowTable } from "./table.ts";

/** command: the door for editors and operators. Its time covers the longest of the functions it calls. */
export function makeCommand(
  scope: Construct,
  deployment: Deployment,
  needs: {
    table: TableV2;
    keys: Keys;
    mail: Mail;
    siteUrl: string;
    allowOrigins: string;
    ingest: LambdaFunction;
    assemble: LambdaFunction;
    dispatch: LambdaFunction;
    queues: { kicks: QueuePair; feedback: QueuePair; clockDead: Queue };
  },
): LambdaFunction {
  const { kicks, feedback, clockDead } = needs.queues;
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      SITE_URL: needs.siteUrl,
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
      KEYS_SECRET: needs.keys.id,
      INGEST_FUNCTION: needs.ingest.functionName,
      ASSEMBLE_FUNCTION: needs.assemble.functionName,
      DISPATCH_FUNCTION: needs.dispatch.functionName,
      KICKS_QUEUE_URL: kicks.queue.queueUrl,
      KICKS_DEAD_QUEUE_URL: kicks.dead.queueUrl,
      FEEDBACK_QUEUE_URL: feedback.queue.queueUrl,
      FEEDBACK_DEAD_QUEUE_URL: feedback.dead.queueUrl,
      CLOCK_DEAD_QUEUE_URL: clockDead.queueUrl,
      ALLOW_ORIGINS: needs.allowOrigins,
    },
    timeout: contract.timeout,
    memory: 512,
  });
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
  allowRotating(fn, needs.keys);
  allowMail(fn, needs.mail, ["SendEmail", "GetEmailIdentity"]);
  for (const called of [needs.ingest, needs.assemble, needs.dispatch]) allowInvoke(fn, called);
  for (const dead of [kicks.dead, feedback.dead, clockDead]) allowEmptying(fn, dead);
  for (const { queue } of [kicks, feedback]) allowSending(fn, queue);
  return fn;
}
