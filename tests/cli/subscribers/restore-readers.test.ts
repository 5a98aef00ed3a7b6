import { describe, expect, test } from "vitest";
import { type Answers, ask, json } from "../command-line.ts";

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
