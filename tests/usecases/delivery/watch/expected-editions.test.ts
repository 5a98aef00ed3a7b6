import { beforeEach, expect, test } from "vitest";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { calendarOf } from "#domain/config/calendars.ts";
import { defineConfig } from "#domain/config.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { findMissingEditions } from "#usecases/delivery/watch/expected-editions.ts";
import { approved } from "../../../testing/delivery/delivery-system.ts";

const { newsletters } = defineConfig({
  newsletters: {
    daily: {
      title: "Daily",
      from: { name: "Daily", address: "daily@example.com" },
      postalAddress: "1 Example Street",
      editors: ["ed@example.com"],
    },
  },
});
const date = "2026-11-30";
const key = { newsletter: "daily", date };

let now: string;
let hasReaders: boolean;
let mails: string[];
let errors: string[];
let ports: ReturnType<typeof open>;

function open() {
  const daily = newsletters.daily;
  if (daily === undefined) throw new Error("the config has no daily");
  return {
    newsletters,
    calendarOf: () => calendarOf(daily, () => ""),
    editions: memoryEditions(deliveryStore()),
    subscribers: { anyActive: async () => hasReaders },
    notify: async ({ subject, text }: { subject: string; text: string }) => void mails.push(`${subject}\n${text}`),
    now: () => now,
    log: { info: () => {}, warn: () => {}, error: (message: string) => void errors.push(message) },
    reached: new Set<string>(),
  };
}

beforeEach(() => {
  [now, hasReaders, mails, errors] = ["2026-11-30T09:00:00Z", true, [], []];
  ports = open();
});

const put = (change: Partial<Edition>) =>
  ports.editions.create({
    ...approved(),
    ...key,
    createdAt: "2026-11-29T19:00:00.000Z",
    dueAt: "2026-11-30T07:00:00Z",
    approvedAt: null,
    ...change,
  });
const yesterday = (createdAt = "2026-11-28T19:00:00.000Z") =>
  ports.editions.create({ ...approved(), newsletter: "daily", date: "2026-11-29", state: "finished", createdAt });

test("an edition that was never made is missed two hours after it was due, and its editors are notified once", async () => {
  await yesterday();
  now = "2026-11-30T08:59:00Z";
  ports.reached.add("daily 2026-11-29");
  expect(await findMissingEditions(ports)).toBe(0);
  now = "2026-11-30T09:00:00Z";
  expect(await findMissingEditions(ports)).toBe(1);
  expect(await findMissingEditions(ports)).toBe(1);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/Most readers don't have it: Daily, 2026-11-30/);
  expect(mails[0]).toContain("it was not made");
  expect(mails[0]).toContain("edition show daily --date 2026-11-30");
});

test("a draft that no one approved is missed until a person skips it", async () => {
  await put({ state: "draft" });
  expect(await findMissingEditions(ports)).toBe(1);
  await ports.editions.update(key, { state: "skipped" });
  expect(await findMissingEditions(ports)).toBe(0);
});

test("one that reached its readers is never read again", async () => {
  await put({ state: "finished", frozenAt: "2026-11-30T07:00:01Z" });
  expect(await findMissingEditions(ports)).toBe(0);
  ports.editions.get = async () => {
    throw new Error("read again");
  };
  expect(await findMissingEditions(ports)).toBe(0);
  expect(errors).toEqual([]);
});

test("nothing is missed where there is no reader, or no edition ever", async () => {
  expect(await findMissingEditions(ports)).toBe(0);
  await yesterday();
  hasReaders = false;
  expect(await findMissingEditions(ports)).toBe(0);
  expect(mails).toEqual([]);
});

test("nothing is missed on the day on which a newsletter begins, after its time", async () => {
  await yesterday("2026-11-30T08:50:00.000Z");
  expect(await findMissingEditions(ports)).toBe(0);
  await put({ state: "draft", createdAt: "2026-11-30T08:55:00.000Z" });
  expect(await findMissingEditions(ports)).toBe(0);
  expect(mails).toEqual([]);
});

test("an edition whose table can't be read counts as missing", async () => {
  ports.editions.get = async () => {
    throw new Error("throttled");
  };
  expect(await findMissingEditions(ports)).toBe(1);
  expect(errors).toHaveLength(1);
});

test("one that a person sends by hand after its time has its grace from then on", async () => {
  await put({ state: "sending", approvedAt: "2026-11-30T08:59:30.000Z" });
  now = "2026-11-30T09:00:00.000Z";
  expect(await findMissingEditions(ports)).toBe(0);
  expect(mails).toEqual([]);
  now = "2026-11-30T10:59:30.000Z";
  expect(await findMissingEditions(ports)).toBe(1);
});
