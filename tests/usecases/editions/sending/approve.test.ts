import { beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { emailHash } from "#domain/edition/content/hash.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { now, setting } from "../../../testing/command-setting.ts";

/** It is 08:30 on the 24th in Tokyo, where the newsletter is at home and due at 07:00; it may be three hours late. */
const today = { newsletter: "daily", date: "2026-11-24" };
const tomorrow = { newsletter: "daily", date: "2026-11-25" };
const by = "Anders";

let set: ReturnType<typeof setting>;
beforeEach(async () => {
  set = setting();
  await set.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ada@example.com", "bram@example.com"] });
});

const decisions = async (key = tomorrow) => (await set.editions.decisions(key)).map((one) => one.do);
const decided = async (decision: object, key = tomorrow) => {
  const n = (await set.editions.decisions(key)).length + 1;
  await set.editions.appendDecision(key, n, { n, at: now, ...decision } as Decision);
};

describe("approve", () => {
  test("lets it go out at its newsletter's own time, and nothing is sent before", async () => {
    await set.put("2026-11-25");
    expect(await set.ask({ do: "approve", ...tomorrow, by })).toMatchObject({
      ok: true,
      value: {
        edition: { state: "approved" },
        due: { at: "2026-11-24T22:00:00.000Z", latest: "2026-11-25T01:00:00.000Z" },
      },
    });
    expect(set.calls.dispatch).toEqual([]);
    expect(await set.editions.decisions(tomorrow)).toMatchObject([
      { do: "approve", by, due: "2026-11-24T22:00:00.000Z" },
    ]);
  });

  test("in local time sends it to each reader at their own time; by hand, or at another time, to all at once", async () => {
    const { daily } = set.config.newsletters;
    const config = defineConfig({ newsletters: { daily: { ...daily, localTime: true } as typeof daily & object } });
    const ask = (request: object) => set.ask(request, { config });
    await set.put("2026-11-26");
    const key = { newsletter: "daily", date: "2026-11-26" };
    // 07:00 on Kiritimati; it may start until three hours after 07:00 in Tokyo.
    expect(await ask({ do: "approve", ...key, by })).toMatchObject({
      ok: true,
      value: {
        due: { at: "2026-11-25T17:00:00.000Z", latest: "2026-11-26T01:00:00.000Z", localTime: "07:00" },
      },
    });
    const localTime = { time: "07:00", timeZone: "Asia/Tokyo", lateHours: 3, skipLate: false };
    expect(await set.editions.get(key)).toMatchObject({ dueAt: "2026-11-25T17:00:00.000Z", localTime });
    expect(await ask({ do: "schedule", ...key, at: "2026-11-26T09:00", by })).toMatchObject({ ok: true });
    expect(await set.editions.get(key)).toMatchObject({ dueAt: "2026-11-26T00:00:00.000Z", localTime: null });
    await ask({ do: "approve", ...key, by });
    await ask({ do: "send", ...key, dateFar: true, by });
    expect(await set.editions.get(key)).toMatchObject({ dueAt: now, localTime: null });
  });

  test("twice says the same and is decided once", async () => {
    await set.put("2026-11-25");
    await set.ask({ do: "approve", ...tomorrow, by });
    expect(await set.ask({ do: "approve", ...tomorrow, by })).toMatchObject({ ok: true });
    expect(await decisions()).toEqual(["approve"]);
  });

  test("after its time holds within its lateness, and not after it", async () => {
    await set.put("2026-11-24");
    expect(await set.ask({ do: "approve", ...today, by })).toMatchObject({ ok: true });
    await set.put("2026-11-23");
    const late = await set.ask({ do: "approve", newsletter: "daily", date: "2026-11-23", by });
    expect(late).toMatchObject({ ok: false, fault: { message: expect.stringMatching(/too late.*07:00.*schedule/) } });
  });

  test("is of what was looked at: of anything else it is refused", async () => {
    await set.put("2026-11-25");
    const revision = await set.editions.revision(tomorrow, 1);
    const hash = emailHash(revision?.email ?? { subject: "", html: "", text: "" });
    expect(await set.ask({ do: "approve", ...tomorrow, hash: "0".repeat(64), by })).toMatchObject({
      fault: { code: "conflict", message: expect.stringContaining("changed since you looked at it") },
    });
    expect(await set.ask({ do: "approve", ...tomorrow, hash, by })).toMatchObject({ ok: true });
    expect(await set.editions.decisions(tomorrow)).toMatchObject([{ do: "approve", hash }]);
  });

  test("asks for a second person where the newsletter does, and takes no undo for none", async () => {
    const { daily } = set.config.newsletters;
    const config = defineConfig({ newsletters: { daily: { ...daily, secondPerson: true } as typeof daily & object } });
    await set.put("2026-11-25");
    await decided({ do: "skip", reason: null, by: "Edith" });
    await decided({ do: "undo", of: 1, by });
    await decided({ do: "approve", by: "Edith" });
    for (const command of ["approve", "send"]) {
      expect(await set.ask({ do: command, ...tomorrow, by }, { config })).toMatchObject({
        fault: { code: "not-allowed", message: expect.stringContaining("last changed by Anders") },
      });
    }
    expect(await set.ask({ do: "approve", ...tomorrow, by: "Edith" }, { config })).toMatchObject({ ok: true });
  });
});

describe("schedule", () => {
  beforeEach(() => set.put("2026-11-25"));
  const schedule = (at: string, more: object = {}) => set.ask({ do: "schedule", ...tomorrow, at, by, ...more });

  test("takes a time of the edition's date, or of another", async () => {
    expect(await schedule("18:30")).toMatchObject({ value: { due: { at: "2026-11-25T09:30:00.000Z" } } });
    expect(await schedule("2026-11-26T06:00")).toMatchObject({ value: { due: { at: "2026-11-25T21:00:00.000Z" } } });
    expect(set.calls.dispatch).toEqual([]);
  });

  test.each(["2026-11-24T08:29", "2026-11-24T08:30", "2020-01-01T07:00"])("never takes %s for now", async (at) => {
    expect(await schedule(at)).toMatchObject({
      ok: false,
      fault: { message: expect.stringMatching(/has passed; it is Tue 24 Nov 08:30 there\. Nothing was scheduled/) },
    });
    expect(await set.editions.get(tomorrow)).toMatchObject({ state: "draft", dueAt: null });
  });

  test.each(["", "7", "25:00", "2026-02-31X07:00", "tomorrow", "2026-13-01T07:00"])(
    "refuses '%s' in words",
    async (at) => {
      expect(await schedule(at)).toMatchObject({ fault: { message: expect.stringContaining("Write 07:00") } });
    },
  );

  test("explains a time that clocks skip, and one that they show twice (C21)", async () => {
    const { daily } = set.config.newsletters;
    const config = defineConfig({
      newsletters: { daily: { ...daily, timeZone: "Europe/London" } as typeof daily & object },
    });
    const at = (time: string, more: object = {}) =>
      set.ask({ do: "schedule", ...tomorrow, at: time, dateFar: true, by, ...more }, { config });
    expect(await at("2027-03-28T01:30")).toMatchObject({
      fault: {
        message: expect.stringMatching(
          /Clocks in Europe\/London go forward on 2027-03-28 and skip 01:30.*such as 02:30/,
        ),
      },
    });
    expect(await at("2027-10-31T01:30")).toMatchObject({
      value: { due: { at: "2027-10-31T00:30:00.000Z", note: expect.stringContaining("twice") } },
    });
    expect(await at("2027-10-31T01:30", { second: true })).toMatchObject({
      value: { due: { at: "2027-10-31T01:30:00.000Z", note: expect.stringContaining("second") } },
    });
  });
});

describe("send after a while", () => {
  beforeEach(() => set.put("2026-11-24"));

  test("can be taken back before anything went to SES (C23)", async () => {
    expect(await set.ask({ do: "send", ...today, after: 90, by })).toMatchObject({
      value: { edition: { state: "approved" } },
    });
    expect(await set.editions.get(today)).toMatchObject({ dueAt: "2026-11-23T23:31:30.000Z", latest: null });
    expect(set.calls.dispatch).toEqual([]);
    expect(await set.ask({ do: "withdraw", ...today, by })).toMatchObject({ value: { edition: { state: "draft" } } });
    expect(await set.editions.get(today)).toMatchObject({ dueAt: null, approvedAt: null });
    expect(await decisions(today)).toEqual(["approve", "withdraw"]);
  });

  test("pressed twice is sent once, at the time of the first press (C22)", async () => {
    await set.ask({ do: "send", ...today, after: 90, by });
    const later = { now: () => "2026-11-23T23:30:20.000Z" };
    expect(await set.ask({ do: "send", ...today, after: 90, by }, later)).toMatchObject({ ok: true });
    expect(await set.editions.get(today)).toMatchObject({ dueAt: "2026-11-23T23:31:30.000Z" });
    expect(await decisions(today)).toEqual(["approve"]);
  });

  test("what is on its way is not taken back but stopped", async () => {
    await set.ask({ do: "send", ...today, by });
    expect(set.calls.dispatch).toHaveLength(1);
    expect(await set.ask({ do: "withdraw", ...today, by })).toMatchObject({
      fault: { code: "wrong-state", message: expect.stringContaining("edition pause daily") },
    });
  });

  test("refuses what was changed since it was looked at", async () => {
    expect(await set.ask({ do: "send", ...today, hash: "0".repeat(64), after: 90, by })).toMatchObject({
      fault: { code: "conflict" },
    });
    expect(await set.editions.get(today)).toMatchObject({ state: "draft" });
  });
});

describe("plan", () => {
  test("says when, to how many, in how long and for how much, also where there is no edition yet", async () => {
    expect(await set.ask({ do: "plan", ...tomorrow })).toMatchObject({
      value: {
        due: { at: "2026-11-24T22:00:00.000Z" },
        readers: 2,
        seconds: null,
        dollars: expect.closeTo(0.00032, 9),
        asked: null,
      },
    });
    expect(await set.ask({ do: "plan", ...tomorrow, at: "18:30" })).toMatchObject({
      value: { asked: { at: "2026-11-25T09:30:00.000Z" } },
    });
    expect(await set.ask({ do: "plan", ...today, at: "06:00" })).toMatchObject({ ok: false });
  });

  test("a newsletter that waits for approval has no time until someone approves", async () => {
    const { daily } = set.config.newsletters;
    const config = defineConfig({ newsletters: { daily: { ...daily, mode: "approve" } as typeof daily & object } });
    await set.put("2026-11-25");
    expect(await set.ask({ do: "plan", ...tomorrow }, { config })).toMatchObject({
      value: { due: null, approvedBy: null },
    });
    await set.ask({ do: "approve", ...tomorrow, by }, { config });
    expect(await set.ask({ do: "plan", ...tomorrow }, { config })).toMatchObject({
      value: { due: { at: "2026-11-24T22:00:00.000Z" }, approvedBy: by },
    });
  });
});
