import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTimeLimit } from "#adapters/fetch/time-limit.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("a wait is not counted, and the time before it is", async () => {
  const { signal, without } = openTimeLimit(1_000);
  vi.advanceTimersByTime(600);
  const waited = without(() => new Promise((wake) => setTimeout(wake, 5_000)));
  vi.advanceTimersByTime(4_999);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  await waited;
  vi.advanceTimersByTime(399);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.aborted).toBe(true);
});

test("at the end it is up at once, and stays so after a wait", async () => {
  const { signal, without, end } = openTimeLimit(1_000);
  const waited = without(async () => end());
  await waited;
  expect(signal.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
