import { describe, expect, test } from "vitest";
import * as z from "zod";
import { fromBatchItem, toBatchItem } from "#adapters/dynamo/batches.ts";
import { fromItem, toItem } from "#adapters/dynamo/table.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";

const Body = z.strictObject({ name: z.string(), secret: z.string() });
const keys = { PK: "P", SK: "S" };

describe("items", () => {
  test("come back as they went, without keys, type, version and ttl", () => {
    const body = { name: "a", secret: "b" };
    expect(toItem("thing", 1, keys, body, 99)).toEqual({ ...body, ...keys, type: "thing", v: 1, ttl: 99 });
    expect(fromItem(Body, "thing", 1, toItem("thing", 1, keys, body, 99))).toEqual(body);
  });

  test("of another version or type fail loudly", () => {
    const item = toItem("thing", 2, keys, { name: "a", secret: "b" });
    expect(() => fromItem(Body, "thing", 1, item)).toThrow(UnreadableItem);
    expect(() => fromItem(Body, "thing", 1, item)).toThrow(/P S is thing version 2/);
    expect(() => fromItem(Body, "other", 2, item)).toThrow(UnreadableItem);
  });

  test("that are damaged say where, and never what they hold", () => {
    const item = toItem("thing", 1, keys, { name: 5, secret: "hush" });
    expect(() => fromItem(Body, "thing", 1, item)).toThrow(/name: invalid_type/);
    expect(() => fromItem(Body, "thing", 1, { ...item, extra: "hush" })).toThrow(/^((?!hush).)*$/);
  });

  test("a full batch with SES's message ids stays small", () => {
    const id = (n: number) => n.toString(16).padStart(24, "0");
    const ids = Array.from({ length: 50 }, (_, n) => id(n));
    const messageId = "0100019abcdef012-01234567-89ab-cdef-0123-456789abcdef-000000";
    const key = { newsletter: "daily", date: "2026-11-23", group: "0a", run: "r1", due: "2026-11-23T07:00:00.000Z" };
    const batch = {
      ...freshBatch({ ...key, first: id(0) }, ids),
      call: { at: key.due, until: key.due, positions: [0, 1, 49], rev: 3, run: "me" },
      messageIds: ids.map((_, at) => (at === 7 ? "" : messageId)),
    };
    const item = toBatchItem(batch);
    expect(fromBatchItem(item)).toEqual(batch);
    expect(item.messageIds).toHaveLength(50 * 27);
    expect(item.ids).toHaveLength(50 * 12);
    const texts = { ...batch, messageIds: ["m1", "", "m3"] };
    expect(fromBatchItem(toBatchItem(texts))).toEqual(texts);
  });
});
