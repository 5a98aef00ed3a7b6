import { Duration } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import * as contract from "#functions/watch/contract.ts";
import { alarm, errorAlarm } from "./alarm.ts";
import type { Deployment } from "./deployment.ts";
import { allowInvoke, makeFunction } from "./function.ts";
import { allowCounting, allowSending, type QueuePair } from "./queue.ts";
import { allowTable } from "./table.ts";

/** watch: each minute it starts what is due and repairs what others left. */
export function makeWatch(
  scope: Construct,
  deployment: Deployment,
  needs: { table: TableV2; kicks: Queue; feedback: QueuePair; dispatch: LambdaFunction; assemble: LambdaFunction },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      KICKS_QUEUE_URL: needs.kicks.queueUrl,
      FEEDBACK_QUEUE_URL: needs.feedback.queue.queueUrl,
      FEEDBACK_DEAD_QUEUE_URL: needs.feedback.dead.queueUrl,
      DISPATCH_FUNCTION: needs.dispatch.functionName,
      ASSEMBLE_FUNCTION: needs.assemble.functionName,
    },
    readsCalendars: true,
  });
  allowTable(fn, needs.table, ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "DescribeTable"]);
  allowInvoke(fn, needs.dispatch);
  allowInvoke(fn, needs.assemble);
  allowSending(fn, needs.kicks);
  allowCounting(fn, [needs.feedback.queue, needs.feedback.dead]);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "What others leave undone is not repaired: an edition may stand still.",
  });
  alarm(fn, "Silent", deployment, {
    paragraph: "watch-silent",
    means: "The clock has not woken watch for ten minutes: nothing is repaired and nobody would notice.",
    metric: fn.metricInvocations({ period: Duration.minutes(5), statistic: "sum" }),
    threshold: 1,
    below: true,
    periods: 2,
    silenceIsFault: true,
  });
  return fn;
}
