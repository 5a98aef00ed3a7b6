import { beforeEach, expect, test } from "vitest";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { newEdition } from "#domain/edition/states.ts";
import { newestEditions } from "#usecases/editions/newest-editions.ts";

const now = "2026-11-23T12:00:00.000Z";
let editions: ReturnType<typeof memoryEditions>;
beforeEach(() => {
  editions = memoryEditions();
});

async function put(...dates: string[]) {
  for (const date of dates) {
    await editions.create(newEdition({ newsletter: "daily", date, now, rev: 1, cutoff: now }));
  }
}
const newest = async (limit: number, at = now) =>
  (await newestEditions(editions, "daily", limit, at)).map(({ date }) => date);

test("drafts of coming weeks hide no earlier edition", async () => {
  await put("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23");
  await put("2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03");
  expect(await newest(3)).toEqual([
    ...["2026-12-03", "2026-12-02", "2026-12-01"],
    ...["2026-11-23", "2026-11-22", "2026-11-21"],
  ]);
});

test("the edition of tomorrow is among the newest in every time zone, and is listed once", async () => {
  await put("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26");
  expect(await newest(2)).toEqual(["2026-11-26", "2026-11-25", "2026-11-24"]);
  expect(await newest(9)).toEqual(["2026-11-26", "2026-11-25", "2026-11-24", "2026-11-23"]);
});

test("without editions of later dates, it is one read", async () => {
  await put("2026-11-22", "2026-11-23");
  const reads: unknown[][] = [];
  const list: typeof editions.list = (...args) => {
    reads.push(args);
    return editions.list(...args);
  };
  await newestEditions({ list }, "daily", 5, now);
  expect(reads).toEqual([["daily", 5]]);
});
