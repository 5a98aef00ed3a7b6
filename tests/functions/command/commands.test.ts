import { beforeEach, describe, expect, test } from "vitest";
import { newSource } from "#domain/source/polling.ts";
import { noDeliveries, now, setting } from "../../testing/command-setting.ts";

let it: ReturnType<typeof setting>;
beforeEach(() => {
  it = setting();
});

describe("a request", () => {
  test.each([
    [{ do: "fly" }, /"do" must be one of: .*send/],
    [null, /"do" must be one of/],
    ["send", /"do" must be one of/],
    [{ do: "send" }, /newsletter: /],
    [{ do: "show", newsletter: "daily", date: "yesterday" }, /date: not a calendar date such as 2026-11-23/],
    [{ do: "show", newsletter: "daily", date: "2026-02-30" }, /date: not a calendar date/],
    [{ do: "show", newsletter: "daily", dat: "2026-02-03" }, /dat/],
    [{ do: "decide", newsletter: "daily", decision: { do: "pin" } }, /story/],
  ])("%j is refused with a sentence", async (request, message) => {
    expect(await it.ask(request)).toMatchObject({
      fault: { code: "bad-request", message: expect.stringMatching(message) },
    });
  });

  test.each(["send", "show", "list", "build", "cancel", "subscriber list"])(
    "%s for an unknown newsletter names those there are",
    async (name) => {
      for (const newsletter of ["dayly", "__proto__"]) {
        expect(await it.ask({ do: name, newsletter })).toMatchObject({
          fault: { code: "unknown-newsletter", message: expect.stringContaining("Known: daily, weekly.") },
        });
      }
    },
  );

  test("may say who asks even where nobody writes it down", async () => {
    expect(await it.ask({ do: "list", newsletter: "daily", by: "ed" })).toMatchObject({ ok: true });
  });

  test("that breaks inside is answered without a stack, and logged with one", async () => {
    const ingest = () => Promise.reject(new Error("the table is away."));
    expect(await it.ask({ do: "ingest" }, { ingest })).toEqual({
      ok: false,
      fault: {
        code: "internal",
        message: "ingest failed: the table is away. The log of the command function has the details.",
      },
    });
    expect(it.logged).toHaveLength(1);
  });
});

describe("editions", () => {
  const addSource = () => it.sources.add(newSource({ url: "https://gazette.example/feed", id: "gazette" }, now));

  test("are made for today's date at the newsletter's home, and each decision answers with the workbench", async () => {
    await addSource();
    expect(await it.ask({ do: "build", newsletter: "daily", by: "ed" })).toMatchObject({
      value: { edition: { date: "2026-11-24" }, workbench: { decisions: 1 } },
    });
    const draft = { do: "draft", newsletter: "daily", text: "Lead\n\nOne", date: "2026-11-25", by: "ed" };
    expect(await it.ask(draft)).toMatchObject({ value: { edition: { date: "2026-11-25" } } });
    const pinned = await it.ask({ do: "decide", newsletter: "daily", decision: { do: "pin", story: "3" }, since: 1 });
    expect(pinned).toMatchObject({
      value: { edition: { date: "2026-11-24" }, workbench: { decisions: 2, since: { n: 1 } } },
    });
    expect(await it.editions.decisions({ newsletter: "daily", date: "2026-11-24" })).toMatchObject([
      { do: "build", by: "ed" },
      { do: "pin", by: "operator" },
    ]);
  });

  test("are drafted by the first decision about them", async () => {
    await addSource();
    const decided = await it.ask({
      do: "decide",
      newsletter: "daily",
      decision: { do: "remove", story: "1" },
      by: "ed",
    });
    expect(decided).toMatchObject({ ok: true });
    expect(await it.editions.decisions({ newsletter: "daily", date: "2026-11-24" })).toMatchObject([
      { do: "build", by: "ed" },
      { do: "remove", by: "ed" },
    ]);
  });

  test("are checked with their links unless not asked for", async () => {
    expect(await it.ask({ do: "check", newsletter: "daily" })).toMatchObject({
      value: { check: { rev: 1, links: [] } },
    });
    expect(await it.ask({ do: "check", newsletter: "daily", links: false })).toMatchObject({
      value: { check: { links: null } },
    });
    const target = { newsletter: "daily" };
    expect(it.calls.check).toMatchObject([
      { ...target, links: true },
      { ...target, links: false },
    ]);
  });

  test("are shown with their counts, their bytes, and the email as anyone may see it", async () => {
    await it.put("2026-11-24");
    expect(await it.ask({ do: "show", newsletter: "daily" })).toMatchObject({
      value: { edition: { subject: "News of 2026-11-24", counts: noDeliveries }, email: null },
    });
    expect(await it.ask({ do: "show", newsletter: "daily", email: true })).toMatchObject({
      value: {
        edition: { bytes: { html: expect.any(Number) } },
        email: { subject: "{News}", text: "https://news.example.com/unsubscribe" },
      },
    });
  });

  test("one that is not there: how to get it, and which is the newest", async () => {
    await it.put("2026-11-20");
    expect(await it.ask({ do: "show", newsletter: "daily" })).toMatchObject({
      fault: {
        code: "no-edition",
        message:
          "daily has no edition for 2026-11-24. Draft one with: npx --no-install broadsheet edition build daily --date 2026-11-24. The newest is of 2026-11-20 (--date 2026-11-20).",
      },
    });
  });

  test("are listed newest first", async () => {
    await it.put("2026-11-20", "finished", now);
    await it.put("2026-11-21");
    await it.worth.count({ newsletter: "daily", date: "2026-11-20" }, "a mark", "yes", 0);
    expect(await it.ask({ do: "list", newsletter: "daily" })).toEqual({
      ok: true,
      value: {
        editions: [
          { date: "2026-11-21", state: "draft", subject: "News of 2026-11-21", audience: 0, accepted: 0, worth: null },
          {
            date: "2026-11-20",
            state: "finished",
            subject: "News of 2026-11-20",
            audience: 0,
            accepted: 0,
            worth: { yes: 1, no: 0 },
          },
        ],
      },
    });
  });
});

describe("subscribers", () => {
  const add = (...addresses: string[]) => it.ask({ do: "subscriber add", newsletter: "daily", addresses, by: "ed" });

  test("are added; each bad one is named by its place and stops no other", async () => {
    expect(await add("ann@example.com", "not one", "Ann@Example.com", "bob@example.com")).toEqual({
      ok: true,
      value: { added: 2, already: 1, refused: [{ at: 1, why: expect.stringContaining("no @") }] },
    });
    expect(await add("bob@example.com")).toMatchObject({ value: { added: 0, already: 1 } });
    expect(await it.subscribers.count("daily")).toBe(2);
  });

  test("who left is not brought back by a list", async () => {
    await add("ann@example.com");
    for await (const ann of it.subscribers.walkShard("daily", await shardOf("ann@example.com"))) {
      await it.subscribers.write("daily", [{ before: ann, after: { ...ann, status: "left" } }]);
    }
    expect(await add("ann@example.com")).toMatchObject({
      value: { added: 0, refused: [{ at: 0, why: expect.stringContaining("unsubscribed on") }] },
    });
  });

  const shardOf = async (address: string) => {
    const { subscribers } = await it.subscribers.page("daily", undefined, 100);
    return Number.parseInt(subscribers.find((one) => one.address === address)?.id.slice(0, 2) ?? "", 16);
  };

  test("are shown and removed by their address, in any case", async () => {
    await add("ann@example.com");
    const ann = { newsletter: "daily", address: "ANN@example.COM" };
    expect(await it.ask({ do: "subscriber show", ...ann })).toMatchObject({
      value: { subscriber: { address: "ann@example.com", status: "active", consent: "vouched for by ed, 2026-11-23" } },
    });
    expect(await it.ask({ do: "subscriber remove", ...ann })).toEqual({ ok: true, value: { removed: true } });
    expect(await it.ask({ do: "subscriber remove", ...ann })).toEqual({ ok: true, value: { removed: false } });
    expect(await it.ask({ do: "subscriber list", newsletter: "daily" })).toMatchObject({ value: { subscribers: [] } });
    expect(await it.ask({ do: "subscriber show", ...ann })).toMatchObject({
      value: { subscriber: { status: "removed" } },
    });
    expect(await add("ann@example.com")).toMatchObject({ value: { added: 1 } });
  });

  test("an unknown address and no address are told apart", async () => {
    const show = { do: "subscriber show", newsletter: "daily" };
    expect(await it.ask({ ...show, address: "x@example.com" })).toMatchObject({
      fault: { code: "unknown-subscriber" },
    });
    expect(await it.ask({ ...show, address: "x" })).toMatchObject({ fault: { code: "bad-address" } });
  });

  test("pages go through all of them", async () => {
    await add(...Array.from({ length: 25 }, (_, n) => `r${n}@example.com`));
    const met = new Set<string>();
    let after: string | null | undefined;
    for (let page = 0; page < 3; page += 1) {
      const answer = await it.ask({ do: "subscriber list", newsletter: "daily", limit: 10, ...(after && { after }) });
      const { subscribers, next } = (answer as { value: { subscribers: { address: string }[]; next: string | null } })
        .value;
      for (const { address } of subscribers) met.add(address);
      after = next;
    }
    expect(met.size).toBe(25);
    expect(after).toBeNull();
  });

  test("the audit log knows who and how many, and no address", async () => {
    await add("ann@example.com", "bob@example.com");
    const [entry] = await it.audit.day("2026-11-23");
    expect(entry).toMatchObject({ by: "ed", did: "subscriber add", newsletter: "daily" });
    expect(entry?.subjects).toHaveLength(2);
    expect(JSON.stringify(entry)).not.toContain("@");
  });

  test("more than 500 at once are refused", async () => {
    expect(await add(...Array.from({ length: 501 }, () => "a@example.com"))).toMatchObject({
      fault: { code: "bad-request", message: expect.stringContaining("addresses") },
    });
  });
});

describe("sources", () => {
  const add = (url: string, more = {}) => it.ask({ do: "source add", url, by: "ed", ...more });

  const idOf = (answer: unknown) => (answer as { value: { source: { id: string } } }).value.source.id;

  test("have a readable name, each its own, and an address has one source", async () => {
    const id = idOf(await add("https://www.example.com/news/feed.xml#top"));
    expect(id).toBe("example-com-news");
    expect(idOf(await add("https://example.com/news/rss"))).not.toBe(id);
    expect(await add("https://www.example.com/news/feed.xml", { weight: 2 })).toMatchObject({
      value: { source: { id, weight: 2, url: "https://www.example.com/news/feed.xml" } },
    });
    expect(await it.sources.all()).toHaveLength(2);
  });

  test("what is no web address, and a name that is taken, are refused", async () => {
    for (const url of ["feed.xml", "file:///etc/passwd", "javascript:alert(1)", ""]) {
      expect(await add(url)).toMatchObject({
        fault: { code: "bad-request", message: expect.stringContaining("source check") },
      });
    }
    const secret = await add("https://ed:pass@example.com/feed.xml");
    expect(secret).toMatchObject({ fault: { message: expect.stringContaining("example.com has a user name") } });
    expect(JSON.stringify(secret)).not.toContain("pass");
    await add("https://example.com/feed.xml", { id: "example-com" });
    expect(await add("https://other.example/", { id: "example-com" })).toMatchObject({
      fault: { code: "bad-request" },
    });
    expect(await add("https://other.example/", { id: "Über" })).toMatchObject({ fault: { code: "bad-request" } });
  });

  test("one that can't be fetched isn't added, unless someone insists", async () => {
    const url = "https://gone.example/feed.xml";
    it.calls.unread.push(url);
    expect(await add(url)).toMatchObject({
      fault: { code: "fetch-failed", message: expect.stringMatching(/returned 404.*It wasn't added.*--anyway/) },
    });
    expect(await it.ask({ do: "source list" })).toMatchObject({ value: { sources: [] } });
    expect(await add(url, { anyway: true })).toMatchObject({ value: { source: { url } } });
    // It is one already: a new title needs no fetch.
    expect(await add(url, { title: "Gone" })).toMatchObject({ value: { source: { title: "Gone" } } });
  });

  test("a removed one is brought back as it was, and nothing else is", async () => {
    await add("https://example.com/feed.xml", { id: "example-com", title: "The Example", weight: 2 });
    expect(await it.ask({ do: "source restore", source: "example-com", by: "ed" })).toMatchObject({
      fault: { code: "unknown-source", message: expect.stringContaining("No source has been removed") },
    });
    await it.ask({ do: "source remove", source: "example-com", by: "ed" });
    expect(await it.ask({ do: "source restore", source: "nope", by: "ed" })).toMatchObject({
      fault: { message: expect.stringContaining("Removed sources: example-com.") },
    });
    const restored = { id: "example-com", title: "The Example", weight: 2, removedAt: null };
    expect(await it.ask({ do: "source restore", source: "https://example.com/feed.xml", by: "ed" })).toMatchObject({
      value: { source: { ...restored, returnedAt: expect.any(String) } },
    });
    expect(await it.ask({ do: "source list" })).toMatchObject({ value: { sources: [restored] } });
  });

  test("a renamed one keeps everything but its name", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    const rename = (title: string) => it.ask({ do: "source rename", source: "example-com", title, by: "ed" });
    expect(await rename("  The\nExample ")).toMatchObject({
      value: { source: { id: "example-com", title: "The Example" } },
    });
    expect(await it.sources.get("example-com")).toMatchObject({ title: "The Example", removedAt: null });
    expect(await rename(" ")).toMatchObject({ fault: { code: "bad-request" } });
    expect(await it.ask({ do: "source rename", source: "nope", title: "X" })).toMatchObject({
      fault: { code: "unknown-source" },
    });
  });

  test("a removed one stays as a tombstone, is not listed or polled, and can come back", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    expect(await it.ask({ do: "source remove", source: "https://example.com/feed.xml", by: "ed" })).toMatchObject({
      ok: true,
    });
    expect(await it.sources.get("example-com")).toMatchObject({ removedAt: now });
    expect(await it.ask({ do: "source list" })).toEqual({ ok: true, value: { sources: [] } });
    expect(await it.ask({ do: "ingest", source: "example-com" })).toMatchObject({ fault: { code: "unknown-source" } });
    expect(await add("https://example.com/feed.xml", { id: "other" })).toMatchObject({
      fault: { message: expect.stringContaining("without --id") },
    });
    expect(await add("https://example.com/feed.xml")).toMatchObject({ value: { source: { removedAt: null } } });
    expect((await it.audit.day("2026-11-23")).map(({ did }) => did)).toEqual([
      "source add",
      "source remove",
      "source add",
    ]);
  });

  test("a removed one comes back with its history, by whichever of its addresses it is added", async () => {
    await add("https://example.com/feed.xml", { id: "example-com", weight: 2 });
    const before = await it.sources.get("example-com");
    if (before === undefined) throw new Error("it was not added");
    const history = { url: "https://example.com/new.xml", etag: '"v1"', lastPolledAt: now, articles: 40, used: 9 };
    await it.sources.put({ ...before, ...history });
    for (const url of ["https://example.com/feed.xml", history.url]) {
      await it.ask({ do: "source remove", source: url });
      expect(await it.sources.get("example-com")).toMatchObject({ removedAt: now });
      const source = { ...history, id: "example-com", weight: 2, removedAt: null, returnedAt: now, nextPollAt: now };
      expect(await add(url)).toMatchObject({ value: { source } });
    }
    expect(await it.sources.all()).toHaveLength(1);
  });

  test("an address that is never fetched is refused when it is added, not at every poll after", async () => {
    expect(await add("http://127.0.0.1:8080/feed.xml")).toMatchObject({
      fault: { code: "fetch-refused", message: expect.stringContaining("127.0.0.1:8080") },
    });
    expect(await it.sources.all()).toEqual([]);
  });

  test("are polled one by one or all", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    await it.ask({ do: "ingest" });
    await it.ask({ do: "ingest", source: "https://example.com/feed.xml" });
    expect(it.calls.ingest).toEqual([
      { check: "https://example.com/feed.xml" },
      { all: true },
      { sources: ["example-com"], all: false },
    ]);
  });

  test("an unknown one: which there are", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    expect(await it.ask({ do: "source remove", source: "x" })).toMatchObject({
      fault: { code: "unknown-source", message: 'There is no source "x"; known: example-com.' },
    });
  });
});
