import { describe, expect, test } from "vitest";
import { isReadBySpan } from "#domain/delivery/calls/status-read.ts";

/** Readers of these shards in turn, this many in each. */
const idsIn = (shards: number, each: number) =>
  Array.from({ length: shards * each }, (_, n) => `${Math.floor(n / each) + 16}`.padEnd(24, String(n % 10)));
const all = (ids: readonly string[]) => ids.map((_, position) => position);

describe("readers' status is read by their span", () => {
  test("if nearly all of it is requested", () => {
    const ids = idsIn(1, 50);
    expect(isReadBySpan({ ids, span: 50 }, all(ids))).toBe(true);
    expect(isReadBySpan({ ids, span: 60 }, all(ids))).toBe(true);
  });

  test("as long as that takes fewer units than to read each reader: ten of 400 bytes are one", () => {
    const ids = idsIn(1, 50);
    // 501 × 400 bytes are 48.9 units of 4,096 bytes, 502 are more than 49.
    expect(isReadBySpan({ ids, span: 501 }, all(ids))).toBe(true);
    expect(isReadBySpan({ ids, span: 502 }, all(ids))).toBe(false);
  });

  test("not for the few of a batch that are retried", () => {
    const ids = idsIn(1, 50);
    expect(isReadBySpan({ ids, span: 50 }, [3, 20, 40])).toBe(false);
    expect(isReadBySpan({ ids, span: 50 }, [3, 20, 21, 30, 31, 40])).toBe(true);
  });

  test("in at most eight shards, each of which is a query", () => {
    const eight = idsIn(8, 6);
    expect(isReadBySpan({ ids: eight, span: 48 }, all(eight))).toBe(true);
    const nine = idsIn(9, 6);
    expect(isReadBySpan({ ids: nine, span: 54 }, all(nine))).toBe(false);
    const thin = idsIn(5, 1);
    expect(isReadBySpan({ ids: thin, span: 5 }, all(thin))).toBe(false);
  });

  test("not of a batch that an earlier version froze", () => {
    const ids = idsIn(1, 50);
    expect(isReadBySpan({ ids }, all(ids))).toBe(false);
  });
});
