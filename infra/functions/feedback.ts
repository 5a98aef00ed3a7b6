import { Duration } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import * as contract from "#functions/feedback/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowKeys, type Keys } from "../keys.ts";
import type { Mail } from "../mail/mail.ts";
import { alarm } from "../monitoring/alarm.ts";
import { allowSending } from "../queue.ts";
import { allowTable } from "../table.ts";

/** Events older than this are late: unknown calls stay unresolved, and stops of readers are delayed. */
const LATE = Duration.minutes(10);

/** feedback: processes SES's events. It moves unusable ones to the dead-letter queue itself, with the reason. */
export function makeFeedback(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; keys: Keys; mail: Mail },
): LambdaFunction {
  const { batchSize, window, maxConcurrency } = contract.trigger;
  const { queue, dead } = needs.mail.feedback;
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
      FEEDBACK_DEAD_QUEUE_URL: dead.queueUrl,
      KEYS_SECRET: needs.keys.id,
    },
  });
  fn.addEventSource(
    new SqsEventSource(queue, {
      ...{ batchSize, maxConcurrency },
      maxBatchingWindow: Duration.seconds(window),
      reportBatchItemFailures: true,
    }),
  );
  allowTable(fn, needs.table, ["GetItem", "Query", "PutItem", "UpdateItem"]);
  allowKeys(fn, needs.keys);
  allowSending(fn, dead);
  // No alarm for its errors, because the age of waiting events shows the same.
  alarm(fn, "Late", deployment, {
    paragraph: "feedback-late",
    means: "What SES tells is taken in more than ten minutes late: readers who complained may be mailed again.",
    metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: "max" }),
    threshold: LATE.toSeconds(),
    periods: 3,
  });
  return fn;
}
