import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { feedsOfPage, readFeed } from "#adapters/feed-parsing/read.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { config } from "#broadsheet.config.ts";
import { Environment, IngestRequest, type IngestResponse } from "./contract.ts";
import { type IngestPorts, pollSources } from "./poll.ts";

let ports: IngestPorts | undefined;

/** Adapters are opened at the first call, so that importing this costs nothing. */
function open(): IngestPorts {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const allowOrigins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS.split(",").filter(Boolean)];
  return {
    sources: dynamoSources(table),
    articles: dynamoArticles(table),
    fetchFeed: openFetcher({ allowOrigins }),
    readFeed,
    feedsOfPage,
    now: Date.now,
    random: Math.random,
  };
}

export async function handler(event: unknown): Promise<IngestResponse> {
  ports ??= open();
  const request = IngestRequest.parse(event ?? {});
  return { reports: await pollSources(ports, request, config.sources) };
}
