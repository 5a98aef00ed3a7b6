import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { openParsers } from "#adapters/feed-parsing/worker/pool.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { readRepositoryFile } from "#adapters/files/repository.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { config } from "#broadsheet.config.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { adviceForPage } from "#usecases/articles/read-page.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import { Environment, name } from "./contract.ts";

/** Most bytes of a page; only the beginning is read. */
const PAGE_LIMIT = 5_000_000;
const PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const allowOrigins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS];
  const mute = environment.CONFIGURATION_SET === "";
  return {
    sources: dynamoSources(table),
    articles: dynamoArticles(table),
    fetchFeed: openFetcher({ allowOrigins }),
    fetchPage: openFetcher({ allowOrigins, limit: PAGE_LIMIT, accept: PAGE_ACCEPT, advice: adviceForPage }),
    ...openParsers(),
    newsletters: config.newsletters,
    seeds: config.sources,
    notifyEditors: mute ? undefined : notifyEditors(config.newsletters, sesOne(environment.CONFIGURATION_SET)),
    calendar: calendarsOf(config, readRepositoryFile),
    now: Date.now,
    random: Math.random,
    log: new Logger({ serviceName: name }),
  };
}
