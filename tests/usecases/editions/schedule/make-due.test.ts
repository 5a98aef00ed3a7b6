import { describe, expect, test } from "vitest";
import { memorySchedule } from "#adapters/memory/editions/schedule.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import { type MakeDuePorts, makeDue } from "#usecases/editions/schedule/make-due.ts";

const from = { name: "Ed", address: "ed@example.com" };
const postalAddress = "1 Street";
type Newsletters = ConfigInput["newsletters"];

/** Watch's clock over memory; `run` looks at one instant, `follow` each minute. */
function clockOf(newsletters: Newsletters) {
  const schedule = memorySchedule();
  const started: { at: string; newsletter: string; date: string; step: string; scheduledFor: string }[] = [];
  const errors: unknown[] = [];
  let now = "";
  let config = defineConfig({ newsletters });
  const portsOf = (): MakeDuePorts => ({
    config,
    calendar: calendarsOf(config, () => {
      throw new Error("no such file");
    }),
    schedule,
    startStep: async (request) => void started.push({ at: now, ...request }),
    now: () => now,
    log: { info: () => {}, warn: () => {}, error: (_, fields) => void errors.push(fields) },
  });
  const run = (at: string) => {
    now = at;
    return makeDue(portsOf());
  };
  return {
    schedule,
    started,
    errors,
    run,
    configure: (next: Newsletters) => {
      config = defineConfig({ newsletters: next });
    },
    follow: async (first: string, last: string) => {
      for (let at = Date.parse(first); at <= Date.parse(last); at += 60_000) await run(new Date(at).toISOString());
    },
  };
}

describe("each minute", () => {
  test("an edition is drafted, completed and sent at its times, once each", async () => {
    const clock = clockOf({ daily: { title: "Daily", from, postalAddress, draftBefore: 2 } });
    await clock.follow("2026-11-23T12:00:00.000Z", "2026-11-24T06:59:00.000Z");
    expect(clock.started.map(({ at, step }) => [at.slice(0, 16), step])).toEqual([
      ["2026-11-24T05:00", "draft"],
      ["2026-11-24T06:00", "draft"],
      ["2026-11-24T06:45", "gate"],
    ]);
    expect(await clock.run("2026-11-24T07:00:00.000Z")).toEqual(["daily 2026-11-24 due"]);
    await clock.schedule.markScheduledDone({ newsletter: "daily", date: "2026-11-24" }, "2026-11-24T07:00:20.000Z");
    await clock.follow("2026-11-24T07:01:00.000Z", "2026-11-24T12:00:00.000Z");
    expect(clock.started.filter(({ step }) => step === "due")).toHaveLength(1);
  });

  test.each([
    ["Europe/London", "01:30", "2027-03-28T01:30", "2027-03-28"],
    ["Africa/Cairo", "00:30", "2027-04-29T22:30", "2027-04-30"],
    ["America/Santiago", "00:15", "2027-09-05T04:15", "2027-09-05"],
    ["Europe/London", "01:30", "2027-10-31T00:30", "2027-10-31"],
  ])("where clocks change in %s, one edition at one instant", async (timeZone, sendAt, due, date) => {
    const clock = clockOf({ daily: { title: "Daily", from, postalAddress, timeZone, sendAt } });
    const start = new Date(Date.parse(`${due}:00.000Z`) - 14 * 3_600_000).toISOString();
    for (let at = Date.parse(start); at < Date.parse(start) + 20 * 3_600_000; at += 60_000) {
      const steps = await clock.run(new Date(at).toISOString());
      if (steps.includes(`daily ${date} due`)) {
        await clock.schedule.markScheduledDone({ newsletter: "daily", date }, new Date(at).toISOString());
      }
    }
    const sent = clock.started.filter(({ step }) => step === "due");
    expect(sent.map(({ at, date: day }) => [at.slice(0, 16), day])).toEqual([[due, date]]);
  });

  test("a machine that slept over the time sends on waking, if it is not too late", async () => {
    const clock = clockOf({ daily: { title: "Daily", from, postalAddress } });
    await clock.run("2026-11-21T12:00:00.000Z");
    expect(await clock.run("2026-11-24T09:00:00.000Z")).toEqual(["daily 2026-11-24 due"]);
  });

  test("a new newsletter has missed nothing", async () => {
    const clock = clockOf({ daily: { title: "Daily", from, postalAddress } });
    await clock.follow("2026-11-24T07:01:00.000Z", "2026-11-24T11:00:00.000Z");
    expect(clock.started).toEqual([]);
  });

  test("a config whose time has passed today sends tomorrow, not at once", async () => {
    const clock = clockOf({ daily: { title: "Daily", from, postalAddress, sendAt: "09:00", draftBefore: 1 } });
    await clock.run("2026-11-24T07:30:00.000Z");
    clock.configure({ daily: { title: "Daily", from, postalAddress, sendAt: "07:00", draftBefore: 1 } });
    await clock.follow("2026-11-24T07:31:00.000Z", "2026-11-24T12:00:00.000Z");
    expect(clock.started).toEqual([]);
    expect(await clock.run("2026-11-25T07:00:00.000Z")).toEqual(["daily 2026-11-25 due"]);
  });

  test("a skipped date starts nothing", async () => {
    const clock = clockOf({ daily: { title: "Daily", from, postalAddress, skip: ["2026-11-24"] } });
    await clock.follow("2026-11-23T18:00:00.000Z", "2026-11-24T08:00:00.000Z");
    expect(clock.started.filter(({ date }) => date === "2026-11-24")).toEqual([]);
  });

  test("one newsletter's broken calendar does not stop another", async () => {
    const broken = { title: "Broken", from, postalAddress, skip: "gone.ics" };
    const clock = clockOf({ broken, daily: { title: "Daily", from, postalAddress } });
    await clock.run("2026-11-23T12:00:00.000Z");
    expect(await clock.run("2026-11-24T07:00:00.000Z")).toEqual(["daily 2026-11-24 due"]);
    expect(clock.errors).toContainEqual(expect.objectContaining({ newsletter: "broken" }));
  });
});
