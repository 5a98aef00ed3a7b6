import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { sharedRead } from "#usecases/delivery/send/calling/shared-read.ts";

const clock = { now: Date.now, mono: () => performance.now(), sleep: (ms: number) => sleep(ms) };

/** A store whose reads end when the test says so; a read gives the value as of its start. */
function store() {
  let value = 0;
  const reads: { name: string; end: () => void; fail: () => void }[] = [];
  const read = vi.fn((name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const now = value;
    reads.push({ name, end: () => resolve(now), fail: () => reject(new Error("throttled")) });
    return promise;
  });
  const change = () => {
    value += 1;
  };
  return { get: sharedRead(clock, (name: string) => name, read), read, reads, change };
}

test("those who ask while a read is on its way share the next one, which sees what changed before they asked", async () => {
  const { get, read, reads, change } = store();
  const first = get("daily");
  change();
  const later = [get("daily"), get("daily"), get("daily")];
  expect(read).toHaveBeenCalledTimes(1);
  reads[0]?.end();
  expect(await first).toBe(0);
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  reads[1]?.end();
  expect(await Promise.all(later)).toEqual([1, 1, 1]);
  expect(read).toHaveBeenCalledTimes(2);
});

test("one who asks after the shared read has begun waits for another", async () => {
  const { get, read, reads, change } = store();
  const all = [get("daily"), get("daily")];
  reads[0]?.end();
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
  change();
  all.push(get("daily"));
  reads[1]?.end();
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(3));
  reads[2]?.end();
  expect(await Promise.all(all)).toEqual([0, 0, 1]);
});

test("editions are read apart", async () => {
  const { get, reads } = store();
  const both = [get("daily"), get("weekly")];
  expect(reads.map(({ name }) => name)).toEqual(["daily", "weekly"]);
  for (const { end } of reads) end();
  expect(await Promise.all(both)).toEqual([0, 0]);
});

test("a read that hangs delays others by a tenth of a second, and a failed one fails only those who share it", async () => {
  const { get, read, reads } = store();
  void get("daily");
  const second = get("daily");
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2), 1_000);
  const third = get("daily");
  reads[1]?.fail();
  await expect(second).rejects.toThrow("throttled");
  await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(3), 1_000);
  reads[2]?.end();
  expect(await third).toBe(0);
});
