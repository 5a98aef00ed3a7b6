import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  ApiMapping,
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { siteRecord } from "#domain/dns/records.ts";
import * as contract from "#functions/site/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowKeys, type Keys } from "../keys.ts";
import { setRecords } from "../mail/dns.ts";
import { alarm } from "../monitoring/alarm.ts";
import { allowSending, type QueuePair } from "../queue.ts";
import { allowTable } from "../table.ts";
import { hasFront } from "../web/front.ts";

export type WebApi = {
  api: HttpApi;
  stage: HttpStage;
  /** The website's address in emails. */
  url: string;
  /** For functions that need the client's address; empty: there is no distribution. */
  environment: { ORIGIN_SECRET?: string };
};

/** The website's HTTP API. Made before the functions, because those that write links need its address. */
export function makeApi(scope: Construct, deployment: Deployment): Omit<WebApi, "environment"> {
  const { config } = deployment;
  const construct = new Construct(scope, "door");
  const api = new HttpApi(construct, "Api", {
    apiName: `${config.name}-site`,
    description: "What readers see on the web: editions, and leaving",
    createDefaultStage: false,
  });
  const domainName = hasFront(deployment) ? undefined : makeDomain(construct, deployment);
  const stage = new HttpStage(construct, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: { rateLimit: 500, burstLimit: 1000 },
    accessLogSettings: { destination: new LogGroupLogDestination(accessLog(construct, config.name)), format },
  });
  if (domainName) new ApiMapping(stage, mappingId(domainName), { api, domainName, stage });
  Validations.of(api).acknowledge({
    id: "AwsSolutions-APIG4",
    reason: "The website is public; leaving asks for no sign-in (RFC 8058), only for the signed token in the link.",
  });
  alarmOnFailures(construct, deployment, api);
  return { api, stage, url: domainName ? `https://${config.site.domain}` : api.apiEndpoint };
}

/**
 * The id that CDK's own mapping of a stage had, from the path of the domain. Under another CloudFormation would first make
 * a second mapping of the domain, which API Gateway refuses.
 */
const mappingId = ({ node }: DomainName): string => `${node.path.replace("/Default/", "/")}undefined`;

/** Without paths and addresses: a path can contain a reader's token, and visits are private. */
const format = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    at: "$context.requestTime",
    method: "$context.httpMethod",
    route: "$context.routeKey",
    status: "$context.status",
    milliseconds: "$context.responseLatency",
    bytes: "$context.responseLength",
    error: "$context.integrationErrorMessage",
  }),
);

/** Under this prefix API Gateway may write without a line of its own in the account's short policy for logs. */
const accessLog = (scope: Construct, name: string) =>
  new LogGroup(scope, "AccessLog", {
    logGroupName: `/aws/vendedlogs/${name}-site`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });

function makeDomain(scope: Construct, deployment: Deployment): DomainName | undefined {
  const { site } = deployment.config;
  if (site.domain === undefined || site.certificate === undefined) return undefined;
  const made = new DomainName(scope, "Domain", {
    domainName: site.domain,
    certificate: Certificate.fromCertificateArn(scope, "Certificate", site.certificate),
  });
  const records = siteRecord(deployment.config, made.regionalDomainName);
  const spec = { id: "DnsSite", domain: site.domain, records, targetZone: made.regionalHostedZoneId };
  setRecords(scope, deployment, spec);
  return made;
}

/**
 * Two periods of five minutes within an hour in which at least one visit in twenty failed: on a quiet website that is
 * two failures, on a busy one a tenth of an hour's trouble. A share is made of two metrics, which the emulator lacks.
 */
function alarmOnFailures(scope: Construct, deployment: Deployment, api: HttpApi): void {
  if (deployment.emulator) return;
  const options = { period: Duration.minutes(5), statistic: "sum" };
  alarm(scope, "Failures", deployment, {
    paragraph: "site-failures",
    means: "Readers meet errors on the website: some can't leave or read.",
    metric: new MathExpression({
      expression: "IF(failures > 0 AND failures * 20 >= visits, 1, 0)",
      label: "at least one visit in twenty failed",
      period: options.period,
      usingMetrics: { visits: api.metricCount(options), failures: api.metricServerError(options) },
    }),
    threshold: 1,
    periods: 12,
    atLeast: 2,
  });
}

/** Limits these routes, in requests a second and burst of all clients together. */
export function limitRoutes(
  { stage }: WebApi,
  made: readonly HttpRoute[],
  { keys, rate, burst }: { keys: readonly string[]; rate: number; burst: number },
): void {
  const settings = stage.node.defaultChild;
  if (!(settings instanceof CfnStage)) throw new Error("The website's stage is not made by CloudFormation.");
  const limit = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  // Other routes keep their limits; dots in a path are escaped for the override.
  for (const key of keys) settings.addPropertyOverride(`RouteSettings.${key.replaceAll(".", "\\.")}`, limit);
  // A stage can't limit a route that doesn't exist yet.
  stage.node.addDependency(...made);
}

/** site: answers the API's requests. */
export function makeSite(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; keys: Keys; webApi: WebApi; requests: QueuePair; picturesUrl: string | undefined },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      SITE_URL: needs.webApi.url,
      KEYS_SECRET: needs.keys.id,
      REQUESTS_QUEUE_URL: needs.requests.queue.queueUrl,
      ...(needs.picturesUrl === undefined ? {} : { PICTURES_URL: needs.picturesUrl }),
      ...needs.webApi.environment,
    },
  });
  // Editions, the archive, subscribers and their consent; no source, session or key of a push client.
  const keys = ["E#*", "ARCHIVE#*", "SEARCH#*", "S#*", "COUNT#*", "CONSENT#*", "WORTH#*"];
  allowTable(fn, needs.table, ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"], keys);
  allowKeys(fn, needs.keys);
  allowSending(fn, needs.requests.queue);
  const integration = new HttpLambdaIntegration("Site", fn);
  // A route for each kind of link, so logs and metrics distinguish them without identifying readers; all others go to
  // site too.
  for (const path of [
    contract.sitePaths.archive("{newsletter}"),
    contract.sitePaths.edition("{newsletter}", "{date}"),
    contract.sitePaths.unsubscribe("{token}"),
    contract.sitePaths.oneClick("{token}"),
    contract.sitePaths.confirm("{token}"),
    contract.sitePaths.undo("{token}"),
    contract.sitePaths.data("{token}"),
    contract.sitePaths.subscribers("{newsletter}"),
  ]) {
    needs.webApi.api.addRoutes({ path, methods: [HttpMethod.ANY], integration });
  }
  new HttpRoute(needs.webApi.api, "Rest", { httpApi: needs.webApi.api, routeKey: HttpRouteKey.DEFAULT, integration });
  return fn;
}
