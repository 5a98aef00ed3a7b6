import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import * as contract from "#functions/command/contract.ts";
import type { Deployment } from "../deployment.ts";
import { allowInvoke, makeFunction } from "../function.ts";
import { allowKeys, allowRotating, type Keys } from "../keys.ts";
import { allowLiftingSuppression, allowMail, type Mail } from "../mail/mail.ts";
import { allowEmptying, allowSending, type QueuePair } from "../queue.ts";
import { allowTable, type TableAction } from "../table.ts";

/** Permissions for commands about editions and sources, from the command line or the desk. */
export type EditorialNeeds = {
  table: ITableV2;
  mail: Mail;
  siteUrl: string;
  allowOrigins: string;
  ingest: LambdaFunction;
  assemble: LambdaFunction;
  dispatch: LambdaFunction;
  pictures: LambdaFunction | undefined;
  queues: { kicks: QueuePair; feedback: QueuePair; clockDead: Queue };
};

/** command: operators' and editors' commands. Its timeout covers the longest function it calls. */
export function makeCommand(
  scope: Construct,
  deployment: Deployment,
  needs: EditorialNeeds & { keys: Keys; requests: QueuePair },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      ...editorialEnvironment(needs),
      KEYS_SECRET: needs.keys.id,
      REQUESTS_QUEUE_URL: needs.requests.queue.queueUrl,
    },
    readsCalendars: true,
    fetches: true,
  });
  allowTable(fn, needs.table, [...editorialActions, "DescribeTable"]);
  allowKeys(fn, needs.keys);
  allowRotating(fn, needs.keys);
  allowEditorial(fn, needs);
  allowSending(fn, needs.requests.queue);
  allowLiftingSuppression(fn);
  return fn;
}

export const editorialActions: readonly TableAction[] = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
];

export function editorialEnvironment({ queues: { kicks, feedback, clockDead }, ...needs }: EditorialNeeds) {
  return {
    TABLE_NAME: needs.table.tableName,
    SITE_URL: needs.siteUrl,
    CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
    INGEST_FUNCTION: needs.ingest.functionName,
    ASSEMBLE_FUNCTION: needs.assemble.functionName,
    DISPATCH_FUNCTION: needs.dispatch.functionName,
    PICTURES_FUNCTION: needs.pictures?.functionName ?? "",
    KICKS_QUEUE_URL: kicks.queue.queueUrl,
    KICKS_DEAD_QUEUE_URL: kicks.dead.queueUrl,
    FEEDBACK_QUEUE_URL: feedback.queue.queueUrl,
    FEEDBACK_DEAD_QUEUE_URL: feedback.dead.queueUrl,
    CLOCK_DEAD_QUEUE_URL: clockDead.queueUrl,
    ALLOW_ORIGINS: needs.allowOrigins,
  };
}

/** Everything but the table. */
export function allowEditorial(
  fn: LambdaFunction,
  { queues: { kicks, feedback, clockDead }, ...needs }: EditorialNeeds,
) {
  allowMail(fn, needs.mail, ["SendEmail", "GetEmailIdentity"]);
  for (const called of [needs.ingest, needs.assemble, needs.dispatch]) allowInvoke(fn, called);
  if (needs.pictures) allowInvoke(fn, needs.pictures);
  for (const dead of [kicks.dead, feedback.dead, clockDead]) allowEmptying(fn, dead);
  for (const { queue } of [kicks, feedback]) allowSending(fn, queue);
}
