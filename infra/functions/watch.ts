import { Duration } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import * as contract from "#functions/watch/contract.ts";
import type { Deployment } from "../deployment.ts";
import { allowInvoke, makeFunction } from "../function.ts";
import { allowMail, type Mail } from "../mail/mail.ts";
import { alarm, errorAlarm, logMetric } from "../monitoring/alarm.ts";
import { allowCounting, allowSending, type QueuePair } from "../queue.ts";
import { allowTable } from "../table.ts";

/** watch: each minute, it starts what is due and continues unfinished work. */
export function makeWatch(
  scope: Construct,
  deployment: Deployment,
  needs: {
    table: ITableV2;
    mail: Mail;
    kicks: Queue;
    feedback: QueuePair;
    dispatch: LambdaFunction;
    assemble: LambdaFunction;
    notices: QueuePair | undefined;
  },
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
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
      ...(needs.notices === undefined ? {} : { NOTICES_QUEUE_URL: needs.notices.queue.queueUrl }),
    },
    readsCalendars: true,
  });
  allowTable(fn, needs.table, ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "DescribeTable"]);
  allowMail(fn, needs.mail, ["SendEmail"]);
  allowInvoke(fn, needs.dispatch);
  allowInvoke(fn, needs.assemble);
  allowSending(fn, needs.kicks);
  if (needs.notices !== undefined) allowSending(fn, needs.notices.queue);
  allowCounting(fn, [needs.feedback.queue, needs.feedback.dead]);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "What others leave undone is not repaired: an edition may stand still.",
  });
  alarm(fn, "Silent", deployment, {
    paragraph: "watch-silent",
    means: "The clock has not woken watch for ten minutes: nothing is repaired, and no one would notice.",
    metric: fn.metricInvocations({ period: Duration.minutes(5), statistic: "sum" }),
    threshold: 1,
    below: true,
    periods: 2,
    silenceIsFault: true,
  });
  missingAlarm(fn, deployment);
  return fn;
}

/**
 * Goes off if readers don't have an edition they should have. watch logs the number from the table each minute,
 * including 0, so a missing number is a fault too.
 */
function missingAlarm(fn: LambdaFunction, deployment: Deployment): void {
  const missing = logMetric([fn], deployment, {
    ...{ id: "Missing", name: "MissingEditions", value: () => "$.missing" },
    pattern: FilterPattern.stringValue("$.message", "=", contract.expectedLine),
  });
  alarm(fn, "NoEdition", deployment, {
    paragraph: "no-edition",
    means: "Readers don't have an edition that they should have by now, or that is not known.",
    metric: missing.with({ period: Duration.minutes(5), statistic: "max" }),
    threshold: 1,
    periods: 3,
    silenceIsFault: true,
  });
}
