import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/assemble/contract.ts";
import type { Deployment } from "../deployment.ts";
import { allowInvoke, makeFunction } from "../function.ts";
import { allowMail, type Mail } from "../mail/mail.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowTable } from "../table.ts";

/** assemble: makes and renders editions, and notifies the editors if there is none. */
export function makeAssemble(
  scope: Construct,
  deployment: Deployment,
  needs: {
    table: ITableV2;
    mail: Mail;
    siteUrl: string;
    allowOrigins: string;
    /** Undefined: the deployment has no pictures. */
    pictures: LambdaFunction | undefined;
    dispatch: LambdaFunction;
    ingest: LambdaFunction;
  },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      SITE_URL: needs.siteUrl,
      DISPATCH_FUNCTION: needs.dispatch.functionName,
      INGEST_FUNCTION: needs.ingest.functionName,
      PICTURES_FUNCTION: needs.pictures?.functionName ?? "",
      CONFIGURATION_SET: needs.mail.configurationSet.configurationSetName,
      ALLOW_ORIGINS: needs.allowOrigins,
    },
    fetches: true,
  });
  allowTable(fn, needs.table, ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"]);
  allowMail(fn, needs.mail, ["SendEmail"]);
  allowInvoke(fn, needs.dispatch);
  allowInvoke(fn, needs.ingest);
  if (needs.pictures) allowInvoke(fn, needs.pictures);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "An edition could not be made; readers may get none today.",
  });
  return fn;
}
