import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { memoryArticles } from "#adapters/memory/articles.ts";
import type { DraftArticle } from "#domain/article/article.ts";
import { type ArticlePort, landArticles } from "#usecases/articles/land.ts";
import { draft, source, start } from "../../testing/news.ts";

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

  test("though its guid changes, which is no change to a reader", async () => {
    await land([draft(1)]);
    expect(await land([draft(1, { guid: "new" })])).toEqual(["same"]);
    expect(await all()).toHaveLength(1);
  });

  test("though all guids are made up anew at each poll, and then nothing is written", async () => {
    const poll = (n: number) => [1, 2, 3, 4].map((item) => draft(item, { guid: `made-up-${n}-${item}` }));
    await land(poll(1));
    const silent: ArticlePort = { ...store, claim: refuse, add: refuse, replace: refuse, redirect: refuse };
    expect(await land(poll(2), silent)).toEqual(["same", "same", "same", "same"]);
  });

  test("under every name it ever had", async () => {
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

  test("by whatever source brings it, and only the first may change it", async () => {
    await land([draft(1)]);
    const copy = draft(1, { guid: "copy", summary: "Vandalised" });
    expect(await land([copy], store, source("mirror"))).toEqual(["same"]);
    expect(await all()).toMatchObject([{ sourceId: "gazette", summary: "Summary 1" }]);
  });

  test("by whatever source brings it, though its title is short", async () => {
    await land([draft(1, { title: "Rain" })]);
    expect(await land([draft(1, { title: "Rain" })], store, source("mirror"))).toEqual(["same"]);
    expect(await land([draft(2, { title: "Rain" })], store, source("mirror"))).toEqual(["fresh"]);
  });

  test("and another source that uses its address for something else takes nothing away", async () => {
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

test("what did not change is not written", async () => {
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

test("at a first poll what is old by its own date is archive", async () => {
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
  };
}

const change = fc.record(
  {
    guid: fc.constantFrom("guid-1", "other"),
    url: fc.constantFrom("https://gazette.example/news/1", "https://x.example/"),
  },
  { requiredKeys: [] },
);

test("a poll that dies at any write loses nothing and doubles nothing", async () => {
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

test("a poll that dies while another source brings the same lands each article once", async () => {
  const mirror = source("mirror");
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
      expect(await all()).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

test("what a dead poll left is news from when it lands, not from when the poll died", async () => {
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
