import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { newEdition } from "#domain/edition/states.ts";
import { type ReaderSite, readerSite } from "../../testing/audience/reader-site.ts";
import { launch } from "../chromium.ts";

/**
 * Changes that a reader makes on a phone, without scripts and only by keyboard: a weekly instead of the daily, another
 * address, and an answer to whether an edition was worth reading. The website runs in memory.
 */
const config = defineConfig({
  newsletters: {
    daily: {
      title: "The Daily Test",
      from: { name: "Ed", address: "ed@example.com" },
      postalAddress: "1 Street",
      feedback: true,
    },
    weekly: { title: "The Weekly Test", from: { newsletter: "daily" }, days: ["sat"], postalAddress: "1 Street" },
  },
});
const ann = "ann.lee@example.com";
const origin = "https://news.example.com";
const date = "2026-11-23";

let browser: Browser;
let site: ReaderSite;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  site = readerSite(config);
  const frozenAt = `${date}T07:00:00.000Z`;
  site.ports.archive.edition = async (key) => ({
    ...newEdition({ ...key, now: frozenAt, rev: 1, cutoff: frozenAt }),
    ...{ state: "finished", frozenAt, published: true },
  });
  await site.put(ann);
});

async function visiting(visit: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await context.route("**/*", async (route) => {
    const request = route.request();
    const body = request.postData();
    const first = await site.fetch(
      new Request(request.url(), {
        method: request.method(),
        headers: request.headers(),
        ...(body === null ? {} : { body }),
      }),
    );
    // Playwright doesn't pass the target of a redirect to the route again.
    const next = first.headers.get("location");
    const answer = next === null ? first : await site.get(next);
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
  });
  const page = await context.newPage();
  try {
    await visit(page);
    expect(await context.cookies()).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Presses Tab until a matching element has the focus, then Enter. */
async function press(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < 40; stop += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) break;
    await page.keyboard.press("Tab");
  }
  expect(await page.locator(`${selector}:focus`).count()).toBe(1);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}
const heading = async (page: Page) => (await page.locator("h1").textContent())?.trim();
const statuses = async () => [(await site.subscriber(ann))?.status, (await site.subscriber(ann, "weekly"))?.status];

describe("by the keyboard", () => {
  test("weekly instead of daily, by preferences", async () => {
    await visiting(async (page) => {
      await page.goto(origin + site.preferences(ann));
      await press(page, "button[name=instead]");
      expect(await heading(page)).toBe("Your subscription is changed");
      expect(await statuses()).toEqual(["left", "active"]);
    });
  });

  test("weekly instead of nothing, after leaving", async () => {
    await visiting(async (page) => {
      await page.goto(`${origin}/unsubscribe/${site.tokenOf(ann)}`);
      expect(await page.locator("button[name=instead]").count()).toBe(0);
      await press(page, "main button");
      expect(await heading(page)).toBe("You are unsubscribed");
      await press(page, "button[name=instead]");
      expect(await statuses()).toEqual(["left", "active"]);
    });
  });

  test("another address, with a mistake first", async () => {
    await visiting(async (page) => {
      await page.goto(origin + site.preferences(ann));
      await page.locator("#email").focus();
      await page.keyboard.type("ann@new");
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      expect(await page.locator(".problem:focus").count()).toBe(1);
      await page.locator("#email").fill("ann@new.example.org");
      await page.locator("#email").focus();
      await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
      expect(await page.locator("[role=status]").textContent()).toMatch(/^We have sent an email to the new address/);
      await site.answer();
      await page.goto(origin + site.linkIn(site.mails[0]));
      await press(page, "main button");
      expect(await heading(page)).toBe("Your address is changed");
      expect((await site.subscriber("ann@new.example.org"))?.status).toBe("active");
    });
  });

  test("an answer whether an edition was worth reading", async () => {
    await visiting(async (page) => {
      const link = `${origin}/unsubscribe/${site.tokenOf(ann)}/worth/${date}/no`;
      await page.goto(link);
      expect(await site.ports.worth.of("daily", 1)).toEqual(new Map());
      await press(page, "main button:not(.second)");
      expect(await heading(page)).toBe("Thank you");
      expect(await site.ports.worth.of("daily", 1)).toEqual(new Map([[date, { yes: 0, no: 1 }]]));
      await page.goto(link);
      await press(page, "main button.second");
      expect(await heading(page)).toBe("You’ve already answered");
    });
  });
});
