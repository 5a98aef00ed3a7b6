import { beforeEach, expect, test } from "vitest";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { calendarOf } from "#domain/config/calendars.ts";
import { defineConfig } from "#domain/config.ts";
import { done } from "#domain/outcome.ts";
import { ingest } from "#usecases/articles/ingest.ts";
import type { FetchOutcome } from "#usecases/articles/poll-source.ts";
import type { Notice } from "#usecases/ports/services.ts";
import { source, start } from "../../testing/articles/news.ts";

const { newsletters } = defineConfig({
  newsletters: {
    daily: {
      title: "The Daily",
      from: { name: "The Daily", address: "daily@broadsheet.example" },
      editors: ["ed@broadsheet.example"],
      postalAddress: "1 Example Street",
    },
  },
});
const [daily] = Object.values(newsletters);

let sources: ReturnType<typeof memorySources>;
let answer: FetchOutcome;
let notices: Notice[];
let lines: [level: string, message: string, about: Record<string, unknown>][];

const fetched = (change: Partial<FetchOutcome & { kind: "fetched" }> = {}): FetchOutcome => ({
  kind: "fetched",
  bytes: Buffer.from(""),
  contentType: null,
  etag: null,
  lastModified: null,
  url: null,
  movedTo: null,
  ...change,
});
const note = (level: string) => (message: string, about: Record<string, unknown>) => {
  lines.push([level, message, about]);
};

const ports = () => ({
  sources,
  articles: memoryArticles(),
  newsletters,
  seeds: [],
  calendar: () => calendarOf(daily ?? expect.fail(), () => ""),
  fetchFeed: async () => answer,
  readFeed: () => done({ feed: { title: "The Gazette" }, articles: [], refused: [] }),
  feedsOfPage: () => [],
  fetchPage: async () => answer,
  factsOfPage: async () => null,
  notifyEditors: async (notice: Notice) => {
    notices.push(notice);
  },
  now: () => start,
  random: () => 0.5,
  log: { info: note("info"), warn: note("warn"), error: note("error") },
});

beforeEach(async () => {
  sources = memorySources();
  answer = { kind: "failed", message: "It returned 500.", retryAfter: null };
  notices = [];
  lines = [];
  // One more failure, and its editors hear of it.
  await sources.put({ ...source("gazette"), failures: 4 });
});

test("a failed poll is logged, and the editors of the newsletters that read the source are notified", async () => {
  const { reports } = await ingest(ports(), { all: true });
  expect(reports).toMatchObject([{ source: "gazette", outcome: "failed" }]);
  expect(lines).toEqual([["warn", "source failed", { source: "gazette", error: "It returned 500." }]]);
  expect(notices.map(({ newsletter, subject }) => [newsletter, subject])).toEqual([
    ["daily", "A source is broken: The gazette"],
  ]);
});

test("editors who can't be reached are logged, and the poll stays good", async () => {
  const notifyEditors = () => Promise.reject(new Error("throttled"));
  const { reports } = await ingest({ ...ports(), notifyEditors }, { all: true });
  expect(reports).toHaveLength(1);
  expect(lines.at(-1)).toMatchObject(["error", "editors not told", { error: { message: "throttled" } }]);
});

test("without mails, no source is noted as reported", async () => {
  await ingest({ ...ports(), notifyEditors: undefined }, { all: true });
  expect(await sources.get("gazette")).toMatchObject({ failures: 5, reportedAt: null });
});

test.each([
  ["an address", { check: "https://gazette.example/feed.xml" }, { reports: [{ outcome: "failed" }] }],
  ["a page", { page: "https://gazette.example/story" }, { reports: [], page: { ok: false } }],
])("looking at %s polls nothing", async (_what, request, expected) => {
  expect(await ingest(ports(), { ...request, all: false })).toMatchObject(expected);
  expect(await sources.get("gazette")).toMatchObject({ failures: 4 });
  expect(notices).toEqual([]);
});

test("a source whose feed has moved is logged for the people who guard the deployment", async () => {
  const from = "https://gazette.example/feed.xml";
  const to = "https://gazette.example/new.xml";
  answer = fetched({ movedTo: to });
  let reports: Awaited<ReturnType<typeof ingest>>["reports"] = [];
  for (let poll = 0; poll < 20 && !reports.some(({ movedTo }) => movedTo !== null); poll++) {
    const day = start + poll * 86_400_000;
    ({ reports } = await ingest({ ...ports(), now: () => day }, { all: true }));
  }
  expect(lines.at(-1)).toEqual(["warn", "source moved", { security: "source-moved", source: "gazette", from, to }]);
});
