import { describe, expect, test } from "vitest";
import { lastClosed, sendingSeconds } from "#domain/delivery/ledger/group.ts";
import { toInstant } from "#domain/time/instant.ts";

const at = (seconds: number) => toInstant(Date.UTC(2026, 10, 23, 6, 0, seconds));
const group = (started: number | null, closed: number | null) => ({
  startedAt: started === null ? null : at(started),
  closedAt: closed === null ? null : at(closed),
});

describe("the time that sending took", () => {
  test("is from the first group's start to the last one's close, in whatever order they are", () => {
    const groups = [group(5, 12), group(2, 9), group(7, 8)];
    expect(sendingSeconds(groups)).toBe(10);
    expect(lastClosed(groups)).toBe(at(12));
  });

  test("leaves out groups without a reader, which are closed and were never started", () => {
    expect(sendingSeconds([group(null, 3), group(4, 6)])).toBe(2);
  });

  test("isn't known before a group was started, nor before one was closed, unless the end is given", () => {
    expect(sendingSeconds([group(null, 3)])).toBeNull();
    expect(sendingSeconds([group(4, null)])).toBeNull();
    expect(lastClosed([group(4, null)])).toBeUndefined();
    expect(sendingSeconds([group(4, null)], at(9))).toBe(5);
    expect(sendingSeconds([])).toBeNull();
  });
});
