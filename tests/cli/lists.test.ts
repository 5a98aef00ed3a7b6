import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newPushSource, newSource } from "#domain/source/polling.ts";
import { type Answers, ask, gives, json, newFolder } from "./command-line.ts";

describe("subscribers", () => {
  const addAll: Answers = ({ addresses }) => {
    const all = addresses as string[];
    const refused = all.flatMap((address, at) => (address.includes("@") ? [] : [{ at, why: "it has no @" }]));
    return { ok: true, added: all.length - refused.length, already: 0, refused };
  };

  test("a file is added in pieces of 500; a bad line is named by its number and stops no other", async () => {
    const lines = Array.from({ length: 1100 }, (_, n) => `r${n}@example.com`);
    lines[700] = "broken";
    lines[3] = "";
    const file = join(newFolder(), "readers.txt");
    writeFileSync(file, lines.join("\r\n"));
    const ran = await ask(addAll, ["subscriber", "add", "daily", "--file", file, "--json"]);
    expect(ran.requests.map(({ addresses }) => (addresses as string[]).length)).toEqual([500, 500, 99]);
    expect(json(ran)).toMatchObject({
      added: 1098,
      refused: [{ line: 701, address: "broken", why: "it has no @" }],
      fault: { code: "bad-address", message: expect.stringContaining("line 701: broken") },
    });
    expect(ran.code).toBe(1);
  });

  test("a file that stops half-way says how far it came", async () => {
    let calls = 0;
    const answers: Answers = (request) => {
      calls += 1;
      return calls === 1 ? addAll(request) : { ok: false, fault: { code: "internal", message: "The table is away." } };
    };
    const file = join(newFolder(), "readers.txt");
    writeFileSync(file, Array.from({ length: 600 }, (_, n) => `r${n}@example.com`).join("\n"));
    const { code, err } = await ask(answers, ["subscriber", "add", "daily", "--file", file]);
    expect(code).toBe(1);
    expect(err).toContain("The table is away.\n500 subscribers had been added by then.");
  });

  test("a file may come by standard input", async () => {
    const input = "a@example.com\nb@example.com\n";
    const { requests, code } = await ask(addAll, ["subscriber", "add", "daily", "--file", "-"], input);
    expect(requests).toMatchObject([{ addresses: ["a@example.com", "b@example.com"] }]);
    expect(code).toBe(0);
  });

  test.each([
    [["subscriber", "add", "daily"], "Which addresses?"],
    [["subscriber", "add", "daily", "a@example.com", "--file", "x"], "not both"],
  ])("%j is misuse", async (args, message) => {
    const { code, err, requests } = await ask(addAll, args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(requests).toEqual([]);
  });

  test("the list goes through all pages and is sorted by address", async () => {
    const one = (address: string) => ({ address, status: "active", addedAt: "2026-11-23T07:00:00.000Z" });
    const answers: Answers = ({ after }) =>
      after === undefined
        ? { ok: true, subscribers: [one("b@example.com")], next: "b" }
        : { ok: true, subscribers: [one("a@example.com")], next: null };
    const { out, requests } = await ask(answers, ["subscriber", "list", "daily"]);
    expect(requests).toHaveLength(2);
    expect(out).toContain("a@example.com  active  2026-11-23\nb@example.com  active  2026-11-23\n\n2 of 2 active");
  });

  test("one is shown and removed", async () => {
    const subscriber = {
      address: "a@example.com",
      status: "left",
      consent: "vouched for by ed, 2026-11-20",
      addedAt: "2026-11-20T07:00:00.000Z",
      changedAt: "2026-11-23T07:00:00.000Z",
    };
    expect(json(await ask(gives({ subscriber }), ["subscriber", "show", "daily", "a@example.com", "--json"]))).toEqual({
      ...subscriber,
      deliveries: [],
    });
    const removed = await ask(gives({ removed: true }), ["subscriber", "remove", "daily", "a@example.com", "--json"]);
    expect(json(removed)).toEqual({ removed: true });
  });
});

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

describe("subscriber restore", () => {
  const reader = { edition: "2026-11-22", address: "ann@example.com", outcome: "restored", why: null };
  const pages: Answers = ({ after }) =>
    after === undefined
      ? {
          ok: true,
          readers: [reader, { ...reader, address: null, outcome: "leftAlone", why: "was erased" }],
          next: "on",
        }
      : {
          ok: true,
          readers: [{ ...reader, address: "bob@example.com", outcome: "leftAlone", why: "unsubscribed" }],
          next: null,
        };

  test("asks page by page and says who would come back, and who stays out and why", async () => {
    const ran = await ask(pages, ["subscriber", "restore", "daily", "--edition", "2026-11-22", "--dry-run"]);
    expect(ran.requests).toMatchObject([
      { do: "subscriber restore", newsletter: "daily", edition: "2026-11-22", dryRun: true },
      { after: "on", dryRun: true },
    ]);
    expect(ran.out).toMatch(/ann@example\.com +would be restored/);
    expect(ran.out).toMatch(/bob@example\.com +left alone: unsubscribed/);
    expect(ran.out).toContain("1 reader would be brought back.");
    expect(ran.out).toContain("Run it without --dry-run to do this.");
    expect(ran.code).toBe(0);
  });

  test("by time sends both ends as instants, and --json gives each reader", async () => {
    const time = ["--from", "2026-11-22T05:00Z", "--until", "2026-11-22"];
    const ran = await ask(pages, ["subscriber", "restore", "daily", ...time, "--json"]);
    expect(ran.requests[0]).toMatchObject({
      from: "2026-11-22T05:00:00.000Z",
      until: "2026-11-22T00:00:00.000Z",
      dryRun: false,
    });
    expect(json(ran)).toMatchObject({
      dryRun: false,
      erased: 1,
      readers: [{ outcome: "restored" }, { why: "unsubscribed" }],
    });
  });

  test.each([
    [[]],
    [["--from", "2026-11-22"]],
    [["--edition", "2026-11-22", "--until", "2026-11-22"]],
    [["--from", "x", "--until", "y"]],
  ])("refuses %j", async (flags) => {
    const ran = await ask(pages, ["subscriber", "restore", "daily", ...flags]);
    expect([ran.code, ran.requests]).toEqual([2, []]);
  });
});
