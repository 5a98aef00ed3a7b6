import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/push/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowKeys, type Keys } from "../keys.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { allowTable } from "../table.ts";
import { limitRoutes, type WebApi } from "./site.ts";

/** push: takes articles on routes of the website's API. */
export function makePush(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; keys: Keys; webApi: WebApi },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: { TABLE_NAME: needs.table.tableName, KEYS_SECRET: needs.keys.id, ...needs.webApi.environment },
    readsFeeds: true,
  });
  // Sources, articles, keys and receipts; no readers, no editions.
  const keys = ["SOURCES", "A#*", "AL#*", "PUSH#*", "RECEIPT#*"];
  allowTable(fn, needs.table, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"], keys);
  allowKeys(fn, needs.keys);
  addRoutes(fn, needs.webApi);
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "Articles that are pushed do not come in: their clients get an error.",
    periods: 3,
  });
  return fn;
}

/** A client that pushes in a loop is throttled here (429), before it costs anything or slows down the website. */
function addRoutes(fn: LambdaFunction, webApi: WebApi): void {
  const { routes, rate, burst } = contract.trigger;
  const integration = new HttpLambdaIntegration("Push", fn);
  const made = routes.flatMap(({ method, path }) =>
    webApi.api.addRoutes({ path, methods: [HttpMethod[method]], integration }),
  );
  limitRoutes(webApi, made, { keys: routes.map(({ method, path }) => `${method} ${path}`), rate, burst });
}
