import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import * as contract from "#functions/requests/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowKeys, type Keys } from "../keys.ts";
import { allowLiftingSuppression, allowMail, type Mail } from "../mail/mail.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowSending, type QueuePair, queueWithDeadLetters } from "../queue.ts";
import { allowTable } from "../table.ts";

/** The queue of readers' requests. */
export function makeRequestQueue(scope: Construct, deployment: Deployment): QueuePair {
  const { queue, visibility, attempts } = contract.trigger;
  // The function already has this id.
  return queueWithDeadLetters(new Construct(scope, "web"), deployment, {
    name: queue,
    deadMeans: "A reader asked to subscribe and got no email for a day.",
    visibility,
    attempts,
  });
}

/** requests: answers readers' requests by mail, and reminds. */
export function makeRequests(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; keys: Keys; mail: Mail; siteUrl: string; queue: QueuePair; kicks: Queue },
): LambdaFunction {
  const { batchSize, maxConcurrency } = contract.trigger;
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      SITE_URL: needs.siteUrl,
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
      KEYS_SECRET: needs.keys.id,
      KICKS_QUEUE_URL: needs.kicks.queueUrl,
    },
  });
  fn.addEventSource(
    new SqsEventSource(needs.queue.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
  );
  allowTable(
    fn,
    needs.table,
    ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    [...["S#*", "COUNT#*", "CONSENT#*", "REMIND#*"]],
  );
  // For a welcome: the edition, whether the reader has it, and the batch of one for the sender.
  allowTable(fn, needs.table, ["GetItem", "Query"], ["EDITIONS#*", "E#*"]);
  allowTable(fn, needs.table, ["PutItem"], ["E#*#welcome", "WELCOME"]);
  allowSending(fn, needs.kicks);
  allowKeys(fn, needs.keys);
  allowMail(fn, needs.mail, ["SendEmail"]);
  allowLiftingSuppression(fn);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "Readers who subscribe don't get the email that asks them to confirm.",
    periods: 3,
  });
  return fn;
}
