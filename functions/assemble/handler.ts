import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/instant.ts";
import { DispatchResponse } from "../dispatch/contract.ts";
import { assemble } from "./assemble.ts";
import { AssembleRequest, type AssembleResponse, Environment, name, WhyRequest, type WhyResponse } from "./contract.ts";
import { noticeSender } from "./notices.ts";
import type { Ports } from "./ports.ts";
import { why } from "./why.ts";

const logger = new Logger({ serviceName: name });
let ports: Ports | undefined;

function open(): Ports {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const invoke = lambdaInvoke();
  return {
    config,
    siteUrl: environment.SITE_URL,
    now: () => toInstant(Date.now()),
    editions: dynamoEditions(table),
    articles: dynamoArticles(table),
    sources: dynamoSources(table),
    tell: noticeSender(config, sesOne(environment.CONFIGURATION_SET)),
    dispatch: async (key) => DispatchResponse.parse(await invoke(environment.DISPATCH_FUNCTION, key)),
  };
}

/** A schedule has nobody to read a fault: it fails, so that the alarm on errors tells the operator. */
export async function handler(event: unknown): Promise<AssembleResponse | WhyResponse> {
  ports ??= open();
  const question = WhyRequest.safeParse(event);
  if (question.success) return why(ports, question.data);
  const request = AssembleRequest.parse(event);
  const outcome = await assemble(ports, request);
  if (!outcome.ok) logger.warn("not assembled", { do: request.do, newsletter: request.newsletter, ...outcome.fault });
  if (!outcome.ok && request.do === "scheduled") throw new Error(outcome.fault.message);
  return outcome;
}
