import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startClock } from "#local/host/clock.ts";

describe("the local clock", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("runs each rate at once, then again and again until it is stopped", () => {
    const runs: string[] = [];
    const stop = startClock([
      { ms: 60_000, run: () => runs.push("watch") },
      { ms: 300_000, run: () => runs.push("ingest") },
    ]);
    expect(runs).toEqual(["watch", "ingest"]);
    vi.advanceTimersByTime(300_000);
    expect(runs.filter((name) => name === "watch")).toHaveLength(6);
    expect(runs.filter((name) => name === "ingest")).toHaveLength(2);
    stop();
    vi.advanceTimersByTime(600_000);
    expect(runs).toHaveLength(8);
  });
});
