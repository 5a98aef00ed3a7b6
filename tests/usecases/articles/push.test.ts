import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFeed } from "#adapters/feed-parsing/read.ts";
import { limits } from "#domain/article/push.ts";
import { newSource } from "#domain/source/polling.ts";
import { toInstant } from "#domain/time/instant.ts";
import { landArticles } from "#usecases/articles/land.ts";
import { article, newsroom, problemIn, start } from "../../testing/articles/push-newsroom.ts";

const what = ({ outcomes }: { outcomes: { outcome: string }[] }) => outcomes.map(({ outcome }) => outcome);

describe("articles that are pushed", () => {
  test("land once: new, then the same, then changed", async () => {
    const { send, stored } = await newsroom();
    expect((await send([article(1), article(2)])).outcomes).toEqual([
      { id: "story-1", outcome: "new" },
      { id: "story-2", outcome: "new" },
    ]);
    expect(
      what(await send([article(2), article(3), article(1, { title: "Council rejects the harbour bridge" })])),
    ).toEqual(["same", "new", "changed"]);
    const titles = (await stored()).map(({ title }) => title);
    expect(titles).toHaveLength(3);
    expect(titles).toContain("Council rejects the harbour bridge");
  });

  test("are normalised as a feed's are", async () => {
    const { send, stored } = await newsroom();
    await send([
      {
        id: "x",
        title: "Rain &amp;amp; <b>snow</b>\u200b",
        url: "HTTPS://desk.example/a?utm_source=x#top",
        published: "Mon, 23 Nov 2026 08:00:00 +0200",
        content_html: '<p>One <script>alert(1)</script></p><p>Two</p><img src="https://desk.example/p.jpg" alt="P">',
        author: "Ada",
        section: "City",
        language: "en-GB",
        image: { url: "https://desk.example/lead.jpg", alt: "Lead" },
      },
    ]);
    expect(await stored()).toMatchObject([
      {
        title: "Rain & snow",
        url: "https://desk.example/a",
        guid: "x",
        published: "2026-11-23T06:00:00.000Z",
        paragraphs: ["One", "Two"],
        author: "Ada",
        section: "City",
        language: "en",
        image: { url: "https://desk.example/lead.jpg", alt: "Lead" },
        sourceId: "desk",
        sourceTitle: "The desk",
        archive: false,
      },
    ]);
  });

  test("stay the same in another request", async () => {
    const { send } = await newsroom();
    const plain = (n: number) =>
      article(n, { language: null, published: null, title: `Städtische Nachricht Nummer ${n}` });
    await send([plain(1), plain(2), plain(3), article(4, { language: null })]);
    expect(what(await send([plain(1)]))).toEqual(["same"]);
  });

  test("of an outlet's pages don't keep the outlet's own articles out, and come after them", async () => {
    const pageOf = (n: number) => `https://www.wire.example/${n}`;
    const feed = {
      version: "https://jsonfeed.org/version/1.1",
      title: "Wire",
      items: [1, 2].map((n) => ({
        ...article(n),
        url: pageOf(n),
        id: `wire-${n}`,
        date_published: "2026-11-23T06:30:00Z",
      })),
    };
    const { send, stored, articles, clock } = await newsroom();
    const pushed = (n: number) => article(n, { url: pageOf(n) });
    const read = readFeed({
      bytes: Buffer.from(JSON.stringify(feed)),
      url: "https://wire.example/feed.json",
      contentType: null,
      now: start,
    });
    if (!read.ok) throw new Error(read.fault.message);
    const wire = newSource({ url: "https://wire.example/feed.json", id: "wire" }, toInstant(start));
    await send([pushed(1)]);
    const landings = await landArticles(articles, wire, read.value.articles, () => clock.now, null);
    expect(landings).toEqual(["fresh", "fresh"]);
    expect(what(await send([pushed(2)]))).toEqual(["same"]);
    expect((await stored()).map(({ sourceId }) => sourceId).sort()).toEqual(["desk", "wire", "wire"]);
  });

  test("that are bad don't stop the others, and each says why", async () => {
    const { send, stored } = await newsroom();
    const { outcomes } = await send([
      article(1),
      { id: "no-title", url: "https://desk.example/x" },
      { id: "two", title: "Two bodies of one text", content_html: "<p>a</p>", content_text: "a" },
      article(4, { titel: "x", image: { alt: "no url" } }),
      article(1, { title: "The same id once more" }),
      article(6),
      { id: "blank", title: " \t" },
    ]);
    expect(what({ outcomes })).toEqual(["new", "refused", "refused", "refused", "refused", "new", "refused"]);
    expect(outcomes.map(({ why = "" }) => why)).toEqual([
      "",
      expect.stringMatching(/^title: /),
      expect.stringContaining("send one of them"),
      expect.stringMatching(/image\.url: .*titel|titel.*image\.url: /),
      expect.stringContaining("same id"),
      "",
      expect.stringMatching(/^title: .*empty/),
    ]);
    expect(await stored()).toHaveLength(2);
  });

  test("report what was changed or left out", async () => {
    const { send } = await newsroom();
    const { outcomes } = await send([
      article(1, { published: "yesterday-ish" }),
      article(2, { published: "2026-11-23T06:30:00" }),
      article(3, { url: "javascript:alert(1)" }),
      article(4, { published: "2027-11-23T06:30:00Z" }),
      article(5, { published: null, url: null }),
    ]);
    expect(what({ outcomes })).toEqual(["new", "new", "new", "new", "new"]);
    expect(outcomes.map(({ why = "" }) => why)).toEqual([
      expect.stringContaining("not a date"),
      expect.stringContaining("UTC"),
      expect.stringContaining("no link"),
      expect.stringContaining("waits"),
      "",
    ]);
  });

  test("of a backlog are archive in every push of it, not in the first alone", async () => {
    const { send, stored } = await newsroom();
    await send([article(1, { published: "2026-01-01T00:00:00Z" }), article(2)]);
    await send([article(3, { published: "2026-01-02T00:00:00Z" })]);
    expect((await stored()).map(({ guid, archive }) => [guid, archive]).sort()).toEqual([
      ["story-1", true],
      ["story-2", false],
      ["story-3", true],
    ]);
  });

  test("never crash the function, and each has one outcome in its place", async () => {
    const { send } = await newsroom();
    const field = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(null), fc.webUrl());
    const keys = [
      "id",
      "title",
      "url",
      "published",
      "summary",
      "content_html",
      "author",
      "language",
      "image",
      "__proto__",
    ];
    const one = fc.dictionary(fc.constantFrom(...keys), field);
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 20 }), async (list) => {
        const { status, outcomes } = await send(list);
        expect(status).toBe(200);
        expect(outcomes).toHaveLength(list.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe("health", () => {
  test("is the last push, the newest article and how many there are; pushes at once add up", async () => {
    const { send, sources, clock } = await newsroom();
    await Promise.all([1, 2, 3, 4].map((n) => send([article(n)])));
    clock.now += 60_000;
    await send([article(5, { published: "2026-11-23T07:00:30Z" }), article(1)]);
    expect(await sources.get("desk")).toMatchObject({
      lastPolledAt: "2026-11-23T07:01:00.000Z",
      lastArticleAt: "2026-11-23T07:00:30.000Z",
      articles: 5,
      failures: 0,
    });
  });
});

describe("two pushes of the same articles at once", () => {
  test("store each once", async () => {
    const { send, stored } = await newsroom();
    const list = Array.from({ length: 20 }, (_, n) => article(n));
    const both = await Promise.all([send(list), send([...list].reverse())]);
    expect(both.flatMap(what).filter((one) => one === "new")).toHaveLength(20);
    expect(await stored()).toHaveLength(20);
  });
});

describe("a push that names itself", () => {
  test("gets the same answer again, byte for byte", async () => {
    const { send, clock } = await newsroom();
    const first = await send([article(1)], "n-1");
    clock.now += 23 * 3600_000;
    const second = await send([article(1)], "n-1");
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(what(second)).toEqual(["new"]);
  });

  test("is refused with another body, expires after a day, and is separate for each source", async () => {
    const { send, ask, add, clock } = await newsroom();
    await send([article(1)], "n-1");
    const other = await send([article(2)], "n-1");
    expect(other.status).toBe(422);
    expect(problemIn(other).fault).toEqual({ code: "key-reused", message: expect.stringContaining("key of its own") });
    const body = JSON.stringify({ articles: [article(3)] });
    const wire = { authorization: `Bearer ${await add("wire", "b")}`, "idempotency-key": "n-1" };
    expect((await ask(body, wire)).status).toBe(200);
    clock.now += 24 * 3600_000;
    expect(what(await send([article(2)], "n-1"))).toEqual(["new"]);
  });

  test("that is still in work has to wait; of many at once one is processed", async () => {
    const { send, stored } = await newsroom();
    const all = await Promise.all([1, 2, 3].map(() => send([article(1)], "n-1")));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(all.find(({ status }) => status === 409)?.headers).toMatchObject({ "retry-after": "5" });
    expect(await stored()).toHaveLength(1);
  });

  test("that failed halfway can be sent again at once, and nothing is lost or there twice", async () => {
    const room = await newsroom();
    let left = 3;
    const add = room.articles.add;
    Object.assign(room.articles, {
      add: async (...one: Parameters<typeof add>) => {
        left -= 1;
        if (left === 0) throw new Error("the table is gone");
        return add(...one);
      },
    });
    const list = [1, 2, 3, 4].map((n) => article(n));
    await expect(room.send(list, "n-1")).rejects.toThrow("the table is gone");
    const again = await room.send(list, "n-1");
    expect(again.status).toBe(200);
    expect(await room.stored()).toHaveLength(4);
  });

  test("whose worker crashed is taken over after half a minute", async () => {
    const room = await newsroom();
    const update = room.ports.receipts.update;
    Object.assign(room.ports.receipts, { update: async () => false });
    await room.send([article(1)], "n-1");
    Object.assign(room.ports.receipts, { update });
    expect((await room.send([article(1)], "n-1")).status).toBe(409);
    room.clock.now += 31_000;
    expect(what(await room.send([article(1)], "n-1"))).toEqual(["same"]);
    expect(what(await room.send([article(1)], "n-1"))).toEqual(["same"]);
  });
});

describe("a client without a key learns nothing else", () => {
  test("whatever is wrong with it", async () => {
    const { ask, key, sources, add } = await newsroom();
    const gone = await add("gone", "c");
    const known = await sources.get("gone");
    if (known === undefined) throw new Error("no source");
    await sources.put({ ...known, removedAt: toInstant(start) });
    await sources.add(newSource({ url: "https://feed.example/", id: "feed" }, toInstant(start)));
    const wrong = [
      undefined,
      "",
      key,
      `Basic ${key}`,
      `Bearer ${key}0`,
      `Bearer ${key.replace("aaaa", "aaab")}`,
      `Bearer ${gone}`,
    ];
    wrong.push(`Bearer bsk_nobody_${"a".repeat(48)}`, `Bearer bsk_feed_${"a".repeat(48)}`, "Bearer ../../x");
    const answers = await Promise.all(wrong.map((authorization) => ask("{}", { authorization })));
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 401));
    expect(new Set(answers.map(({ body, headers }) => JSON.stringify([body, headers]))).size).toBe(1);
    expect(answers[0]?.headers["www-authenticate"]).toBe("Bearer");
  });

  test("a client that sends too much, or too large a body, is refused before its key is looked up", async () => {
    const lookups: string[] = [];
    const pushKeys = { get: async () => void lookups.push("key"), put: async () => undefined };
    const limited = await newsroom({ allowClient: (address) => address !== "192.0.2.1", pushKeys });
    const refused = await limited.ask("{}");
    expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
    expect(problemIn(refused).fault.code).toBe("too-many-requests");
    const free = await newsroom({ pushKeys });
    expect((await free.ask(" ".repeat(limits.body + 1))).status).toBe(413);
    expect(lookups).toEqual([]);
    expect((await free.ask("{}")).status).toBe(401);
    expect(lookups).toEqual(["key"]);
  });

  test("the scheme's case does not matter, and the key stays out of what is logged", async () => {
    const { ask, key, lines } = await newsroom();
    const body = JSON.stringify({ articles: [article(1)] });
    expect((await ask(body, { authorization: `bearer ${key}` })).status).toBe(200);
    expect(lines).toEqual([{ source: "desk", new: 1, changed: 0, same: 0, refused: 0 }]);
  });
});

describe("a body that is malformed stores nothing", () => {
  test.each<[string, string, string[]]>([
    ["no JSON", "{", []],
    ["no object", "[]", ["(body)"]],
    ["no articles", "{}", ["articles"]],
    ["none", '{"articles":[]}', ["articles"]],
    ["too many", JSON.stringify({ articles: Array.from({ length: 101 }, (_, n) => article(n)) }), ["articles"]],
    ["another field", JSON.stringify({ articles: [article(1)], feed: 1 }), ["(body)"]],
    [
      "no articles in it",
      '{"articles":[{"title":"x"},7,null,[]],"a":1}',
      ["articles[1]", "articles[2]", "articles[3]", "(body)"],
    ],
  ])("%s", async (_, body, at) => {
    const { ask, stored } = await newsroom();
    const said = await ask(body);
    expect(said.status).toBe(400);
    expect((problemIn(said).faults ?? []).map(({ path }) => path)).toEqual(at);
    expect(await stored()).toEqual([]);
  });

  test("not UTF-8", async () => {
    const { ask } = await newsroom();
    expect(problemIn(await ask(new Uint8Array([0x7b, 0xff]))).fault.message).toContain("UTF-8");
  });

  test("100 articles are not too many", async () => {
    const { send, stored } = await newsroom();
    expect((await send(Array.from({ length: 100 }, (_, n) => article(n)))).status).toBe(200);
    expect(await stored()).toHaveLength(100);
  });
});
