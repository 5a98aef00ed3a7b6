import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoTestMails } from "#adapters/dynamo/desk/test-mails.ts";
import { memoryTestMails } from "#adapters/memory/desk/test-mails.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

describe.each([
  ["dynamo", () => dynamoTestMails(server.table)],
  ["memory", () => memoryTestMails()],
])("counts of test mails in %s", (_, open) => {
  const at = "2026-11-30T07:00:00.000Z";

  test("the key is made once, whichever request comes first", async () => {
    const store = open();
    const [first, second] = await Promise.all(["a", "b"].map((letter) => store.key(() => letter.repeat(48))));
    expect(first).toBe(second);
    expect(await store.key(() => "c".repeat(48))).toBe(first);
  });

  test("of two who count at once, the second learns it", async () => {
    const store = open();
    expect(await store.count("x")).toBeUndefined();
    expect(await store.saveCount("x", { sentAt: [at], n: 1 })).toBe(true);
    expect(await store.saveCount("x", { sentAt: [at], n: 1 })).toBe(false);
    expect(await store.saveCount("x", { sentAt: [at, at], n: 2 })).toBe(true);
    expect(await store.saveCount("x", { sentAt: [at, at], n: 2 })).toBe(false);
    expect(await store.count("x")).toEqual({ sentAt: [at, at], n: 2 });
  });
});
