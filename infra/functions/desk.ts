import { CfnOutput } from "aws-cdk-lib";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/desk/contract.ts";
import type { Config, Deployment } from "../deployment.ts";
import { allowInvoke, makeFunction } from "../function.ts";
import { allowKeys, type Keys } from "../keys.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowTable } from "../table.ts";
import { makeUserPool, type Provider } from "../web/user-pool.ts";
import type { WebApi } from "./site.ts";

/**
 * desk: pages for editors. All its actions go through desk-command; in the table, it can access only sessions and
 * presence.
 */
export function makeDesk(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; keys: Keys; webApi: WebApi; command: LambdaFunction },
): LambdaFunction {
  const { url } = needs.webApi;
  const provider = givenProvider(deployment.config) ?? makeUserPool(scope, deployment, url);
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      SITE_URL: url,
      KEYS_SECRET: needs.keys.id,
      ...needs.webApi.environment,
      COMMAND_FUNCTION: needs.command.functionName,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_SCOPES: provider.scopes,
      OIDC_GROUPS_CLAIM: provider.groupsClaim,
      ...(provider.passkeysUrl === undefined ? {} : { PASSKEYS_URL: provider.passkeysUrl }),
    },
  });
  // So no reader's address can reach the desk, whatever its code does.
  allowTable(
    fn,
    needs.table,
    ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"],
    ["SESSION#*", "SESSIONS", "DESK#*"],
  );
  allowKeys(fn, needs.keys);
  if (provider.clientSecret !== "") allowKeys(fn, { id: provider.clientSecret, arn: provider.clientSecret });
  allowInvoke(fn, needs.command);
  addRoutes(fn, needs.webApi);
  errorAlarm(fn, deployment, { name: contract.name, means: "Editors meet errors at the desk.", periods: 2 });
  new CfnOutput(scope, "DeskUrl", { value: `${url}${contract.base}`, description: "Where editors make editions" });
  return fn;
}

function givenProvider({ desk }: Config): Provider | undefined {
  const { issuer, clientId, clientSecret = "", scopes, groupsClaim } = desk;
  if (issuer === undefined || clientId === undefined) return undefined;
  return { issuer, clientId, clientSecret, scopes: scopes.join(" "), groupsClaim };
}

function addRoutes(fn: LambdaFunction, webApi: WebApi): void {
  const integration = new HttpLambdaIntegration("Desk", fn);
  for (const path of contract.trigger.routes) webApi.api.addRoutes({ path, methods: [HttpMethod.ANY], integration });
}
