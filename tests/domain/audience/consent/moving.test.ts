import { describe, expect, test } from "vitest";
import { addedFrom, movedHere } from "#domain/audience/consent/moving.ts";
import { reader } from "../../../testing/audience/subscriber.ts";

const at = "2026-11-23T07:00:00.000Z";
const who = { newsletter: "daily", id: "b".repeat(24), address: "ann@new.example" };
const from = reader({ zone: "Asia/Tokyo", pausedUntil: "2026-12-01", language: "de" });

describe("a subscription that goes to another address", () => {
  test("is active there, with its preferences and the id that it had", () => {
    expect(movedHere(undefined, who, from, at)).toEqual({
      ...reader({ ...who, zone: "Asia/Tokyo", pausedUntil: "2026-12-01", language: "de" }),
      consent: "moved from another address, 2026-11-23",
      addedAt: at,
      changedAt: at,
      origin: from.id,
    });
  });

  test("changes no one who is subscribed there already", () => {
    expect(movedHere(reader(who), who, from, at)).toBeUndefined();
  });

  test("keeps its place in a warm-up", () => {
    expect(movedHere(undefined, who, reader({ rank: 7 }), at)?.rank).toBe(7);
    expect(movedHere(reader({ ...who, status: "left", rank: 3 }), who, from, at)).not.toHaveProperty("rank");
  });

  test("waits for no warm-up because the new address was imported, if the old one did not", () => {
    const imported = reader({ ...who, rank: 9 });
    const { rank: _, ...admitted } = imported;
    expect(movedHere(imported, who, from, at)).toEqual({ ...admitted, changedAt: at });
    expect(movedHere(imported, who, reader({ rank: 7 }), at)).toEqual({ ...imported, rank: 7, changedAt: at });
    expect(movedHere(imported, who, reader({ rank: 9 }), at)).toBeUndefined();
  });

  test("brings back someone who had left there, after their last change", () => {
    const left = reader({ ...who, status: "left", changedAt: at });
    expect(movedHere(left, who, from, at)).toMatchObject({ status: "active", changedAt: "2026-11-23T07:00:00.001Z" });
  });
});

test("a subscription that goes to another newsletter has no id from before", () => {
  const weekly = { ...who, newsletter: "weekly" };
  expect(addedFrom(undefined, weekly, { from, consent: "switched by the reader", at })).toMatchObject({
    newsletter: "weekly",
    origin: null,
    consent: "switched by the reader, 2026-11-23",
  });
});
