import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { config } from "#broadsheet.config.ts";
import { newFolder, startUp } from "../../local/up-process.ts";
import { launch } from "../chromium.ts";

/**
 * A new reader with the whole local system, on a phone, without scripts and only by keyboard, from the form to erasure;
 * and a scanner that opens every link in every email.
 */
let folder: string;
let up: Awaited<ReturnType<typeof startUp>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  folder = newFolder();
  up = await startUp(folder);
  browser = await launch();
  context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await up.end("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

const Messages = z.array(z.looseObject({ id: z.string(), to: z.string(), subject: z.string() }));
const messages = async () => Messages.parse(await (await fetch(`${up.ready.inbox}/messages`)).json());
const bodyOf = async (id: string) => {
  const text = await (await fetch(`${up.ready.inbox}/messages/${id}.eml`)).text();
  return text.replaceAll("=\r\n", "").replaceAll("=3D", "=");
};

/** The link in the newest email with this subject to an address. It waits, because emails are sent by the queue. */
async function linkIn(to: string, subject: RegExp, path: string): Promise<string> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const mail = (await messages()).find((one) => one.to === to && subject.test(one.subject));
    const link = mail && new RegExp(`${up.ready.site}${path}/[a-z0-9.-]+`).exec(await bodyOf(mail.id))?.[0];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`No mail to ${to} about ${subject}.`);
}

/**
 * A reader who got the first edition. It waits for the emails, because an edition is public as soon as sending begins.
 */
async function readerOfEdition(): Promise<string> {
  return vi.waitFor(
    async () => z.string().parse((await messages()).find((one) => !/^(?:Confirm|Your first)/.test(one.subject))?.to),
    {
      timeout: 30_000,
      interval: 200,
    },
  );
}

/** Waits for the welcome, which arrives within a minute and has all of a reader's links. */
async function welcomed(to: string): Promise<void> {
  const find = async () => (await messages()).find((one) => one.to === to && /^Your first edition: /.test(one.subject));
  const mail = await vi.waitFor(async () => z.object({ id: z.string() }).parse(await find()), {
    timeout: 60_000,
    interval: 200,
  });
  expect(await bodyOf(mail.id)).toContain("Welcome to The Daily Broadsheet!");
  expect(await bodyOf(mail.id)).toContain(`${up.ready.site}/unsubscribe/`);
}

/** Presses the page's first button by keyboard: Tab until it has the focus, then Enter. */
async function pressButton(): Promise<void> {
  for (let stop = 0; stop < 12; stop += 1) {
    if ((await page.locator("main button:focus").count()) > 0) break;
    await page.keyboard.press("Tab");
  }
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

/** Sets a time zone and a pause, and ends the pause, without scripts. */
async function changePreferences(link: string): Promise<void> {
  const press = async (name: string) => {
    await page.locator(`button[name=${name}]`).focus();
    await Promise.all([page.waitForURL(/done=/), page.keyboard.press("Enter")]);
    expect(await page.locator("[role=status]").textContent()).toBe("Saved.");
  };
  await page.goto(link);
  await page.locator("#zone").focus();
  await page.keyboard.type("Asia/Tokyo");
  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await page.locator("#pause").fill(inTenDays);
  await press("save");
  expect(await page.locator("#zone").inputValue()).toBe("Asia/Tokyo");
  expect(await page.locator("#pause").inputValue()).toBe(inTenDays);
  await page.goto(link);
  await press("resume");
  expect(await page.locator("#pause").inputValue()).toBe("");
  expect(await page.locator("#zone").inputValue()).toBe("Asia/Tokyo");
}

const heading = async () => (await page.locator("h1").textContent())?.trim();
const statusOf = async (address: string) =>
  (await up.door("subscriber show", { newsletter: "daily", address })).subscriber.status;
const address = "reader@example.com";

const yesterday = () => Temporal.Now.plainDateISO(config.newsletters.daily?.timeZone).subtract({ days: 1 }).toString();

/** Waits until the first edition is finished, so later readers aren't in it. */
const firstIsFinished = () =>
  vi.waitFor(
    async () =>
      expect((await up.door("show", { newsletter: "daily", date: yesterday() })).edition.state).toBe("finished"),
    {
      timeout: 60_000,
      interval: 500,
    },
  );

test("subscribes, confirms, leaves, undoes it, changes preferences, sees what is stored, and is forgotten", async () => {
  await firstIsFinished();
  await page.goto(`${up.ready.site}/`);
  await page.getByRole("link", { name: "Subscribe to The Daily Broadsheet" }).click();
  await page.locator("input[type=email]").focus();
  await page.keyboard.type(address);
  await page.keyboard.press("Enter");
  await page.waitForURL(/subscribed/);
  expect(await heading()).toBe("Check your inbox");

  const confirm = await linkIn(address, /^Confirm/, "/confirm");
  await page.goto(confirm);
  expect(await statusOf(address)).toBe("pending");
  await pressButton();
  expect(await heading()).toBe("You’re subscribed");
  expect(await statusOf(address)).toBe("active");
  await welcomed(address);

  await page.goto(`${up.ready.site}/daily`);
  const [word = ""] = /\p{L}{5,}/u.exec((await page.locator("main li a").first().textContent()) ?? "") ?? [];
  await page.locator("input[type=search]").fill(word);
  await page.keyboard.press("Enter");
  await page.waitForURL(/search/);
  await page.locator("main li a").first().click();
  expect(await page.locator("article h1").count()).toBe(1);

  const someone = await readerOfEdition();
  const unsubscribe = await linkIn(someone, /(?:)/, "/unsubscribe");
  await page.goto(unsubscribe);
  await pressButton();
  expect(await heading()).toBe("You are unsubscribed");
  expect(await statusOf(someone)).toBe("left");
  await pressButton();
  expect(await heading()).toBe("You’re subscribed again");
  expect(await statusOf(someone)).toBe("active");

  await changePreferences(`${unsubscribe}/preferences`);
  expect(await statusOf(someone)).toBe("active");

  await page.goto(unsubscribe);
  await page.getByRole("link", { name: "Your data" }).click();
  await pressButton();
  expect(await heading()).toBe("Check your inbox");
  const data = await linkIn(someone, /^Your data/, "/manage");
  await page.goto(data);
  expect(await page.locator("main").textContent()).toContain(someone);
  await pressButton();
  expect(await heading()).toBe("Your data is erased");
  await expect(statusOf(someone)).rejects.toThrow();
  expect(await context.cookies()).toEqual([]);
});

test("D4: a scanner that opens every link, with scripts on, changes nothing", async () => {
  const scanner = await browser.newContext();
  const tab = await scanner.newPage();
  const seen = new Set<string>();
  for (const { id } of (await messages()).slice(0, 6)) {
    for (const [link] of (await bodyOf(id)).matchAll(new RegExp(`${up.ready.site}/[a-z0-9./-]+`, "g"))) seen.add(link);
  }
  const list = async () => (await up.door("subscriber export", { newsletter: "daily" })).subscribers;
  const before = await list();
  for (const link of seen) {
    await fetch(link, { method: "HEAD" });
    await fetch(link, { headers: { "sec-purpose": "prefetch" } });
    await tab.goto(link);
    await tab.waitForTimeout(50);
  }
  expect(seen.size).toBeGreaterThan(5);
  expect(await list()).toEqual(before);
  await scanner.close();
});
