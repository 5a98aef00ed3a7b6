import { expect, test } from "vitest";
import { readOnce } from "#usecases/editions/read-once.ts";
import { articles } from "../../testing/editions/edition-fixtures.ts";
import { system } from "../../testing/editions/editions-system.ts";

test("reads articles and sources once, and what is changed meanwhile every time", async () => {
  const { ports, build } = system(articles(6));
  const reads: string[] = [];
  // As the table's adapters have it: one method calls another.
  const sources = {
    all: async () => {
      reads.push("sources");
      return ports.sources.list();
    },
    list() {
      return this.all();
    },
  };
  const seenBetween = async (from: string, to: string) => {
    reads.push(`articles ${from.slice(0, 10)}`);
    return ports.articles.seenBetween(from, to);
  };
  const once = readOnce({ ...ports, sources, articles: { ...ports.articles, seenBetween } });
  const [first, second] = [await once.sources.list(), await once.sources.list()];
  expect(second).toBe(first);
  for (const from of ["2026-11-21", "2026-11-21", "2026-11-22"]) {
    await once.articles.seenBetween(`${from}T07:00:00.000Z`, "2026-11-23T07:00:00.000Z");
  }
  expect(reads).toEqual(["sources", "articles 2026-11-21", "articles 2026-11-22"]);
  const key = { newsletter: "daily", date: "2026-11-23" };
  expect(await once.editions.get(key)).toBeUndefined();
  await build();
  expect(await once.editions.get(key)).toMatchObject({ rev: 1 });
});

test("a read that failed is tried again", async () => {
  const { ports } = system(articles(1));
  let tries = 0;
  const list = async () => {
    tries += 1;
    if (tries === 1) throw new Error("the table is away");
    return [];
  };
  const once = readOnce({ ...ports, sources: { list } });
  await expect(once.sources.list()).rejects.toThrow("away");
  expect(await once.sources.list()).toEqual([]);
});
