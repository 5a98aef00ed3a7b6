import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  archiveBefore,
  backOff,
  isDue,
  isUntitled,
  newSource,
  pollInterval,
  sameInterval,
  sourceId,
} from "#domain/source/polling.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = Date.parse("2026-11-23T07:00:00Z");
const every = (gap: number, n = 10) => Array.from({ length: n }, (_, i) => new Date(now - i * gap).toISOString());
const source = newSource({ url: "https://www.gazette.example/news/feed.xml" }, "2026-11-23T07:00:00.000Z");

describe("how often a source is polled", () => {
  test.each([
    ["each minute", every(MINUTE), 10 * MINUTE],
    ["each hour", every(HOUR), 30 * MINUTE],
    ["each day", every(24 * HOUR), 2 * HOUR],
    ["never yet", [], HOUR],
    ["only in the future", [new Date(now + HOUR).toISOString()], HOUR],
  ])("when it publishes %s", (_what, published, wait) => {
    expect(pollInterval(published, now, 0.5)).toBe(wait);
  });

  test("is spread by chance, at most a seventh to either side", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const wait = pollInterval(every(HOUR), now, random);
        expect(Math.abs(wait - 30 * MINUTE)).toBeLessThanOrEqual(4.5 * MINUTE);
      }),
    );
  });

  test("stays as it was while nothing is new", () => {
    const polled = { ...source, lastPolledAt: "2026-11-23T06:40:00.000Z", nextPollAt: "2026-11-23T07:00:00.000Z" };
    expect(sameInterval(polled, 0.5)).toBe(20 * MINUTE);
    expect(sameInterval({ ...polled, failures: 3 }, 0.5)).toBe(HOUR);
    expect(sameInterval({ ...polled, nextPollAt: "2026-11-24T07:00:00.000Z" }, 0.5)).toBe(2 * HOUR);
    expect(sameInterval(source, 0.5)).toBe(HOUR);
  });

  test("drops with each failure to nearly once a day, and follows the server's Retry-After", () => {
    const waits = [1, 2, 3, 8, 50].map((failures) => backOff(failures, null, 0.5));
    expect(waits).toEqual([10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 1280 * MINUTE, 1280 * MINUTE]);
    expect(backOff(1, 5 * HOUR, 0.5)).toBe(5 * HOUR);
    expect(backOff(3, MINUTE, 0.5)).toBe(40 * MINUTE);
  });
});

test("a source is due at its time and not once it was removed", () => {
  expect(isDue(source, "2026-11-23T06:59:59.999Z")).toBe(false);
  expect(isDue(source, "2026-11-23T07:00:00.000Z")).toBe(true);
  expect(isDue({ ...source, removedAt: "2026-11-23T07:00:00.000Z" }, "2026-11-23T08:00:00.000Z")).toBe(false);
});

test("an article is archive if it was 72 hours old at the poll of a source's first article, or a week old at any other", () => {
  expect(archiveBefore(source, now)).toBe("2026-11-20T07:00:00.000Z");
  expect(archiveBefore({ ...source, lastPolledAt: "2026-11-22T07:00:00.000Z" }, now)).toBe("2026-11-20T07:00:00.000Z");
  expect(archiveBefore({ ...source, articles: 1 }, now)).toBe("2026-11-16T07:00:00.000Z");
});

test.each([
  ["https://www.gazette.example/news/feed.xml", "gazette-example-news"],
  ["https://gazette.example/rss", "gazette-example"],
  ["http://127.0.0.1:8080/tides.atom", "127-0-0-1-8080-tides"],
  ["not an address", "not-an-address"],
])("the source at %s is called %s", (url, id) => {
  expect(sourceId(url)).toBe(id);
  expect(sourceId(url, new Set([id, `${id}-2`]))).toBe(`${id}-3`);
});

test("a source is untitled while its id or its host replaces the title", () => {
  expect(isUntitled(source)).toBe(true);
  expect(isUntitled({ ...source, title: "www.gazette.example" })).toBe(true);
  expect(isUntitled({ ...source, title: "The Gazette" })).toBe(false);
});
