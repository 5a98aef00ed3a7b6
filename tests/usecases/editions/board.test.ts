import { beforeEach, expect, test } from "vitest";
import { Board } from "#domain/edition/board.ts";
import { newSource } from "#domain/source/polling.ts";
import { now, setting } from "../../testing/command-setting.ts";

let set: ReturnType<typeof setting>;
beforeEach(async () => {
  set = setting();
  await set.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ada@example.com", "bram@example.com"] });
});

/** It is 08:30 on the 24th in Tokyo, where the newsletter is at home. */
test("today and tomorrow by the newsletter's own clock, the fortnight behind, the days ahead", async () => {
  await set.put("2026-11-24");
  await set.put("2026-11-20", "finished");
  const answer = await set.ask({ do: "board" });
  const board = Board.parse(answer.ok && answer.value);
  expect(board.newsletters.map(({ name }) => name)).toEqual(["daily", "weekly"]);
  const [daily] = board.newsletters;
  expect(daily).toMatchObject({
    readers: 2,
    next: [
      { plan: { date: "2026-11-24" }, edition: { date: "2026-11-24", state: "draft" } },
      { plan: { date: "2026-11-25" }, edition: { date: "2026-11-25", state: null, subject: "" } },
    ],
  });
  expect(daily?.past).toHaveLength(14);
  expect(daily?.past.at(-1)).toMatchObject({ date: "2026-11-23", state: null });
  expect(daily?.past.at(-4)).toMatchObject({ date: "2026-11-20", state: "finished", subject: "News of 2026-11-20" });
  const days = ["26", "27", "28", "29", "30"].map((day) => `2026-11-${day}`);
  expect(daily?.ahead.map(({ date }) => date)).toEqual(days);
});

test("names the sources that fail, and no removed one", async () => {
  await set.sources.add({ ...newSource({ url: "https://a.example/" }, now), failures: 2, lastError: "503" });
  await set.sources.add({ ...newSource({ url: "https://b.example/" }, now), failures: 2, removedAt: now });
  const board = await set.ask({ do: "board" });
  expect(board).toMatchObject({ value: { sources: { total: 1, failing: [{ failures: 2, error: "503" }] } } });
});
