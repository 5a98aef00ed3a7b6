import { describe, expect, test } from "vitest";
import * as z from "zod";
import { fromBatchItem, toBatchItem } from "#adapters/dynamo/delivery/batches.ts";
import { fromItem, toItem } from "#adapters/dynamo/table.ts";
import { claim, record } from "#domain/delivery/calls/attempt.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { Sender, takeSender } from "#domain/delivery/pace/sender.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { itemSize } from "../testing/aws/item-size.ts";

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

  test("keep what this version knows when a newer one added fields, at any depth", () => {
    const Nested = z.strictObject({ name: z.string(), of: z.array(z.strictObject({ id: z.string() })) });
    const body = { name: "a", of: [{ id: "1" }, { id: "2", later: true }], later: { id: "3" }, raw: new Uint8Array(2) };
    expect(fromItem(Nested, "thing", 1, toItem("thing", 1, keys, body))).toEqual({
      name: "a",
      of: [{ id: "1" }, { id: "2" }],
    });
    expect(body.of[1]).toEqual({ id: "2", later: true });
  });

  test("of several senders are read by a version that knows only one: it goes on without the division", () => {
    const at = "2026-11-23T07:00:00.000Z";
    const OneSender = Sender.omit({ index: true, shares: true, mailed: true });
    const alone = takeSender(undefined, "a", at, 15);
    const shares = { senders: 4, rate: 5_000, since: at, until: at };
    const mailed = [{ newsletter: "daily", date: "2026-11-23", accepted: 3, refused: 0 }];
    const item = toItem("sender", 1, keys, { ...alone, index: 1, shares, mailed });
    expect(fromItem(OneSender, "sender", 1, item)).toEqual(alone);
  });

  test("say which deployment reads them when a newer one wrote what this one can't read", () => {
    const item = toItem("thing", 1, keys, { name: 5, secret: "b", later: true });
    expect(() => fromItem(Body, "thing", 1, item)).toThrow(/newer version.*Deploy the newest version that ran here/);
  });

  test("that are damaged say where, and never what they hold", () => {
    const item = toItem("thing", 1, keys, { name: 5, secret: "hush" });
    expect(() => fromItem(Body, "thing", 1, item)).toThrow(/name: invalid_type/);
    expect(() => fromItem(Body, "thing", 1, { ...item, extra: "hush" })).toThrow(/^((?!hush).)*$/);
  });

  test("a batch of 50 takes one write unit to freeze and one to claim, and two with its answer", () => {
    const at = "2026-11-23T07:00:00.000Z";
    const ids = Array.from({ length: 50 }, (_, n) => n.toString(16).padStart(24, "0"));
    const key = { newsletter: "engineering-weekly", date: "2026-11-23", group: "0a", run: "c0ffee123456", due: at };
    const frozen = freshBatch({ ...key, first: ids[0] ?? "" }, ids, 1_300);
    const claimed = claim(frozen, 50, { at, until: at, rev: 12, run: "c0ffee123456" });
    const messageIds = ids.map((id) => `0100019abcdef012-01234567-89ab-cdef-0123-${id.slice(12)}-000000`);
    const done = record(claimed, [...ids.keys()], { is: "accepted", messageIds }, at);
    expect(itemSize(toBatchItem(frozen))).toBeLessThanOrEqual(1_024);
    expect(itemSize(toBatchItem(claimed))).toBeLessThanOrEqual(1_024);
    expect(itemSize(toBatchItem(done))).toBeLessThanOrEqual(2_048);
    for (const batch of [frozen, claimed, done]) expect(fromBatchItem(toBatchItem(batch))).toEqual(batch);
  });

  test("a batch of an earlier version, with what its keys say and what is usual in it too, is read", () => {
    const id = "0".repeat(24);
    const key = { newsletter: "daily", date: "2026-11-23", group: "0a", run: "r1", due: "2026-11-23T07:00:00.000Z" };
    const batch = { ...freshBatch({ ...key, first: id }, [id]), notBefore: key.due, failures: 2 };
    const { call, log, messageIds, single, refusedSince, resends } = batch;
    const whole = { call, log, messageIds, single, refusedSince, resends, ...key, first: id };
    expect(fromBatchItem({ ...whole, ...toBatchItem(batch) })).toEqual(batch);
    expect(Object.keys(toBatchItem(batch))).not.toContain("newsletter");
  });

  test("a full batch with SES's message ids stays small", () => {
    const id = (n: number) => n.toString(16).padStart(24, "0");
    const ids = Array.from({ length: 50 }, (_, n) => id(n));
    const messageId = "0100019abcdef012-01234567-89ab-cdef-0123-456789abcdef-000000";
    const key = { newsletter: "daily", date: "2026-11-23", group: "0a", run: "r1", due: "2026-11-23T07:00:00.000Z" };
    const batch = {
      ...freshBatch({ ...key, first: id(0) }, ids),
      call: { at: key.due, until: key.due, positions: [0, 1, 49], rev: 3, run: "me" },
      messageIds: ids.map((_, at): string => (at === 7 ? "" : messageId)),
    };
    const item: Record<string, unknown> = toBatchItem(batch);
    expect(fromBatchItem(item)).toEqual(batch);
    expect(item.messageIds).toHaveLength(10 + 50 * 18);
    expect(item.ids).toHaveLength(50 * 12);
    const apart = { ...batch, messageIds: batch.messageIds.with(9, messageId.replace(/^0100/, "0200")) };
    expect(Reflect.get(toBatchItem(apart), "messageIds")).toHaveLength(50 * 27);
    expect(fromBatchItem(toBatchItem(apart))).toEqual(apart);
    const unknown = { ...batch, messageIds: ids.map(() => "") };
    expect(fromBatchItem(toBatchItem(unknown))).toEqual(unknown);
    const texts = { ...batch, messageIds: ["m1", "", "m3"] };
    expect(fromBatchItem(toBatchItem(texts))).toEqual(texts);
  });
});
