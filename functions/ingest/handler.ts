import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { openParsers } from "#adapters/feed-parsing/pool.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { readRepositoryFile } from "#adapters/files/repository.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { config } from "#broadsheet.config.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { calendarDays } from "#domain/time/calendar.ts";
import { type Instant, localDate, toInstant } from "#domain/time/instant.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import { adviceForPage, readPage } from "#usecases/articles/read-page.ts";
import { tryAddress } from "#usecases/articles/try-address.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import { reportBroken } from "#usecases/sources/report-broken.ts";
import { reportLimits } from "#usecases/sources/report-limits.ts";
import { Environment, IngestRequest, type IngestResponse, name } from "./contract.ts";

/** Bytes of a page, of which only the beginning is read. */
const PAGE_LIMIT = 5_000_000;
const PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

const logger = new Logger({ serviceName: name });
let ports: ReturnType<typeof open> | undefined;

/** Adapters are opened at the first call, so importing this costs nothing. */
function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const allowOrigins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS.split(",").filter(Boolean)];
  const mute = environment.CONFIGURATION_SET === "";
  return {
    sources: dynamoSources(table),
    articles: dynamoArticles(table),
    fetchFeed: openFetcher({ allowOrigins }),
    fetchPage: openFetcher({ allowOrigins, limit: PAGE_LIMIT, accept: PAGE_ACCEPT, advice: adviceForPage }),
    ...openParsers(),
    tell: mute ? undefined : notifyEditors(config.newsletters, sesOne(environment.CONFIGURATION_SET)),
    calendar: calendarsOf(config, readRepositoryFile),
    now: Date.now,
    random: Math.random,
  };
}

/** When each newsletter's editions of today and tomorrow take in articles for the last time. */
const completedSoon = ({ calendar, now }: ReturnType<typeof open>): Instant[] =>
  Object.entries(config.newsletters).flatMap(([newsletter, { timeZone }]) =>
    calendarDays(calendar(newsletter), localDate(toInstant(now()), timeZone), 2).flatMap(({ gateAt }) => gateAt ?? []),
  );

export async function handler(event: unknown): Promise<IngestResponse> {
  ports ??= open();
  const { tell } = ports;
  const { check, page, ...request } = IngestRequest.parse(event ?? {});
  if (page !== undefined) return { reports: [], page: await readPage(ports, page) };
  if (check !== undefined) return { reports: [await tryAddress(ports, check)] };
  const reports = await pollSources(ports, request, config.sources, completedSoon(ports));
  for (const { source, error, url, movedTo } of reports) {
    if (error !== null) logger.warn("source failed", { source, error });
    if (movedTo !== null) logger.warn("source moved", { security: "source-moved", source, from: url, to: movedTo });
  }
  // The news is in: a mail that cannot be sent isn't reason to fail.
  if (tell)
    await Promise.all([
      reportBroken({ ...ports, notifyEditors: tell }, config.newsletters, reports),
      reportLimits(tell, config.newsletters, reports),
    ]).catch((error) => logger.error("editors not told", { error }));
  return { reports };
}
