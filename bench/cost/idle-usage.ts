import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { dynamoReminders } from "#adapters/dynamo/audience/reminders.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoSchedule } from "#adapters/dynamo/editions/schedule.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { openParsers } from "#adapters/feed-parsing/worker/pool.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { newSource } from "#domain/source/polling.ts";
import { toInstant } from "#domain/time/instant.ts";
import { startData } from "#local/data/start.ts";
import { approvedAt } from "#tests/simulation/world/content.ts";
import { config, key, revision, subscriber } from "#tests/testing/delivery/delivery-system.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import { findMissingEditions } from "#usecases/delivery/watch/expected-editions.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { makeDue } from "#usecases/editions/schedule/make-due.ts";
import { openMeter, type Units } from "../meter.ts";

/** What each event without readers consumes of the table. */
type IdleUsage = {
  /** A round of watch, ingest and requests in which nothing is due. */
  watch: Units;
  ingest: Units;
  requests: Units;
  /** A poll of a source without news, and each new article. */
  poll: Units;
  article: Units;
};

const SOURCES = 50;
const ITEMS = 20;
const silent = { info: () => undefined, warn: () => undefined, error: console.error };
const nothing = async () => undefined;

/** Runs each of them over a counting table with one newsletter, 50 sources and a finished edition. */
export async function measureIdleUsage(): Promise<IdleUsage> {
  const data = await startData({ port: 0, table: "broadsheet" });
  const meter = openMeter(data.url);
  const { table } = meter;
  try {
    const sources = dynamoSources(table);
    const at = toInstant(Date.now());
    for (let n = 0; n < SOURCES; n += 1) {
      const source = newSource({ url: `https://source-${n}.example/feed.xml`, id: `source-${n}` }, at);
      await sources.add({ ...source, nextPollAt: toInstant(Date.now() + 3_600_000), title: `The Source ${n}` });
    }
    const round = watchRound(table);
    await finishedEdition(table);
    await round();
    meter.reset();
    await round();
    const watched = meter.reset();
    await dynamoReminders(table).due(at);
    const requests = meter.reset();
    const { poll, article, ingest } = await measurePolls(table, meter.reset);
    return { watch: watched, ingest, requests, poll, article };
  } finally {
    meter.close();
    await data.close();
  }
}

/** One round of watch, as in a warm function. */
function watchRound(table: Table): () => Promise<void> {
  const now = () => toInstant(Date.now());
  const [editions, ledger, schedule] = [dynamoEditions(table), dynamoLedger(table), dynamoSchedule(table)];
  const common = { editions, ledger, now, log: silent };
  const calendar = calendarsOf(config, () => "");
  const reached = new Set<string>();
  const backlog = async () => ({ waiting: 0, dead: 0 });
  return async () => {
    await makeDue({ ...common, config, calendar, schedule, startStep: nothing });
    await watch({
      ...{ ...common, kick: nothing, dispatch: nothing, notify: nothing, backlog, leaveHeartbeat: async () => true },
      settings: DeliverySettings.parse({}),
    });
    const subscribers = dynamoSubscribers(table);
    const expected = { ...common, newsletters: config.newsletters, calendarOf: calendar, subscribers, reached };
    await findMissingEditions({ ...expected, notify: nothing });
  };
}

/** One finished edition to one reader. */
async function finishedEdition(table: Table): Promise<void> {
  const editions = dynamoEditions(table);
  const at = toInstant(Date.now());
  await dynamoSubscribers(table).write(key.newsletter, [{ before: undefined, after: subscriber(0) }]);
  await editions.putRevision(key, revision);
  await editions.create({ ...approvedAt(key, at), state: "finished", frozenAt: at, groups: 1, size: 50, frozen: 1 });
}

const feed = (from: number): Uint8Array => {
  const items = Array.from({ length: ITEMS }, (_, at) => {
    const text = "The council has met and decided what becomes of the old harbour. ".repeat(20);
    return `<item><title>The council decides matter ${from + at} of its long agenda</title><link>https://town.example/${from + at}</link><guid>t-${from + at}</guid><description>${text}</description></item>`;
  });
  const text = `<?xml version="1.0"?><rss version="2.0"><channel><title>Town</title>${items.join("")}</channel></rss>`;
  return new TextEncoder().encode(text);
};

async function measurePolls(table: Table, reset: () => Units) {
  const parsers = openParsers();
  let kind: "fetched" | "unchanged" = "unchanged";
  const ports = {
    ...{ sources: dynamoSources(table), articles: dynamoArticles(table), ...parsers, now: Date.now, random: () => 0.5 },
    fetchFeed: async () => {
      const common = { contentType: "application/rss+xml", etag: '"1"', lastModified: null, movedTo: null } as const;
      return kind === "unchanged"
        ? ({ kind, movedTo: null } as const)
        : ({ kind, bytes: feed(0), url: "https://source-0.example/feed.xml", ...common } as const);
    },
  };
  const none = { all: false };
  await pollSources(ports, none, []);
  const ingest = reset();
  const one = { all: false, sources: ["source-0"] };
  await pollSources(ports, one, []);
  const polled = reset();
  kind = "fetched";
  await pollSources(ports, one, []);
  const landed = reset();
  const less = (some: Units, other: Units): Units => ({
    writes: some.writes - other.writes,
    reads: some.reads - other.reads,
  });
  const articles = less(landed, polled);
  const article = { writes: articles.writes / ITEMS, reads: articles.reads / ITEMS };
  return { ingest, poll: less(polled, ingest), article };
}
