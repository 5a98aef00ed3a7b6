import { beforeEach, describe, expect, test } from "vitest";
import { now, setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;

beforeEach(() => {
  system = setting();
});

describe("sources", () => {
  const add = (url: string, more = {}) => system.ask({ do: "source add", url, by: "ed", ...more });

  const idOf = (answer: unknown) => (answer as { value: { source: { id: string } } }).value.source.id;

  test("have a readable name, each its own, and an address has one source", async () => {
    const id = idOf(await add("https://www.example.com/news/feed.xml#top"));
    expect(id).toBe("example-com-news");
    expect(idOf(await add("https://example.com/news/rss"))).not.toBe(id);
    expect(await add("https://www.example.com/news/feed.xml", { weight: 2 })).toMatchObject({
      value: { source: { id, weight: 2, url: "https://www.example.com/news/feed.xml" } },
    });
    expect(await system.sources.all()).toHaveLength(2);
  });

  test("an invalid web address and a name that is taken are refused", async () => {
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
    system.calls.unread.push(url);
    expect(await add(url)).toMatchObject({
      fault: { code: "fetch-failed", message: expect.stringMatching(/returned 404.*It wasn't added.*--anyway/) },
    });
    expect(await system.ask({ do: "source list" })).toMatchObject({ value: { sources: [] } });
    expect(await add(url, { anyway: true })).toMatchObject({ value: { source: { url } } });
    // It is one already: a new title needs no fetch.
    expect(await add(url, { title: "Gone" })).toMatchObject({ value: { source: { title: "Gone" } } });
  });

  test("its title is one line that turns no text around, however it was given", async () => {
    const hostile = `\u202e\u0000<b>The\r\nPost\u2066 ${"x".repeat(5000)}`;
    const feed = await add("https://post.example/feed.xml", { title: hostile, anyway: true });
    const pushed = await system.ask({ do: "source push", name: "desk", title: hostile, by: "ed" });
    for (const given of [feed, pushed])
      expect(given).toMatchObject({ value: { source: { title: expect.stringMatching(/^<b>The Post x{100,190}…$/) } } });
    const blank = await add("https://gazette.example/feed.xml", { title: " \u202e ", anyway: true });
    expect(blank).toMatchObject({ value: { source: { title: "gazette-example" } } });
  });

  test("a removed one is brought back as it was, and nothing else is", async () => {
    await add("https://example.com/feed.xml", { id: "example-com", title: "The Example", weight: 2 });
    expect(await system.ask({ do: "source restore", source: "example-com", by: "ed" })).toMatchObject({
      fault: { code: "unknown-source", message: expect.stringContaining("No source has been removed") },
    });
    await system.ask({ do: "source remove", source: "example-com", by: "ed" });
    expect(await system.ask({ do: "source restore", source: "nope", by: "ed" })).toMatchObject({
      fault: { message: expect.stringContaining("Removed sources: example-com.") },
    });
    const restored = { id: "example-com", title: "The Example", weight: 2, removedAt: null };
    expect(await system.ask({ do: "source restore", source: "https://example.com/feed.xml", by: "ed" })).toMatchObject({
      value: { source: { ...restored, returnedAt: expect.any(String) } },
    });
    expect(await system.ask({ do: "source list" })).toMatchObject({ value: { sources: [restored] } });
  });

  test("a renamed one keeps everything but its name", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    const rename = (title: string) => system.ask({ do: "source rename", source: "example-com", title, by: "ed" });
    expect(await rename("  The\nExample ")).toMatchObject({
      value: { source: { id: "example-com", title: "The Example" } },
    });
    expect(await system.sources.get("example-com")).toMatchObject({ title: "The Example", removedAt: null });
    expect(await rename(" ")).toMatchObject({ fault: { code: "bad-request" } });
    expect(await system.ask({ do: "source rename", source: "nope", title: "X" })).toMatchObject({
      fault: { code: "unknown-source" },
    });
  });

  test("a removed one stays as a tombstone, is not listed or polled, and can come back", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    expect(await system.ask({ do: "source remove", source: "https://example.com/feed.xml", by: "ed" })).toMatchObject({
      ok: true,
    });
    expect(await system.sources.get("example-com")).toMatchObject({ removedAt: now });
    expect(await system.ask({ do: "source list" })).toEqual({ ok: true, value: { sources: [] } });
    expect(await system.ask({ do: "ingest", source: "example-com" })).toMatchObject({
      fault: { code: "unknown-source" },
    });
    expect(await add("https://example.com/feed.xml", { id: "other" })).toMatchObject({
      fault: { message: expect.stringContaining("without --id") },
    });
    expect(await add("https://example.com/feed.xml")).toMatchObject({ value: { source: { removedAt: null } } });
    expect((await system.audit.day("2026-11-23")).map(({ did }) => did)).toEqual([
      "source add",
      "source remove",
      "source add",
    ]);
  });

  test("a removed one comes back with its history, by whichever of its addresses it is added", async () => {
    await add("https://example.com/feed.xml", { id: "example-com", weight: 2 });
    const before = await system.sources.get("example-com");
    if (before === undefined) throw new Error("it was not added");
    const history = { url: "https://example.com/new.xml", etag: '"v1"', lastPolledAt: now, articles: 40, used: 9 };
    await system.sources.put({ ...before, ...history });
    for (const url of ["https://example.com/feed.xml", history.url]) {
      await system.ask({ do: "source remove", source: url });
      expect(await system.sources.get("example-com")).toMatchObject({ removedAt: now });
      const source = { ...history, id: "example-com", weight: 2, removedAt: null, returnedAt: now, nextPollAt: now };
      expect(await add(url)).toMatchObject({ value: { source } });
    }
    expect(await system.sources.all()).toHaveLength(1);
  });

  test("an address that is never fetched is refused when it is added, not at every poll after", async () => {
    expect(await add("http://127.0.0.1:8080/feed.xml")).toMatchObject({
      fault: { code: "fetch-refused", message: expect.stringContaining("127.0.0.1:8080") },
    });
    expect(await system.sources.all()).toEqual([]);
  });

  test("are polled one by one or all", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    await system.ask({ do: "ingest" });
    await system.ask({ do: "ingest", source: "https://example.com/feed.xml" });
    expect(system.calls.ingest).toEqual([
      { check: "https://example.com/feed.xml" },
      { all: true },
      { sources: ["example-com"], all: false },
    ]);
  });

  test("an unknown one: which there are", async () => {
    await add("https://example.com/feed.xml", { id: "example-com" });
    expect(await system.ask({ do: "source remove", source: "x" })).toMatchObject({
      fault: { code: "unknown-source", message: 'There is no source "x"; known: example-com.' },
    });
  });
});
