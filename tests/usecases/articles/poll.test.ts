import { beforeEach, describe, expect, test } from "vitest";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { done, fault } from "#domain/outcome.ts";
import type { Source } from "#domain/source/source.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import type { FetchOutcome, IngestPorts } from "#usecases/articles/poll-source.ts";
import { draft, source, start } from "../../testing/articles/news.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let clock: number;
let sources: ReturnType<typeof memorySources>;
let articles: ReturnType<typeof memoryArticles>;
let answers: Map<string, FetchOutcome | Error>;
let requests: { url: string; etag: string | null }[];

/** A "feed" is the numbers of its articles, separated by commas; `title:` before them names it. */
const fetched = (body: string, change: Partial<FetchOutcome & { kind: "fetched" }> = {}): FetchOutcome => ({
  kind: "fetched",
  bytes: Buffer.from(body),
  contentType: null,
  etag: null,
  lastModified: null,
  url: null,
  movedTo: null,
  ...change,
});

const ports = (): IngestPorts => ({
  sources,
  articles,
  fetchFeed: async ({ url, etag }) => {
    requests.push({ url, etag });
    const answer = answers.get(url) ?? fetched("");
    if (answer instanceof Error) throw answer;
    return answer;
  },
  readFeed: ({ bytes }) => {
    const [title, numbers = ""] = Buffer.from(bytes).toString().split(":");
    if (title === "broken") return fault("not-a-feed", "It is not a feed.");
    const list = numbers.split(",").filter(Boolean).map(Number);
    return done({ feed: { title: title ?? null }, articles: list.map((n) => draft(n)), refused: [] });
  },
  feedsOfPage: ({ bytes }) => /^page (.*)$/.exec(Buffer.from(bytes).toString())?.slice(1) ?? [],
  now: () => clock,
  random: () => 0.5,
});

const poll = (
  request: Parameters<typeof pollSources>[1] = { all: false },
  seeds: { url: string; weight: number }[] = [],
) => pollSources(ports(), request, seeds);
const urlOf = (name: string) => `https://${name}.example/feed.xml`;
const saved = async (id: string): Promise<Source> => {
  const found = await sources.get(id);
  if (found === undefined) throw new Error(`no source ${id}`);
  return found;
};

beforeEach(async () => {
  clock = start;
  sources = memorySources();
  articles = memoryArticles();
  answers = new Map();
  requests = [];
  await sources.put(source("gazette"));
});

test("polls due sources and reports the results", async () => {
  answers.set(urlOf("gazette"), fetched("The Harbour Gazette:1,2"));
  expect(await poll()).toMatchObject([
    { source: "gazette", outcome: "polled", fresh: 2, changed: 0, same: 0, error: null },
  ]);
  expect(await poll()).toEqual([]);
  clock += 3 * HOUR;
  answers.set(urlOf("gazette"), fetched("The Harbour Gazette:2,1"));
  expect(await poll()).toMatchObject([{ fresh: 0, same: 2 }]);
  expect(await saved("gazette")).toMatchObject({ articles: 2, failures: 0, lastArticleAt: "2026-11-23T06:30:00.000Z" });
});

test("named sources are polled whether due or not, and removed ones never", async () => {
  await sources.put({ ...source("herald"), nextPollAt: "2027-01-01T00:00:00.000Z" });
  await sources.put({ ...source("ghost"), removedAt: "2026-01-01T00:00:00.000Z" });
  expect(await poll({ sources: ["herald", "ghost"], all: false })).toMatchObject([{ source: "herald" }]);
  expect((await poll({ all: true })).map((one) => one.source)).toEqual(["gazette", "herald"]);
});

describe("a bad source doesn't stop the others", () => {
  test.each([
    ["fetching throws", new Error("socket hang up"), /socket hang up/],
    ["it is not a feed", fetched("broken"), /not a feed/],
    ["it is refused", { kind: "refused", message: "A private address." } as const, /private/],
    ["it failed", { kind: "failed", message: "It answers 500.", retryAfter: null } as const, /500/],
    ["it is gone", { kind: "gone", message: "It is gone." } as const, /gone/],
  ])("when %s", async (_what, answer, error) => {
    await sources.put(source("bad"));
    answers.set(urlOf("bad"), answer);
    answers.set(urlOf("gazette"), fetched("Gazette:1"));
    const reports = await poll();
    expect(reports).toMatchObject([
      { source: "bad", outcome: "failed" },
      { source: "gazette", fresh: 1 },
    ]);
    expect(reports[0]?.error).toMatch(error);
  });
});

test("failures space the polls out, keep what was known, and end with the first success", async () => {
  await sources.put({ ...source("gazette"), etag: '"a"', articles: 5 });
  answers.set(urlOf("gazette"), { kind: "failed", message: "It answers 500.", retryAfter: null });
  const waits: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    await poll({ all: true });
    waits.push(Date.parse((await saved("gazette")).nextPollAt) - clock);
    clock += DAY;
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBe(HOUR / 6);
  expect(waits.at(-1)).toBeLessThanOrEqual(DAY);
  expect(await saved("gazette")).toMatchObject({
    failures: 12,
    lastError: "It answers 500.",
    etag: '"a"',
    articles: 5,
  });
  answers.set(urlOf("gazette"), { kind: "unchanged", movedTo: null });
  expect(await poll({ all: true })).toMatchObject([{ outcome: "unchanged" }]);
  expect(await saved("gazette")).toMatchObject({ failures: 0, lastError: null });
});

test("a server's Retry-After is followed", async () => {
  answers.set(urlOf("gazette"), { kind: "failed", message: "Too often.", retryAfter: 20 * HOUR });
  await poll();
  expect(Date.parse((await saved("gazette")).nextPollAt) - clock).toBe(20 * HOUR);
});

test("validators of the last good answer are sent, and a permanent redirect that holds for a day moves the source", async () => {
  const moved = "https://new.example/feed.xml";
  answers.set(urlOf("gazette"), fetched("Gazette:1", { etag: '"v1"', movedTo: moved }));
  const reports = [];
  for (const hours of [0, 12, 24, 36]) {
    clock = start + hours * HOUR;
    reports.push(...(await poll({ all: true })).map(({ url, movedTo }) => ({ url, movedTo })));
  }
  expect(requests).toEqual([
    { url: urlOf("gazette"), etag: null },
    { url: urlOf("gazette"), etag: '"v1"' },
    { url: urlOf("gazette"), etag: '"v1"' },
    { url: moved, etag: '"v1"' },
  ]);
  expect(reports).toEqual([
    { url: urlOf("gazette"), movedTo: null },
    { url: urlOf("gazette"), movedTo: null },
    { url: urlOf("gazette"), movedTo: moved },
    { url: moved, movedTo: null },
  ]);
  expect((await saved("gazette")).id).toBe("gazette");
});

test("a feed that ends the whole poll has failed already, and isn't the first of the next one", async () => {
  await sources.put(source("herald"));
  answers.set(urlOf("gazette"), fetched("Gazette:1"));
  answers.set(urlOf("herald"), fetched("Herald:2"));
  // The process dies here: nothing after it is run.
  const died = pollSources(
    { ...ports(), readFeed: () => new Promise(() => undefined) },
    { all: false, sources: ["gazette"] },
    [],
  );
  await Promise.race([died, new Promise((wake) => setTimeout(wake, 20))]);
  expect(await saved("gazette")).toMatchObject({
    failures: 1,
    lastPolledAt: "2026-11-23T07:00:00.000Z",
    lastError: expect.stringContaining("was being read when its poll stopped"),
  });
  expect((await poll()).map((one) => one.source)).toEqual(["herald"]);
  clock += HOUR;
  expect(await poll({ all: false, sources: ["gazette"] })).toMatchObject([{ outcome: "polled", fresh: 1 }]);
  expect(await saved("gazette")).toMatchObject({ failures: 0, lastError: null });
});

test("a poll where nothing changed writes the source and nothing else", async () => {
  answers.set(urlOf("gazette"), fetched("Gazette:1,2"));
  await poll();
  const refuse = () => Promise.reject(new Error("written to"));
  articles = { ...articles, claim: refuse, redirect: refuse, add: refuse, replace: refuse };
  clock += 3 * HOUR;
  answers.set(urlOf("gazette"), fetched("Gazette:2,1"));
  expect(await poll()).toMatchObject([{ outcome: "polled", same: 2, error: null }]);
});

test("an answer that came before is not read again on the same day", async () => {
  answers.set(urlOf("gazette"), fetched("Gazette:1,2"));
  await poll();
  const reads: string[] = [];
  const { readFeed, ...others } = ports();
  const watched = {
    ...others,
    readFeed: (document: Parameters<typeof readFeed>[0]) => {
      reads.push(Buffer.from(document.bytes).toString());
      return readFeed(document);
    },
  };
  clock += 3 * HOUR;
  expect(await pollSources(watched, { all: true }, [])).toMatchObject([{ outcome: "unchanged", error: null }]);
  expect(await saved("gazette")).toMatchObject({ failures: 0, lastError: null });
  expect(reads).toEqual([]);
  answers.set(urlOf("gazette"), fetched("Gazette:1,2", { contentType: "text/xml; charset=iso-8859-1" }));
  expect(await pollSources(watched, { all: true }, [])).toMatchObject([{ outcome: "polled", same: 2 }]);
  clock += DAY;
  expect(await pollSources(watched, { all: true }, [])).toMatchObject([{ outcome: "polled", same: 2 }]);
  expect(reads).toEqual(["Gazette:1,2", "Gazette:1,2"]);
});

test("an answer that could not be read is read again", async () => {
  answers.set(urlOf("gazette"), fetched("broken"));
  expect(await poll({ all: true })).toMatchObject([{ outcome: "failed" }]);
  clock += HOUR;
  expect(await poll({ all: true })).toMatchObject([{ outcome: "failed" }]);
});

test("a source without a title takes its feed's; one with a title keeps it", async () => {
  const url = "https://herald.example/";
  answers.set(url, fetched("The Daily Herald:1"));
  answers.set(urlOf("gazette"), fetched("Something Else:2"));
  await poll({ all: false }, [{ url, weight: 2 }]);
  expect(await saved("herald-example")).toMatchObject({ title: "The Daily Herald", weight: 2 });
  expect((await saved("gazette")).title).toBe("The gazette");
  const titles = (await articles.seenBetween("2000-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z")).map(
    (a) => a.sourceTitle,
  );
  expect(titles.sort()).toEqual(["The Daily Herald", "The gazette"]);
});

test("a new source that is a web page moves to the feed the page names, once and only if that is one", async () => {
  await sources.put(source("herald"));
  answers.set(urlOf("gazette"), fetched("page https://gazette.example/real.xml"));
  answers.set("https://gazette.example/real.xml", fetched("Gazette:1"));
  answers.set(urlOf("herald"), fetched("page https://herald.example/loop"));
  answers.set("https://herald.example/loop", fetched("broken"));
  expect(await poll()).toMatchObject([{ outcome: "polled", fresh: 1 }, { outcome: "failed" }]);
  expect((await saved("gazette")).url).toBe("https://gazette.example/real.xml");
  expect((await saved("herald")).url).toBe(urlOf("herald"));
});

test("configured sources are put once, and a removed one stays removed", async () => {
  const seeds = [
    { url: "https://a.example/feed.xml", weight: 1 },
    { url: "https://a.example/rss.xml", weight: 1 },
  ];
  await poll({ all: false }, seeds);
  expect((await sources.all()).map((one) => one.id)).toEqual(["a-example", "a-example-2", "gazette"].sort());
  await sources.put({ ...(await saved("a-example")), removedAt: "2026-11-23T07:00:00.000Z" });
  clock += DAY;
  expect((await poll({ all: true }, seeds)).map((one) => one.source)).toEqual(["a-example-2", "gazette"]);
});

test("a configured source that moves for good is not put a second time, nor after it is removed", async () => {
  const seeds = [{ url: "https://a.example/feed.xml", weight: 1 }];
  answers.set("https://a.example/feed.xml", fetched("A:1", { movedTo: "https://a.example/new.xml" }));
  for (const hours of [0, 12, 24]) {
    clock = start + hours * HOUR;
    await poll({ all: true }, seeds);
  }
  expect((await saved("a-example")).url).toBe("https://a.example/new.xml");
  await poll({ all: true }, seeds);
  await sources.put({ ...(await saved("a-example")), removedAt: "2026-11-23T07:00:00.000Z" });
  await poll({ all: true }, seeds);
  expect((await sources.all()).map((one) => one.id)).toEqual(["a-example", "gazette"]);
});

test("old articles of a source's first poll are archive, and what comes later is news", async () => {
  clock = start + 4 * DAY;
  answers.set(urlOf("gazette"), fetched("Gazette:1"));
  await poll();
  clock += DAY;
  answers.set(urlOf("gazette"), fetched("Gazette:1,2"));
  await poll();
  const all = await articles.seenBetween("2000-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z");
  expect(all.map((one) => [one.guid, one.archive])).toEqual([
    ["guid-1", true],
    ["guid-2", false],
  ]);
});

test("what a source published while it was removed isn't news when it comes back; what follows is", async () => {
  answers.set(urlOf("gazette"), fetched("Gazette:1"));
  await poll();
  clock += 4 * DAY;
  await sources.put({ ...(await saved("gazette")), returnedAt: new Date(clock).toISOString() });
  answers.set(urlOf("gazette"), fetched("Gazette:1"));
  await poll({ all: true });
  answers.set(urlOf("gazette"), fetched("Gazette:1,2"));
  await poll({ all: true });
  expect(await saved("gazette")).toMatchObject({ returnedAt: null, articles: 2 });
  answers.set(urlOf("gazette"), fetched("Gazette:1,2,3"));
  await poll({ all: true });
  const all = await articles.seenBetween("2000-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z");
  expect(all.map((one) => [one.guid, one.archive]).toSorted()).toEqual([
    ["guid-1", false],
    ["guid-2", true],
    ["guid-3", false],
  ]);
});

test("two polls at once land each article once and leave one state", async () => {
  answers.set(urlOf("gazette"), fetched("Gazette:1,2,3"));
  const reports = (await Promise.all([poll(), poll()])).flat();
  expect(reports.reduce((sum, one) => sum + one.fresh, 0)).toBe(3);
  expect(await articles.seenBetween("2000-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z")).toHaveLength(3);
});

test("a source above its allowance is reported once in 30 days", async () => {
  const numbers = (from: number) => Array.from({ length: 600 }, (_, n) => from + n).join(",");
  const overLimits: boolean[] = [];
  for (const day of [0, 1, 29, 31]) {
    clock = start + day * DAY;
    answers.set(urlOf("gazette"), fetched(`Gazette:${numbers(day * 1000)}`));
    const [report] = await poll({ all: true });
    expect(report).toMatchObject({ fresh: 500, dropped: 100 });
    overLimits.push(report?.overLimit ?? false);
  }
  expect(overLimits).toEqual([true, false, false, true]);
});

test("a failing source is tried once more before an edition, so one that has recovered is in it", async () => {
  const gate = new Date(start + 10 * HOUR).toISOString();
  const pollFor = (minutesBefore: number) => {
    clock = start + 10 * HOUR - minutesBefore * 60_000;
    return pollSources(ports(), { all: false }, [], [gate]).then((reports) => reports.map(({ outcome }) => outcome));
  };
  answers.set(urlOf("gazette"), { kind: "failed", message: "It answers 500.", retryAfter: 20 * HOUR });
  await poll();
  await sources.put({
    ...source("healthy"),
    lastPolledAt: new Date(start).toISOString(),
    nextPollAt: "2026-11-24T07:00:00.000Z",
  });
  expect(await pollFor(30)).toEqual([]);
  answers.set(urlOf("gazette"), fetched("Gazette:1"));
  expect(await pollFor(24)).toEqual(["polled"]);
  answers.set(urlOf("gazette"), { kind: "failed", message: "It answers 500.", retryAfter: 20 * HOUR });
  await poll({ all: false, sources: ["gazette"] });
  expect(await pollFor(19)).toEqual([]);
  expect(await pollFor(-1)).toEqual([]);
});

test("at most 32 sources are fetched at the same time, however many are due", async () => {
  for (let n = 0; n < 70; n++) await sources.put(source(`paper${n}`));
  let underWay = 0;
  let most = 0;
  const fetchFeed = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return fetched("");
  };
  expect(await pollSources({ ...ports(), fetchFeed }, { all: true }, [])).toHaveLength(71);
  expect([most, underWay]).toEqual([32, 0]);
});
