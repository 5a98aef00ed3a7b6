import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/ingest/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowMail, type Mail } from "../mail/mail.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowTable } from "../table.ts";

/** ingest: polls the sources, and notifies editors of broken ones. */
export function makeIngest(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; mail: Mail; allowOrigins: string },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      ALLOW_ORIGINS: needs.allowOrigins,
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
    },
    readsFeeds: true,
    fetches: true,
  });
  // Sources and articles; no reader, no edition.
  const keys = ["SOURCES", "A#*", "AL#*"];
  allowTable(fn, needs.table, ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"], keys);
  allowMail(fn, needs.mail, ["SendEmail"]);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "No news has come in for a quarter of an hour: the next edition may be thin.",
    periods: 3,
  });
  return fn;
}
