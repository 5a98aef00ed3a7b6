import { setTimeout } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { dynamoSender } from "#adapters/dynamo/delivery/sender.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoSchedule } from "#adapters/dynamo/editions/schedule.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { readMime } from "#adapters/email-reading/mime.ts";
import { linkTrier } from "#adapters/fetch/link.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { check } from "#usecases/editions/check/check.ts";
import { pictureKeeper } from "#usecases/editions/making/picture.ts";
import type { SchedulePorts } from "#usecases/editions/schedule/run-schedule.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import { once } from "#usecases/once.ts";
import { DispatchResponse } from "../dispatch/contract.ts";
import { IngestResponse } from "../ingest/contract.ts";
import { PictureResponse } from "../pictures/contract.ts";
import { Environment, name } from "./contract.ts";

export const logger = new Logger({ serviceName: name });

export function open(): SchedulePorts {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const invoke = lambdaInvoke();
  const allowOrigins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS];
  const now = () => toInstant(Date.now());
  // Loaded when needed, because most steps send no mail.
  const sendOne = once(async () => (await import("#adapters/ses/one.ts")).sesOne(environment.CONFIGURATION_SET));
  const known = {
    config,
    siteUrl: environment.SITE_URL,
    now,
    editions: dynamoEditions(table),
    articles: dynamoArticles(table),
    sources: dynamoSources(table),
    sender: dynamoSender(table).sender,
    // Loaded at the first check, which not every step makes.
    htmlReader: async () => (await import("#adapters/email-reading/html.ts")).readHtml,
    readMime,
    links: { tryLink: linkTrier({ allowOrigins }) },
  };
  return {
    ...known,
    check: (request) => check(known, request),
    schedule: dynamoSchedule(table),
    pollSources: async (ids) => {
      IngestResponse.parse(await invoke(environment.INGEST_FUNCTION, { sources: [...ids] }));
    },
    pages: known.links,
    sleep: (milliseconds) => setTimeout(milliseconds),
    log: logger,
    notifyEditors: notifyEditors(config.newsletters, async (mail) => (await sendOne())(mail)),
    keepPicture: pictureKeeper(
      environment.PICTURES_FUNCTION === ""
        ? undefined
        : async (request) => PictureResponse.parse(await invoke(environment.PICTURES_FUNCTION, request)),
      now,
    ),
    dispatch: async (key) => DispatchResponse.parse(await invoke(environment.DISPATCH_FUNCTION, key)),
  };
}
