import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod";
import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoSender } from "#adapters/dynamo/sender.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { readHtml } from "#adapters/email-reading/html.ts";
import { readMime } from "#adapters/email-reading/mime.ts";
import { linkTrier } from "#adapters/fetch/link.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { check } from "#usecases/editions/check/check.ts";
import { leaveOut, patientKeeper } from "#usecases/editions/making/picture.ts";
import type { Ports } from "#usecases/editions/ports.ts";
import { find } from "#usecases/editions/workbench/search-stories.ts";
import { why } from "#usecases/editions/workbench/why.ts";
import { workbench } from "#usecases/editions/workbench/workbench.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import { DispatchResponse } from "../dispatch/contract.ts";
import { PictureResponse } from "../pictures/contract.ts";
import { assemble } from "./assemble.ts";
import {
  AssembleRequest,
  CheckRequest,
  Environment,
  FindRequest,
  name,
  WhyRequest,
  WorkbenchRequest,
} from "./contract.ts";

const now = () => toInstant(Date.now());
const logger = new Logger({ serviceName: name });
/** Milliseconds in which links are tried, all of an edition's together. */
const LINKS_TIMEOUT = 20_000;

let ports: Ports | undefined;

function open(): Ports {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const invoke = lambdaInvoke();
  const allowOrigins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS.split(",").filter(Boolean)];
  const known = {
    config,
    siteUrl: environment.SITE_URL,
    now,
    editions: dynamoEditions(table),
    readHtml,
    readMime,
    sender: dynamoSender(table).sender,
    links: { tryLink: linkTrier({ allowOrigins }), timeout: LINKS_TIMEOUT },
  };
  return {
    ...known,
    check: (asked) => check(known, asked),
    articles: dynamoArticles(table),
    sources: dynamoSources(table),
    tell: notifyEditors(config.newsletters, sesOne(environment.CONFIGURATION_SET)),
    keepPicture:
      environment.PICTURES_FUNCTION === ""
        ? leaveOut
        : patientKeeper(
            async (request) => PictureResponse.parse(await invoke(environment.PICTURES_FUNCTION, request)),
            now,
          ),
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
const Question = z.discriminatedUnion("do", [WhyRequest, WorkbenchRequest, FindRequest, CheckRequest]);

function answered(from: Ports, question: z.infer<typeof Question>): Promise<object> {
  switch (question.do) {
    case "why":
      return why(from, question);
    case "workbench":
      return workbench(from, question);
    case "find":
      return find(from, question);
    case "check":
      return from.check(question);
  }
}
