import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import * as contract from "#functions/dispatch/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowSending } from "../queue.ts";
import { allowTable } from "../table.ts";

/** dispatch: freezes the audience. A freeze of ten million readers takes about a minute. */
export function makeDispatch(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; kicks: Queue },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: { TABLE_NAME: needs.table.tableName, KICKS_QUEUE_URL: needs.kicks.queueUrl },
  });
  allowTable(fn, needs.table, ["GetItem", "Query", "PutItem", "UpdateItem", "DescribeTable"]);
  allowSending(fn, needs.kicks);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "The audience of an edition could not be frozen, so it does not go out; watch tries again.",
  });
  return fn;
}
