import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { openMeter } from "#bench/meter.ts";
import { startTable, type TestTable } from "../../../testing/aws/dynalite.ts";
import { article } from "../../../testing/editions/edition-fixtures.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("broadsheet");
});
afterAll(() => server.close());

test("long texts cost no read unit where candidates are read", async () => {
  const meter = openMeter(server.endpoint);
  const store = dynamoArticles(meter.table);
  const seenAt = "2031-03-01T07:00:00.000Z";
  const paragraphs = Array.from({ length: 6 }, (_, n) => `Paragraph ${n} says this. `.repeat(40).trim());
  const all = Array.from({ length: 60 }, (_, n) => article(n + 1, { seenAt, changedAt: seenAt, paragraphs }));
  for (const one of all) await store.add(one, Date.parse("2033-01-01T00:00:00.000Z") / 1000);
  meter.reset();
  expect(await store.seenBetween("2031-03-01T00:00:00.000Z", "2031-03-02T00:00:00.000Z")).toHaveLength(60);
  const { reads } = meter.reset();
  meter.close();
  // A strong read takes a unit for each 4 KB of the items that it passes.
  const whole = Buffer.byteLength(JSON.stringify(all));
  expect(reads).toBeGreaterThan(0);
  expect(reads).toBeLessThan((whole / 4096) * 0.4);
});
