import { beforeEach, describe, expect, test } from "vitest";
import { calendarsOf } from "#domain/config/calendars.ts";
import { maybeSentReason } from "#domain/delivery/table-identity.ts";
import { now, setting } from "../../../testing/command-setting.ts";

/** It is 08:30 on the 24th in Tokyo, where daily was due at 07:00, and may start until 10:00. */
const due = { newsletter: "daily", date: "2026-11-24" };
let set: ReturnType<typeof setting>;
beforeEach(async () => {
  set = setting();
  await set.ledger.adoptTable({ arn: "the table before", createdAt: "2026-01-01T00:00:00.000Z" }, undefined);
});

/** A draft of another day, made before the edition was due: the newsletter had begun. */
const begun = async () => {
  await set.put("2026-11-20");
  await set.editions.update({ ...due, date: "2026-11-20" }, { createdAt: "2026-11-19T20:00:00.000Z" });
};
const accept = (at = now, over: Parameters<typeof set.ask>[1] = {}) =>
  set.ask({ do: "restore accept", by: "ed" }, { now: () => at, ...over });
const stored = async () => {
  const edition = await set.editions.get(due);
  return edition && [edition.state, edition.reason];
};

describe("an edition that was due before a restored table is accepted", () => {
  test("is held if the table has its draft: it may have been sent since the backup", async () => {
    await set.put(due.date);
    expect(await accept()).toMatchObject({ ok: true, value: { accepted: true } });
    expect(await stored()).toEqual(["held", maybeSentReason]);
    expect(set.logged).toContainEqual(["an edition is held", expect.objectContaining({ edition: "daily 2026-11-24" })]);
  });

  test("is held if the table has none of it, and can be drafted once a person has cancelled it", async () => {
    await begun();
    await accept();
    expect(await stored()).toEqual(["held", maybeSentReason]);
    expect(await set.ask({ do: "resume", ...due, by: "ed" })).toMatchObject({ ok: false });
    expect(await set.ask({ do: "cancel", ...due, by: "ed" })).toMatchObject({ ok: true });
  });

  test("goes out as ever where it is due later, its window has passed, or the newsletter is new", async () => {
    await set.put(due.date);
    await accept("2026-11-23T21:59:00.000Z");
    expect(await stored()).toEqual(["draft", null]);
    await set.ledger.adoptTable({ arn: "again", createdAt: now }, await set.ledger.tableKnown());
    await accept("2026-11-24T01:01:00.000Z");
    expect(await stored()).toEqual(["draft", null]);
    set = setting();
    await set.ledger.adoptTable({ arn: "the table before", createdAt: "2026-01-01T00:00:00.000Z" }, undefined);
    await accept();
    expect(await stored()).toBeUndefined();
  });

  test.each(["finished", "skipped", "cancelled"] as const)("stays as the table has it if it was %s", async (state) => {
    await set.put(due.date, state, "2026-11-23T22:00:00.000Z");
    await accept();
    expect(await stored()).toEqual([state, null]);
  });

  test("is held if it was yesterday's, and its window goes on after midnight", async () => {
    const daily = set.config.newsletters.daily ?? expect.fail("there is no daily");
    const config = { ...set.config, newsletters: { daily: { ...daily, sendAt: "23:30" } } };
    await set.put(due.date);
    const oneInTheMorning = "2026-11-24T16:00:00.000Z";
    await accept(oneInTheMorning, { config, calendar: calendarsOf(config, () => "") });
    expect(await stored()).toEqual(["held", maybeSentReason]);
  });

  test("is held before the table is accepted: a failure leaves it restored", async () => {
    await set.put(due.date);
    const editions = { ...set.editions, update: () => Promise.reject(new Error("the table is away")) };
    expect(await accept(now, { editions })).toMatchObject({ ok: false });
    expect((await set.ledger.tableKnown())?.arn).toBe("the table before");
  });
});
