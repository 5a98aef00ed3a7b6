import { expect, test } from "vitest";
import { addByOperator, leave, remove } from "#domain/audience/consent/consent.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";

const at = "2026-11-23T07:00:00.000Z";
const later = "2026-11-24T07:00:00.000Z";
const ann = { newsletter: "daily", id: "0123456789abcdef01234567", address: "ann@example.com" };

const added = (before?: Subscriber, when = at): Subscriber => {
  const vouched = addByOperator(before, ann, "ed", when);
  if (vouched.change !== "added") throw new Error(vouched.change);
  return vouched.after;
};

test("an address added by an operator is active, with who added it and when", () => {
  expect(added()).toMatchObject({ ...ann, status: "active", consent: "vouched for by ed, 2026-11-23", addedAt: at });
});

test("adding it twice changes nothing", () => {
  expect(addByOperator(added(), ann, "ed", later)).toEqual({ change: "already" });
});

test("a list doesn't bring back readers who unsubscribed; it does bring back removed ones", () => {
  const left = leave(added(), later);
  if (left === undefined) throw new Error("was active");
  expect(addByOperator(left, ann, "ed", later)).toMatchObject({
    change: "refused",
    why: expect.stringContaining("2026-11-24"),
  });
  const removed = remove(added(), later);
  expect(added(removed, later)).toMatchObject({ status: "active" });
});

test("leaving twice, or after being removed, changes nothing", () => {
  const left = leave(added(), later);
  expect(left).toMatchObject({ status: "left", addedAt: at, changedAt: later });
  expect(left && leave(left, later)).toBeUndefined();
  const removed = remove(added(), later);
  expect(removed && leave(removed, later)).toBeUndefined();
  expect(left && remove(left, later)).toBeUndefined();
});

test("a change is always later than the one before it, even if the clock doesn't advance", () => {
  const subscriber = added();
  expect(leave(subscriber, at)?.changedAt).toBe("2026-11-23T07:00:00.001Z");
});
