import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod";
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
import { AssembleRequest, Environment, FindRequest, name, WhyRequest, WorkbenchRequest } from "./contract.ts";
import { find } from "./find.ts";
import { noticeSender } from "./notices.ts";
import type { Ports } from "./ports.ts";
import { why } from "./why.ts";
import { workbench } from "./workbench.ts";

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
export async function handler(event: unknown): Promise<object> {
  ports ??= open();
  const question = Question.safeParse(event);
  if (question.success) return answered(ports, question.data);
  const request = AssembleRequest.parse(event);
  const outcome = await assemble(ports, request);
  if (!outcome.ok) logger.warn("not assembled", { do: request.do, newsletter: request.newsletter, ...outcome.fault });
  if (!outcome.ok && request.do === "scheduled") throw new Error(outcome.fault.message);
  return outcome;
}

/** What is only asked, and changes nothing. */
const Question = z.discriminatedUnion("do", [WhyRequest, WorkbenchRequest, FindRequest]);

function answered(from: Ports, question: z.infer<typeof Question>): Promise<object> {
  switch (question.do) {
    case "why":
      return why(from, question);
    case "workbench":
      return workbench(from, question);
    case "find":
      return find(from, question);
  }
}
