import { describe, expect, test } from "vitest";
import { newPushSource, newSource } from "#domain/source/polling.ts";
import { ask, gives, json } from "../command-line.ts";

describe("sources", () => {
  const report = (change: object) => ({
    source: "example",
    title: "Example",
    url: "https://example.com/feed.xml",
    outcome: "polled",
    fresh: 3,
    changed: 0,
    same: 0,
    dropped: 0,
    overLimit: false,
    refused: [],
    movedTo: null,
    error: null,
    ...change,
  });
  const failed = report({ source: "bad", outcome: "failed", fresh: 0, error: "https://bad.example answered 500." });

  test("ingest says what each gave; one that fails is named and is not the command's failure", async () => {
    const { out, code } = await ask(gives({ reports: [report({}), failed] }), ["ingest"]);
    expect(out).toMatch(/example\s+polled\s+3/);
    expect(out).toContain("bad: https://bad.example answered 500.");
    expect(code).toBe(0);
  });

  test("ingest fails when nothing could be read", async () => {
    const ran = await ask(gives({ reports: [failed] }), ["ingest", "bad", "--json"]);
    expect(ran.requests).toMatchObject([{ do: "ingest", source: "bad" }]);
    expect(ran.code).toBe(1);
    expect(json(ran)).toMatchObject({ ok: false, fault: { code: "fetch-failed" }, reports: [{ source: "bad" }] });
  });

  const desk = {
    ...newPushSource({ id: "desk", title: "City Desk" }, "2026-11-23T07:00:00.000Z"),
    lastPolledAt: "2026-11-23T08:05:09.000Z",
  };
  const pushed = { source: desk, key: "bsk_desk_0f", endpoint: "https://news.example/articles" };

  test("add --push makes a source to push to, and shows its key once", async () => {
    const { requests, out } = await ask(gives(pushed), ["source", "add", "--push", "desk", "--title", "City Desk"]);
    expect(requests).toEqual([{ do: "source push", name: "desk", title: "City Desk", by: "ed" }]);
    expect(out).toContain("https://news.example/articles");
    expect(out).toContain("shown only once: bsk_desk_0f");
    const again = await ask(gives({ ...pushed, key: null }), ["source", "add", "--push", "desk"]);
    expect(again.out).toContain("source key desk");
  });

  test("key gives a new one, with --json for scripts", async () => {
    const ran = await ask(gives(pushed), ["source", "key", "desk", "--json"]);
    expect(ran.requests).toEqual([{ do: "source key", source: "desk", by: "ed" }]);
    expect(json(ran)).toMatchObject({ id: "desk", kind: "push", key: "bsk_desk_0f", endpoint: pushed.endpoint });
  });

  test("list shows how each is, what last went wrong, and how much of it was used", async () => {
    const feed = newSource(
      { url: "https://gazette.example/feed.xml", title: "The Gazette" },
      "2026-11-23T07:00:00.000Z",
    );
    const lastError = "https://gazette.example/feed.xml answered 500.";
    const sources = [
      { ...desk, lastArticleAt: "2026-11-23T08:00:00.000Z", articles: 40, used: 9 },
      { ...desk, id: "new", lastPolledAt: null },
      { ...feed, lastPolledAt: desk.lastPolledAt, failures: 3, lastError, articles: 500, used: 1 },
    ];
    const { out } = await ask(gives({ sources }), ["source", "list"]);
    expect(out).toMatch(/^desk\s+healthy\s+2026-11-23 08:05\s+2026-11-23 08:00\s+23%\s+1\s+City Desk\s+\(pushed\)$/m);
    expect(out).toMatch(/^new\s+nothing pushed yet\s+never\s+never\s+-\s/m);
    expect(out).toMatch(/^gazette-example\s+failed 3 times\s+2026-11-23 08:05\s+never\s+<1%\s/m);
    expect(out).toContain(`\n\ngazette-example: ${lastError}`);
    expect(json(await ask(gives({ sources }), ["source", "list", "--json"]))).toEqual({ sources });
  });

  test.each([[[]], [["https://a.example/", "--push", "desk"]], [["--push", "desk", "--id", "x"]]])(
    "add %j is misused",
    async (args) => {
      const { requests, code, err } = await ask(gives(pushed), ["source", "add", ...args]);
      expect([requests, code]).toEqual([[], 2]);
      expect(err).toContain("--push NAME");
    },
  );

  test("add passes on what is given", async () => {
    const fault = { code: "bad-request", message: "no" };
    const args = ["source", "add", "https://example.com/", "--id", "ex", "--title", "Ex", "--weight", "2"];
    const { requests } = await ask(() => ({ ok: false, fault }), args);
    expect(requests).toEqual([
      { do: "source add", url: "https://example.com/", id: "ex", title: "Ex", weight: 2, by: "ed" },
    ]);
  });
});
