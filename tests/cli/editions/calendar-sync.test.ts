import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { syncCalendarFile } from "#cli/editions/calendar-sync.ts";
import { calendarOf } from "#domain/config/calendars.ts";
import { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { calendarDay } from "#domain/time/calendar.ts";
import { broadsheet, json } from "../command-line.ts";

const now = Date.parse("2026-11-30T08:00:00Z");
const event = (date: string, name: string, more: string[] = []) =>
  ["BEGIN:VEVENT", `DTSTART;VALUE=DATE:${date}`, `SUMMARY:${name}`, ...more, "END:VEVENT"].join("\r\n");
const ics = (...events: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...events, "END:VCALENDAR", ""].join("\r\n");
const christmas = event("20261225", "Christmas Day");

let server: Server;
let origin: string;
let served: { status?: number; body: string | Buffer; location?: string };
beforeAll(async () => {
  server = createServer((_, response) => {
    const { status = 200, body, location } = served;
    response.writeHead(status, { "content-type": "text/calendar", ...(location === undefined ? {} : { location }) });
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "broadsheet-calendar-"));
});

const sync = (more: Partial<Parameters<typeof syncCalendarFile>[0]> = {}) =>
  syncCalendarFile({
    ...{ address: `${origin}/holidays.ics`, file: "calendars/holidays.ics", root, now },
    ...{ allowOrigins: [origin], skippedIn: undefined, ...more },
  });
const file = () => readFileSync(join(root, "calendars/holidays.ics"), "utf8");

describe("calendar sync", () => {
  test("writes the dates, which the calendar then skips, with their names", async () => {
    served = { body: ics(christmas, event("20270101", "New Year\\, first day")) };
    const { text } = await sync();
    expect(text).toBe(
      [
        "Wrote calendars/holidays.ics: 2 dates.",
        "  + 2026-12-25  Christmas Day",
        "  + 2027-01-01  New Year, first day",
        'No newsletter skips it yet: add skip: "calendars/holidays.ics" to one in broadsheet.config.ts.',
      ].join("\n"),
    );
    const newsletter = NewsletterConfig.parse({
      ...{ title: "Daily", from: { name: "Daily", address: "daily@example.org" }, postalAddress: "1 Street" },
      skip: "calendars/holidays.ics",
    });
    const calendar = calendarOf(newsletter, (path) => readFileSync(join(root, path), "utf8"));
    expect(calendarDay(calendar, "2026-12-25")).toMatchObject({ skipped: true, note: "Christmas Day" });
    expect(calendarDay(calendar, "2027-01-01")).toMatchObject({ skipped: true, note: "New Year, first day" });
  });

  test("says so and writes nothing if nothing changed, whatever else is in the file", async () => {
    served = { body: ics(christmas) };
    await sync();
    const before = file();
    served = { body: ics(event("20261225", "Christmas Day", ["DTSTAMP:20261130T080000Z", "DESCRIPTION:other"])) };
    const { text, json: given } = await sync();
    expect(text).toBe("calendars/holidays.ics is up to date: 1 date, the last 2026-12-25.");
    expect(given).toMatchObject({ changed: false, dates: 1, added: [], removed: [] });
    expect(file()).toBe(before);
  });

  test("names what came and what went", async () => {
    served = { body: ics(christmas, event("20261226", "Boxing Day")) };
    await sync();
    served = { body: ics(christmas, event("20261228", "Boxing Day")) };
    const { text } = await sync({ skippedIn: "Europe/London" });
    expect(text.split("\n")).toEqual([
      "Wrote calendars/holidays.ics: 2 dates.",
      "  - 2026-12-26  Boxing Day",
      "  + 2026-12-28  Boxing Day",
      "Commit it and deploy: npx cdk deploy",
    ]);
  });

  test("keeps the relevant years of a yearly event", async () => {
    served = { body: ics(event("19900501", "May Day", ["RRULE:FREQ=YEARLY"])) };
    const { json: given } = await sync();
    expect(given).toMatchObject({ dates: 7, last: "2031-05-01" });
  });
});

describe("a hostile or broken calendar changes nothing", () => {
  const endless = Array.from({ length: 2_000 }, (_, at) =>
    event("20260101", `e${at}`, ["DTEND;VALUE=DATE:20290101", "RRULE:FREQ=YEARLY;COUNT=50"]),
  );
  test.each([
    ["is not a calendar", "<html>Sign in</html>", "not an iCalendar file"],
    ["asks for millions of dates", ics(...endless), "more than 100000 dates"],
    ["is too large", `${ics(christmas)}${"X".repeat(1_100_000)}`, "MB"],
    ["is empty", "", "empty document"],
    ["has old dates only", ics(event("20010101", "Old")), "no dates from 2025-01-01 on"],
    ["repeats in a way no one reads", ics(event("20261225", "Odd", ["RRULE:FREQ=HOURLY"])), "repeats"],
    ["is a feed of bytes", Buffer.from([0xff, 0xfe, 0x00, 0x01]), "not an iCalendar file"],
  ])("it %s", async (_, body, message) => {
    served = { body: ics(christmas) };
    await sync();
    const before = file();
    served = { body };
    await expect(sync()).rejects.toThrow(message);
    expect(file()).toBe(before);
    expect(readdirSync(join(root, "calendars"))).toEqual(["holidays.ics"]);
  });

  test("names carry no line, control or direction characters into the file", async () => {
    const name = "Day\\nBEGIN:VEVENT\u001b[31m\u202eoff\\;\\,";
    served = { body: ics(event("20261225", name)) };
    await sync();
    for (const hidden of ["\u001b", "\u202e"]) expect(file()).not.toContain(hidden);
    expect(file().match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
    expect((await sync()).json).toMatchObject({ changed: false });
  });

  test.each([
    ["http://169.254.169.254/latest/holidays.ics", "not a public internet address"],
    ["http://localhost/holidays.ics", "local network name"],
    ["file:///etc/passwd.ics", "only http and https"],
    ["webcal://127.0.0.1/holidays.ics", "not a public internet address"],
  ])("%s isn't fetched", async (address, message) => {
    await expect(sync({ address })).rejects.toThrow(message);
    expect(existsSync(join(root, "calendars"))).toBe(false);
  });

  test("a redirect to a private address isn't followed", async () => {
    served = { status: 302, body: "", location: "http://10.0.0.1/holidays.ics" };
    await expect(sync()).rejects.toThrow("not a public internet address");
  });

  test("an error page is an error", async () => {
    served = { status: 404, body: "no" };
    await expect(sync()).rejects.toThrow("returned 404. Check the address in a browser. Nothing was written.");
  });

  test("another file is not overwritten", async () => {
    mkdirSync(join(root, "calendars"));
    writeFileSync(join(root, "calendars/holidays.ics"), "my notes");
    served = { body: ics(christmas) };
    await expect(sync()).rejects.toThrow("isn't a calendar, so it is not overwritten");
    expect(file()).toBe("my notes");
  });
});

describe("the command", () => {
  test.each([
    [["calendar", "sync", "https://example.org/a.ics", "../a.ics"], "outside of the repository"],
    [["calendar", "sync", "https://example.org/a.ics", "a.txt"], "must end in .ics"],
    [["calendar", "sync", "https://example.org/a.ics"], "missing required argument 'file'"],
  ])("%j is wrong usage", async (args, message) => {
    const { code, err } = await broadsheet(args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test("fails with exit 1 and a document where the address can't be used", async () => {
    const ran = await broadsheet(["calendar", "sync", "http://10.0.0.1/a.ics", "never-written.ics", "--json"]);
    expect(ran.code).toBe(1);
    expect(json(ran)).toMatchObject({ ok: false, fault: { message: expect.stringContaining("not a public") } });
    expect(existsSync("never-written.ics")).toBe(false);
  });
});
