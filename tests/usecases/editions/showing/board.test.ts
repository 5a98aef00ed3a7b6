import { beforeEach, expect, test } from "vitest";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { newEdition } from "#domain/edition/states.ts";
import { Board } from "#domain/edition/views/board.ts";
import { newSource } from "#domain/source/polling.ts";
import { now, setting } from "../../../testing/command-setting.ts";

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

test("the fortnight has its editions however many of later dates were drafted", async () => {
  await set.put("2026-11-20", "held");
  for (let day = 1; day < 29; day++) await set.put(`2026-12-${String(day).padStart(2, "0")}`);
  const answer = await set.ask({ do: "board" });
  const [daily] = Board.parse(answer.ok && answer.value).newsletters;
  expect(daily?.past.at(-4)).toMatchObject({ date: "2026-11-20", state: "held" });
});

test("counts a newsletter's readers, whatever has become of today's edition", async () => {
  const made = newEdition({ newsletter: "daily", date: "2026-11-24", now, rev: 0, cutoff: null });
  await set.editions.create({ ...made, state: "sending", frozenAt: now, frozen: 2 });
  const answer = await set.ask({ do: "board" });
  const [daily] = Board.parse(answer.ok && answer.value).newsletters;
  expect(daily?.next[0]?.plan.readers).toBe(0);
  expect(daily?.readers).toBe(2);
});

test("tells one reading of a day's counts, though more are sent meanwhile", async () => {
  await set.put("2026-11-24", "sending", now);
  await set.editions.update({ newsletter: "daily", date: "2026-11-24" }, { frozen: 50, groups: 1 });
  let accepted = 0;
  const counts = async () => {
    accepted += 5;
    return { ...noCounts, audience: 50, accepted, waiting: 50 - accepted };
  };
  const answer = await set.ask({ do: "board" }, { editions: { ...set.editions, counts } });
  const [today] = Board.parse(answer.ok && answer.value).newsletters[0]?.next ?? [];
  expect(today?.plan.outlook.text).toContain(`${today?.edition.accepted} accepted`);
  expect(today?.plan.counts).toMatchObject({ audience: 50, accepted: today?.edition.accepted });
});

test("names the sources that fail, and no removed one", async () => {
  await set.sources.add({ ...newSource({ url: "https://a.example/" }, now), failures: 2, lastError: "503" });
  await set.sources.add({ ...newSource({ url: "https://b.example/" }, now), failures: 2, removedAt: now });
  const board = await set.ask({ do: "board" });
  expect(board).toMatchObject({ value: { sources: { total: 1, failing: [{ failures: 2, error: "503" }] } } });
});

/** It was due at 07:00 in Tokyo, where it is 08:30. */
test.each([
  ["goes out", "its newsletter had a draft", "2026-11-23T21:00:00.000Z", "going-out"],
  ["isn't sent by itself", "its newsletter's first draft was made later", "2026-11-23T23:00:00.000Z", "no-time"],
  ["isn't sent by itself", "its newsletter has none", null, "no-time"],
])("an edition whose time has passed %s where %s by then", async (_, _why, createdAt, kind) => {
  if (createdAt !== null) {
    const other = newEdition({ newsletter: "daily", date: "2026-11-25", now: createdAt, rev: 0, cutoff: null });
    await set.editions.create(other);
  }
  const answer = await set.ask({ do: "board" });
  const [daily] = Board.parse(answer.ok && answer.value).newsletters;
  expect(daily?.next[0]).toMatchObject({
    plan: { outlook: { kind, isUrgent: false } },
    edition: { outlook: { kind } },
  });
});
