import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/command/contract.ts";
import type { Deployment } from "./deployment.ts";
import { allowInvoke, makeFunction } from "./function.ts";
import { allowKeys, type Keys } from "./keys.ts";
import { allowMail, type Mail } from "./mail.ts";
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
    ingest: LambdaFunction;
    assemble: LambdaFunction;
    dispatch: LambdaFunction;
  },
): LambdaFunction {
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
    },
    timeout: contract.timeout,
    memory: 512,
  });
  allowTable(fn, needs.table, ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"]);
  allowKeys(fn, needs.keys);
  allowMail(fn, needs.mail, ["SendEmail", "GetEmailIdentity"]);
  for (const called of [needs.ingest, needs.assemble, needs.dispatch]) allowInvoke(fn, called);
  return fn;
}
