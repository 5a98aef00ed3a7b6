import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import type { DraftArticle } from "#domain/article/article.ts";
import { openAllowance, usageAfter } from "#domain/source/allowance.ts";
import { type ArticlePort, landArticles } from "#usecases/articles/land.ts";
import { read, rss } from "../../testing/articles/feed-reading.ts";
import { draft, source, start } from "../../testing/articles/news.ts";

const gazette = source();
const MINUTE = 60_000;
const EVER = ["2000-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z"] as const;

let store: ReturnType<typeof memoryArticles>;
let clock: number;
beforeEach(() => {
  store = memoryArticles();
  clock = start;
});

const land = (drafts: readonly DraftArticle[], port: ArticlePort = store, from = gazette) =>
  landArticles(port, from, drafts, () => clock, null);
const all = () => store.seenBetween(...EVER);
const later = (minutes: number) => new Date(clock + minutes * MINUTE).toISOString();

describe("the same article lands once", () => {
  test.each([
    ["its address changes", { url: "https://gazette.example/elsewhere" }],
    ["its title changes", { title: "Bridge approved after all by the council" }],
    ["guid and address change", { guid: "new", url: "https://gazette.example/elsewhere" }],
    ["guid and title change", { guid: "new", title: "Bridge approved after all by the council" }],
    ["address and title change", { url: "https://gazette.example/other", title: "Bridge approved after all" }],
    ["the link is a mobile one", { guid: null, url: "https://m.gazette.example/news/1/" }],
  ])("though %s", async (_what, change) => {
    expect(await land([draft(1)])).toEqual(["fresh"]);
    const [before] = await all();
    clock += 60 * MINUTE;
    expect(await land([draft(1, change)])).toEqual(["changed"]);
    const [after, ...more] = await all();
    expect(more).toEqual([]);
    expect(after).toMatchObject({ id: before?.id, seenAt: before?.seenAt, ...change, guid: before?.guid });
    expect(after?.changedAt).not.toBe(before?.changedAt);
  });

  test("though its guid changes, which readers don't see", async () => {
    await land([draft(1)]);
    expect(await land([draft(1, { guid: "new" })])).toEqual(["same"]);
    expect(await all()).toHaveLength(1);
  });

  test("though all guids change at each poll, and then nothing is written", async () => {
    const poll = (n: number) => [1, 2, 3, 4].map((item) => draft(item, { guid: `made-up-${n}-${item}` }));
    await land(poll(1));
    const silent: ArticlePort = { ...store, claim: refuse, add: refuse, replace: refuse, redirect: refuse };
    expect(await land(poll(2), silent)).toEqual(["same", "same", "same", "same"]);
  });

  test("with a text so long that it is kept apart, which is written only when it changes", async () => {
    const paragraphs = Array.from({ length: 8 }, (_, n) => `Paragraph ${n} of the report. `.repeat(20).trim());
    await land([draft(1, { paragraphs })]);
    const silent: ArticlePort = { ...store, claim: refuse, add: refuse, replace: refuse, redirect: refuse };
    expect(await land([draft(1, { paragraphs })], silent)).toEqual(["same"]);
    clock += 60 * MINUTE;
    const longer = [...paragraphs, "And one more."];
    expect(await land([draft(1, { paragraphs: longer })])).toEqual(["changed"]);
    const [{ text, ...place } = { text: undefined, seenAt: "", id: "" }] = await all();
    expect(await store.texts([{ ...place, text: text ?? "" }])).toEqual(new Map([[place.id, longer]]));
  });

  test("under every name that it had before", async () => {
    await land([draft(1)]);
    await land([draft(1, { guid: "second" })]);
    await land([draft(1, { guid: "second", url: "https://gazette.example/b", title: "Bridge approved after all" })]);
    await land([draft(1, { guid: "third", url: "https://gazette.example/b", title: "Harbour bridge: what is next" })]);
    expect(await all()).toHaveLength(1);
  });

  test("within one document", async () => {
    expect(await land([draft(1), draft(1)])).toEqual(["fresh", "same"]);
  });

  test("within one document in two versions, which do not change it to and fro", async () => {
    const versions = [draft(1), draft(1, { summary: "Another" })];
    expect(await land(versions)).toEqual(["fresh", "same"]);
    expect(await land(versions)).toEqual(["same", "same"]);
  });

  test("whichever source brings it, and only the first may change it", async () => {
    await land([draft(1)]);
    const copy = draft(1, { guid: "copy", summary: "Vandalised" });
    expect(await land([copy], store, source("mirror"))).toEqual(["same"]);
    expect(await all()).toMatchObject([{ sourceId: "gazette", summary: "Summary 1" }]);
  });

  test("whichever source brings it, even with a short title", async () => {
    await land([draft(1, { title: "Rain" })]);
    expect(await land([draft(1, { title: "Rain" })], store, source("mirror"))).toEqual(["same"]);
    expect(await land([draft(2, { title: "Rain" })], store, source("mirror"))).toEqual(["fresh"]);
  });

  test("even if another source uses its address for something else", async () => {
    const stolen = draft(1, { title: "Buy our bridge while it lasts, friends", guid: null });
    expect(await land([stolen], store, source("spam"))).toEqual(["fresh"]);
    expect(await land([draft(1)])).toEqual(["fresh"]);
    expect(await all()).toHaveLength(2);
  });
});

describe("different articles stay different", () => {
  test("a series under one title", async () => {
    const day = (n: number) =>
      draft(n, { title: "The morning briefing from the harbour", published: `2026-11-2${n}T06:00:00.000Z` });
    await land([day(1)]);
    await land([day(2)]);
    expect(await all()).toHaveLength(2);
  });

  test("two of one document under one title, on pages of their own", async () => {
    const twins = [1, 2].map((n) => draft(n, { title: "Wild herbs of the harbour all year" }));
    expect(await land(twins)).toEqual(["fresh", "fresh"]);
    expect(await land(twins)).toEqual(["same", "same"]);
  });

  test("a feed that gives all its items one guid, or one link", async () => {
    const same = { guid: "0", url: "https://gazette.example/live" };
    const items = [1, 2, 3].map((n) => draft(n, same));
    expect(await land(items)).toEqual(["fresh", "fresh", "fresh"]);
    expect(await land(items)).toEqual(["same", "same", "same"]);
  });

  test("items that link to the front page", async () => {
    await land([draft(1, { guid: null, url: "https://gazette.example/" })]);
    await land([draft(2, { guid: null, url: "https://gazette.example/" })]);
    expect(await all()).toHaveLength(2);
  });

  test("items with a short title and nothing else", async () => {
    const bare = { guid: null, url: null, title: "Weather" };
    await land([draft(1, bare)]);
    await land([draft(2, bare)]);
    await land([draft(1, bare)]);
    expect(await all()).toHaveLength(2);
  });
});

test("an unchanged article is not written", async () => {
  await land([draft(1), draft(2)]);
  const silent: ArticlePort = { ...store, claim: refuse, add: refuse, replace: refuse, redirect: refuse };
  clock += 5 * MINUTE;
  expect(await land([draft(1), draft(2)], silent)).toEqual(["same", "same"]);
});
const refuse = () => Promise.reject(new Error("written to"));

test("an older version that comes back changes the text and not the time it was first seen", async () => {
  await land([draft(1)]);
  clock += MINUTE;
  await land([draft(1, { summary: "Newer" })]);
  clock += MINUTE;
  await land([draft(1)]);
  expect(await all()).toMatchObject([{ summary: "Summary 1", seenAt: "2026-11-23T07:00:00.000Z" }]);
});

test("at a first poll articles that are old by their own date are archive", async () => {
  const before = "2026-11-20T07:00:00.000Z";
  const drafts = [draft(1, { published: "2026-11-20T06:59:59.000Z" }), draft(2), draft(3, { published: null })];
  await landArticles(store, gazette, drafts, () => clock, before);
  const archived = (await all()).filter((article) => article.archive).map((article) => article.guid);
  expect(archived).toEqual(["guid-1"]);
});

/** A store whose process dies at its nth write: the write is done or not, and everything after fails. */
function dying(port: ArticlePort, at: number, after: boolean): ArticlePort {
  let writes = 0;
  const write =
    <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      writes += 1;
      if (writes > at) throw new Error("dead");
      if (writes < at) return run(...args);
      if (after) await run(...args);
      throw new Error("dead");
    };
  return {
    places: (hashes) => port.places(hashes),
    read: (places) => port.read(places),
    claim: write(port.claim),
    redirect: write(port.redirect),
    add: write(port.add),
    replace: write(port.replace),
    keep: write(port.keep),
  };
}

const change = fc.record(
  {
    guid: fc.constantFrom("guid-1", "other"),
    url: fc.constantFrom("https://gazette.example/news/1", "https://x.example/"),
  },
  { requiredKeys: [] },
);

test("a poll that crashes at any write loses nothing and duplicates nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.boolean(), change, fc.nat(10), async (at, after, changed, minutes) => {
      store = memoryArticles();
      clock = start;
      const drafts = [draft(1), draft(2), draft(3)];
      await land(drafts, dying(store, at, after)).catch(() => undefined);
      clock += minutes * MINUTE;
      await land([draft(1, changed), draft(2), draft(3)]);
      const guids = (await all()).map((article) => article.title).sort();
      expect(guids).toEqual(drafts.map((one) => one.title).sort());
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["another feed of the site brings the same lands each article once", "https://feeds.gazette.example/all.xml", 0],
  ["a stranger brings the same lands the site's own article once", "https://mirror.example/feed.xml", 1],
])("a poll that dies while %s", async (_what, url, more) => {
  const mirror = { ...source("mirror"), url, addedUrl: url };
  await fc.assert(
    fc.asyncProperty(fc.nat(9), fc.boolean(), fc.boolean(), fc.nat(10), async (at, after, first, minutes) => {
      store = memoryArticles();
      clock = start;
      const [one, other] = first ? [gazette, mirror] : [mirror, gazette];
      await land([draft(1)], dying(store, at, after), one).catch(() => undefined);
      await land([draft(1)], dying(store, 9 - at, after), other).catch(() => undefined);
      for (const from of [other, one, other]) {
        clock += minutes * MINUTE;
        await land([draft(1)], store, from);
      }
      const from = (await all()).map(({ sourceId }) => sourceId);
      expect(from.length).toBeGreaterThanOrEqual(1);
      expect(from.length).toBeLessThanOrEqual(1 + more);
      if (more > 0) expect(from.filter((id) => id === "gazette")).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

test("an article that a crashed poll left counts as news from when it lands", async () => {
  await land([draft(1)], dying(store, 4, true)).catch(() => undefined);
  expect(await all()).toEqual([]);
  clock += 5 * MINUTE;
  await land([draft(1)]);
  expect(await all()).toMatchObject([{ seenAt: "2026-11-23T07:05:00.000Z" }]);
});

/** Runs every step of a port in an order that the scheduler chooses. */
function scheduled(scheduler: fc.Scheduler, port: ArticlePort): ArticlePort {
  const step = <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) => scheduler.scheduleFunction(run);
  return {
    places: step(port.places),
    read: step(port.read),
    claim: step(port.claim),
    redirect: step(port.redirect),
    add: step(port.add),
    replace: step(port.replace),
    keep: step(port.keep),
  };
}

test("two polls at once land each article once, in whatever order their steps come", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), change, async (scheduler, changed) => {
      store = memoryArticles();
      clock = start;
      const first = land([draft(1), draft(2)], scheduled(scheduler, store));
      clock += 1;
      const second = land([draft(2), draft(1, changed)], scheduled(scheduler, store));
      await scheduler.waitFor(Promise.all([first, second]));
      expect((await all()).map((article) => article.title).sort()).toEqual([draft(1).title, draft(2).title]);
    }),
    { numRuns: 200 },
  );
});

describe("an outlet's pages are its own", () => {
  const at = (url: string) => ({ ...source("other"), url, addedUrl: url });
  const own = "https://gazette.example/feed.xml";

  test.each([
    ["a stranger's feed", "https://stranger.example/feed.xml"],
    ["a neighbour on a shared host", "https://gazette.example.pages.example/feed.xml"],
    ["a host whose name only ends alike", "https://notgazette.example/feed.xml"],
    ["a subdomain that anyone may have", "https://someone.gazette.example/feed.xml"],
    ["a push", "push:other"],
  ])("%s that comes first doesn't keep the outlet's own article out, and never changes it", async (_what, url) => {
    expect(await land([draft(1, { summary: "Distorted" })], store, at(url))).toEqual(["fresh"]);
    expect(await land([draft(1)])).toEqual(["fresh"]);
    expect(await land([draft(1, { summary: "Distorted again" })], store, at(url))).not.toEqual(["fresh"]);
    const articles = await all();
    expect(articles.filter(({ sourceId }) => sourceId === "gazette")).toMatchObject([{ summary: "Summary 1" }]);
    expect(articles).toHaveLength(2);
  });

  test.each(["feeds", "m", "rss2", "api"])("a neighbour named %s on a shared host is a stranger", async (name) => {
    const outlet = at("https://gazette.pages.example/feed.xml");
    const news = (summary: string) => draft(1, { summary, url: "https://gazette.pages.example/news/1" });
    expect(await land([news("Distorted")], store, at(`https://${name}.pages.example/feed.xml`))).toEqual(["fresh"]);
    expect(await land([news("As it is")], store, { ...outlet, id: "gazette" })).toEqual(["fresh"]);
  });

  test("what is said of a page elsewhere is marked", async () => {
    await land([draft(1), draft(2, { url: "https://gazette.example.pages.example/2" }), draft(3, { url: null })]);
    const marks = (await all()).map(({ guid, elsewhere }) => [guid, elsewhere]);
    expect(marks.toSorted()).toEqual([
      ["guid-1", undefined],
      ["guid-2", true],
      ["guid-3", undefined],
    ]);
  });

  test("a stranger that comes second is the same article", async () => {
    await land([draft(1)]);
    expect(await land([draft(1)], store, at("https://stranger.example/feed.xml"))).toEqual(["same"]);
    expect(await all()).toHaveLength(1);
  });

  test.each([
    ["www", "https://www.gazette.example/news.rss"],
    ["a host for feeds", "https://feeds.gazette.example/news"],
    ["another feed of its own", own],
  ])("%s of the outlet is the outlet", async (_what, url) => {
    await land([draft(1)]);
    expect(await land([draft(1)], store, at(url))).toEqual(["same"]);
  });

  test("two feeds of one service that carries other sites bring each article once", async () => {
    await land([draft(1)], store, at("https://service.example/a.xml"));
    const second = { ...at("https://service.example/b.xml"), id: "second" };
    expect(await land([draft(1)], store, second)).toEqual(["same"]);
  });
});

describe("the allowance of one source", () => {
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) =>
      draft(from + n, { published: new Date(start - (from + n) * MINUTE).toISOString() }),
    );
  const tally = (landings: readonly string[]) => Object.groupBy(landings, (one) => one);

  test("the newest articles of one document are kept and the oldest dropped", async () => {
    const landings = await land(many(700).reverse());
    expect(tally(landings).fresh).toHaveLength(500);
    expect(landings.slice(0, 200).every((one) => one === "dropped")).toBe(true);
    expect((await all()).map(({ guid }) => guid).sort()).toEqual(
      many(500)
        .map(({ guid }) => guid)
        .sort(),
    );
  });

  test("is limited in bytes too, and known articles don't count", async () => {
    const long = (n: number) => draft(n, { paragraphs: Array.from({ length: 8 }, () => "é".repeat(3000)) });
    const feed = Array.from({ length: 100 }, (_, n) => long(n));
    const landed = tally(await land(feed)).fresh?.length ?? 0;
    expect(landed).toBeGreaterThan(70);
    expect(landed).toBeLessThan(85);
    expect(tally(await land(feed)).same).toHaveLength(landed);
  });

  test("is limited in a day, whatever the number of documents, and changes count", async () => {
    let so = gazette;
    const poll = async (drafts: readonly DraftArticle[]) => {
      const allowance = openAllowance(so, clock);
      const landings = await landArticles(store, so, drafts, () => clock, null, allowance);
      so = { ...so, ...usageAfter(so, allowance, clock) };
      return tally(landings);
    };
    for (let n = 0; n < 3; n += 1) expect((await poll(many(500, n * 500))).fresh).toHaveLength(500);
    const changed = many(400).map((one) => ({ ...one, summary: "Corrected" }));
    expect((await poll(changed)).changed).toHaveLength(400);
    expect(await poll(many(300, 5000))).toMatchObject({ fresh: { length: 100 }, dropped: { length: 200 } });
    expect(so).toMatchObject({ landedOn: "2026-11-23", landedArticles: 2000 });
    clock += 24 * 60 * MINUTE;
    expect((await poll(many(300, 5000))).fresh).toHaveLength(200);
  });

  test("holds for new names of known articles too", async () => {
    const named = (what: string) => many(30).map((one) => ({ ...one, title: `${what} ${one.title}` }));
    await land(named("First"));
    let claims = 0;
    const counting: ArticlePort = {
      ...store,
      claim: (...args) => {
        claims += 1;
        return store.claim(...args);
      },
    };
    const allowance = { articles: 0, bytes: 1_000_000, landed: 0, landedBytes: 0 };
    await landArticles(counting, gazette, named("Second"), () => clock, null, allowance);
    expect(claims).toBe(0);
    await land(named("Second"), counting);
    expect(claims).toBeGreaterThan(29);
  });
});

describe("an article is kept for 60 days after it was last in its feed", () => {
  const DAY = 24 * 60 * MINUTE;
  const kept: number[] = [];
  const watched = (): ArticlePort => ({
    ...store,
    keep: async (...args) => {
      kept.push(args[2]);
      await store.keep(...args);
    },
  });

  test("its time moves on weekly, by its own source only", async () => {
    kept.length = 0;
    await land([draft(1)], watched());
    for (let day = 1; day <= 20; day += 1) {
      clock = start + day * DAY;
      await land([draft(1)], watched());
      await land([draft(1)], watched(), { ...source("other"), url: "https://www.gazette.example/x", addedUrl: null });
    }
    expect(kept).toEqual([8, 16].map((day) => (start + (day + 60) * DAY) / 1000));
  });
});

describe("an article is new if its date is new when first seen", () => {
  test("a date that moves at each fetch changes nothing", async () => {
    await land([draft(1)]);
    const [before] = await all();
    clock += 24 * 60 * MINUTE;
    expect(await land([draft(1, { published: later(0) })])).toEqual(["same"]);
    expect(await all()).toEqual([before]);
    expect(await land([draft(1, { published: later(0), summary: "Corrected." })])).toEqual(["changed"]);
    expect((await all())[0]).toMatchObject({ published: before?.published, summary: "Corrected." });
  });

  test("an undated article gets no date from after it was seen", async () => {
    await land([draft(1, { published: null })]);
    clock += 60 * MINUTE;
    expect(await land([draft(1, { published: later(0) })])).toEqual(["same"]);
    expect((await all())[0]?.published).toBeNull();
  });

  test("an event's article, dated months ahead, is kept for that day's edition", async () => {
    const ahead = later(75 * 24 * 60);
    let until = 0;
    const port: ArticlePort = {
      ...store,
      add: (article, expiry) => {
        until = expiry;
        return store.add(article, expiry);
      },
    };
    await land([draft(1, { published: ahead })], port);
    expect((await all()).map(({ seenAt }) => seenAt)).toEqual([ahead]);
    expect(until * 1000).toBeGreaterThan(Date.parse(ahead));
    clock += 60 * MINUTE;
    expect(await land([draft(1, { published: ahead })])).toEqual(["same"]);
    await land([draft(2, { published: later(400 * 24 * 60) })]);
    expect((await all()).find(({ url }) => url === draft(2).url)?.seenAt).toBe(later(0));
  });

  test("an undated article that gets a date of weeks ago is archive from then on", async () => {
    await land([draft(1, { published: null }), draft(2, { published: null })]);
    clock += 60 * MINUTE;
    const old = new Date(start - 21 * 24 * 60 * MINUTE).toISOString();
    const recent = new Date(start - 2 * 24 * 60 * MINUTE).toISOString();
    expect(await land([draft(1, { published: old }), draft(2, { published: recent })])).toEqual(["changed", "changed"]);
    expect((await all()).map(({ published, archive }) => [published, archive])).toEqual(
      expect.arrayContaining([
        [old, true],
        [recent, false],
      ]),
    );
    clock += 60 * MINUTE;
    await land([draft(1, { published: old, title: "Another headline over the same old text" })]);
    expect((await all()).find(({ published }) => published === old)?.archive).toBe(true);
  });

  test("half as many as may wait for one day nearly all find a place", async () => {
    const ahead = later(20 * 24 * 60);
    const many = Array.from({ length: 250 }, (_, n) => draft(n, { published: ahead }));
    expect((await land(many)).filter((one) => one === "fresh").length).toBeGreaterThan(240);
  });

  test("of one source's articles 500 at most wait for one day, however many days it lands them", async () => {
    const ahead = later(20 * 24 * 60);
    let landed = 0;
    for (let day = 0; day < 4; day += 1) {
      const many = Array.from({ length: 500 }, (_, n) => draft(1000 * day + n, { published: ahead }));
      landed += (await land(many)).filter((one) => one === "fresh").length;
      clock += 24 * 60 * MINUTE;
    }
    expect(landed).toBeGreaterThan(450);
    expect(landed).toBeLessThanOrEqual(500);
    expect(await all()).toHaveLength(landed);
    expect(await land([draft(9000, { published: later(30 * 24 * 60) })])).toEqual(["fresh"]);
    const other = { ...source("herald"), url: "https://herald.example/feed.xml" };
    expect(await land([draft(9001, { url: null, published: ahead })], store, other)).toEqual(["fresh"]);
  });

  test("and no more by moving others to that day", async () => {
    const [ahead, soon] = [later(20 * 24 * 60), later(5 * 24 * 60)];
    const named = (n: number, published: string) => draft(n, { published, title: `The matter of ${n} and ${n * 7}` });
    for (const from of [0, 1000, 2000]) {
      const many = (published: string) => Array.from({ length: 400 }, (_, n) => named(from + n, published));
      await land(many(new Date(Date.parse(soon) + from * 60 * MINUTE).toISOString()));
      await land(many(ahead));
    }
    const waiting = (await all()).filter(({ seenAt, archive }) => seenAt === ahead && !archive);
    expect(waiting.length).toBeGreaterThan(300);
    expect(waiting.length).toBeLessThanOrEqual(500);
  });

  test("an article dated some days ahead belongs to that day's edition", async () => {
    const ahead = later(5 * 24 * 60);
    await land([draft(1, { published: ahead }), draft(2, { published: later(10) })]);
    const seen = (await all()).map(({ seenAt, url }) => [url, seenAt]);
    expect(seen).toContainEqual([draft(1).url, ahead]);
    expect(seen).toContainEqual([draft(2).url, later(0)]);
    clock += 60 * MINUTE;
    expect(await land([draft(1, { published: ahead })])).toEqual(["same"]);
  });

  const DAY = 24 * 60;
  const waiting = async () => (await all()).filter(({ archive }) => !archive).map(({ seenAt }) => seenAt);

  test.each([
    ["the moment of the fetch", 0],
    ["a minute ahead", 1],
    ["local time written as UTC", 3 * 60],
  ])("a date that moves at each fetch, %s, stays the first", async (_what, ahead) => {
    const first = later(ahead);
    await land([draft(1, { published: first })]);
    for (const minutes of [30, 14 * 60, 2 * DAY]) {
      clock = start + minutes * MINUTE;
      expect(await land([draft(1, { published: later(ahead) })])).toEqual(["same"]);
    }
    expect((await all()).map(({ published }) => published)).toEqual([first]);
  });

  test.each([
    ["postponed by a week", 3 * DAY, 10 * DAY],
    ["brought forward", 6 * DAY, 2 * DAY],
    ["corrected to today", 30 * DAY, -60],
    ["corrected by years", 1500 * DAY, -60],
  ])("an event that is %s belongs to its new day's edition only", async (_what, before, after) => {
    const [first, second] = [later(before), later(after)];
    await land([draft(1, { published: first })]);
    clock += 10 * MINUTE;
    expect(await land([draft(1, { published: second })])).toEqual(["changed"]);
    expect(await waiting()).toEqual([after > 0 ? second : later(0)]);
    expect(await land([draft(1, { published: second })])).toEqual(["same"]);
  });

  test("an article first shown weeks after its date is archive", async () => {
    const old = new Date(start - 30 * 24 * 60 * MINUTE).toISOString();
    const before = new Date(start - 7 * 24 * 60 * MINUTE).toISOString();
    await landArticles(store, gazette, [draft(1, { published: old }), draft(2)], () => clock, before);
    expect((await all()).map(({ archive }) => archive).sort()).toEqual([false, true]);
  });
});

describe("the whole text identifies an article", () => {
  const text = ["The bridge over the harbour opened on Monday after nine years of work. ".repeat(5)];
  const moved = {
    url: "https://gazette.example/updated-slug",
    guid: "another",
    title: "Nine years on, a bridge at last for everyone",
    paragraphs: text,
  };

  test("under a new headline, address and guid", async () => {
    await land([draft(1, { paragraphs: text })]);
    clock += 20 * 60 * MINUTE;
    expect(await land([draft(1, moved)])).toEqual(["changed"]);
    expect(await all()).toHaveLength(1);
  });

  test("under a new headline that has no word of it, too", async () => {
    await land([draft(1, { paragraphs: text })]);
    clock += 20 * 60 * MINUTE;
    expect(await land([draft(1, { ...moved, title: "Quite a surprise" })])).toEqual(["changed"]);
    expect(await all()).toHaveLength(1);
  });

  test("but not where the text is a notice that has no word of the headline", async () => {
    const notice = { paragraphs: ["For subscribers only. ".repeat(12)] };
    await land([draft(1, { title: "Mayor opens the eel bridge at last", ...notice })]);
    clock += 20 * MINUTE;
    expect(await land([draft(2, { title: "Thousands march against the tax", ...notice })])).toEqual(["fresh"]);
    expect(await land([draft(3, { title: "ستة قتلى في انهيار جسر", ...notice })])).toEqual(["fresh"]);
    expect(await land([draft(4, { title: "橋が開通する", ...notice })])).toEqual(["fresh"]);
  });

  test("while its headline, address and guid change twice a day", async () => {
    await land([draft(1, { paragraphs: text })]);
    for (const n of [2, 3, 4, 5, 6, 7, 8]) {
      clock += 14 * 60 * MINUTE;
      expect(await land([draft(n, { paragraphs: text, published: later(0) })])).toEqual(["changed"]);
    }
    expect(await all()).toHaveLength(1);
  });

  test("of its reprint, which then gets another headline, address and guid", async () => {
    await land([draft(1, { paragraphs: text })]);
    clock += 72 * 60 * MINUTE;
    expect(await land([draft(2, { paragraphs: text, published: later(0) })])).toEqual(["fresh"]);
    clock += 60 * MINUTE;
    expect(await land([draft(3, { paragraphs: text, published: later(0) })])).toEqual(["changed"]);
  });

  test("but not days later, nor where many have it, nor where it is short", async () => {
    await land([draft(1, { paragraphs: text })]);
    clock += 72 * 60 * MINUTE;
    expect(await land([draft(1, moved)])).toEqual(["fresh"]);
    const many = [3, 4].map((n) => draft(n, { paragraphs: ["For subscribers only. ".repeat(12)] }));
    expect(await land(many)).toEqual(["fresh", "fresh"]);
    expect(await land([draft(5, { paragraphs: ["Rain."] }), draft(6, { paragraphs: ["Rain."] })])).toEqual([
      "fresh",
      "fresh",
    ]);
  });
});

describe("one page or one id, two articles", () => {
  test("a bulletin's next item", async () => {
    const page = { url: "https://gazette.example/bulletin" };
    await land([draft(1, page)]);
    clock += 24 * 60 * MINUTE;
    expect(await land([draft(2, page)])).toEqual(["fresh"]);
  });

  test("a series with one identity and one title", async () => {
    const series = { guid: "briefing", title: "Briefing" };
    const two = [1, 2].map((n) => draft(n, { ...series, paragraphs: [`Day ${n}.`] }));
    expect(await land(two)).toEqual(["fresh", "fresh"]);
  });
});

describe("lines that a feed repeats aren't part of its articles, whatever else it holds at a poll", () => {
  const FOOTER = "Chip in to keep our reporting free";
  const reports = Array.from({ length: 6 }, (_, n) => ({
    title: `Harbour number ${n} is closed for the eels`,
    id: `g${n}`,
    text: `The harbour ${n} stays closed until spring, the council decided. ${"It has twelve quays. ".repeat(8 * (n + 12))}`,
  }));
  const poll = (chosen: typeof reports, footer = FOOTER) => {
    const items = chosen.map(
      ({ title, id, text }) =>
        `<item><title>${title}</title><guid isPermaLink="false">${id}</guid><link>https://gazette.example/${id}</link><description>&lt;p>${text.trim()}&lt;/p>&lt;p>${footer}&lt;/p></description></item>`,
    );
    return land(read(rss(items.join(""))).articles);
  };
  const few = reports.slice(0, 2);
  const stored = async (title: string | undefined) => (await all()).filter((one) => one.title === title);

  test("nothing is written where they are found later, or no longer", async () => {
    await poll(few);
    expect(await poll(reports)).toEqual(["same", "same", "fresh", "fresh", "fresh", "fresh"]);
    const rest = reports.slice(4);
    const [known] = await stored(rest[0]?.title);
    expect(known?.paragraphs.join(" ")).not.toContain(FOOTER);
    clock += MINUTE;
    expect(await poll(rest)).toEqual(["same", "same"]);
    expect(await stored(rest[0]?.title)).toEqual([known]);
  });

  test("a new headline, address and guid at the same time make no new article", async () => {
    await poll(reports);
    const moved = few.map((one) => ({ ...one, id: `${one.id}-moved`, title: `${one.title}, says the council` }));
    clock += 60 * MINUTE;
    expect(await poll(moved)).toEqual(["changed", "changed"]);
    expect(await all()).toHaveLength(6);
    expect(await poll([...moved, ...reports.slice(2)])).not.toContain("fresh");
  });

  test("a correction of the text is one, and the line changes alone are none", async () => {
    await poll(reports);
    clock += MINUTE;
    expect(await poll(reports, "Chip in so that our reporting stays free")).toEqual(reports.map(() => "same"));
    const corrected = few.map((one) => ({ ...one, text: one.text.replace("spring", "autumn") }));
    expect(await poll(corrected)).toEqual(["changed", "changed"]);
    expect(await poll([...corrected, ...reports.slice(2)])).toEqual(reports.map(() => "same"));
  });
});
