import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { Article } from "#domain/article/article.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { openStage, type Stage } from "../../functions/desk/stage.ts";
import { articles } from "../../testing/editions/edition-fixtures.ts";
import { launch } from "../chromium.ts";

/** The desk's edition page in a browser, with the real commands: what its tests share. */

export const key = { newsletter: "daily", date: "2026-11-23" };
type Around = {
  width?: number;
  touch?: boolean;
  dark?: boolean;
  forced?: boolean;
  count?: number;
  over?: Partial<NewsletterConfig>;
  language?: string;
  extra?: Article[];
};

/** A deployment copies pictures to its own address. Here they aren't copied, so the preview's policy blocks them. */
const expected = /ERR_|status of 401|Loading the image 'https:\/\/pictures\.example/;

type Run = (page: Page, stage: Stage, context: BrowserContext) => Promise<void>;

/** One browser for the tests of a file. */
export function deskBrowser() {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  function newContext({ width = 1280, touch = false, dark = false, forced = false }: Around): Promise<BrowserContext> {
    if (!browser) throw new Error("The browser isn't open yet.");
    return browser.newContext({
      viewport: { width, height: width > 500 ? 900 : 640 },
      hasTouch: touch,
      isMobile: touch,
      colorScheme: dark ? "dark" : "light",
      forcedColors: forced ? "active" : "none",
    });
  }

  async function onDesk(around: Around, run: Run): Promise<void> {
    const news = articles(around.count ?? 60, (n) => ({
      sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette",
      paragraphs: Array.from({ length: 6 }, (_, p) => `Paragraph ${p} of matter ${n}, with enough words to be read.`),
      language: around.language ?? "en",
    }));
    const over = { testDomains: ["example.org"], language: around.language ?? "en", ...around.over };
    const stage = await openStage([...(around.extra ?? []), ...news], over);
    stage.at("2026-11-23T06:20:00.000Z");
    const context = await newContext(around);
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (line) => line.type() === "error" && !expected.test(line.text()) && wrong.push(line.text()));
    await page.goto(stage.url);
    try {
      await run(page, stage, context);
      // No request blocked by the content security policy, and no script error.
      expect(wrong).toEqual([]);
    } finally {
      await context.close();
      await stage.close();
    }
  }
  return { newContext, onDesk };
}

export const titles = (page: Page) =>
  page.locator(".row").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-title") ?? ""));
export const row = (page: Page, place: number) => page.locator(".row").nth(place);
export const field = (page: Page, place: number, name = "title") =>
  row(page, place).locator(`textarea[data-field=${name}]`);
export const openEditor = (page: Page, place: number) => row(page, place).locator("[data-edit] > summary").click();
export const saved = (page: Page) =>
  page.waitForFunction(() => /^Saved \d\d:\d\d:\d\d$/.test(document.querySelector("[data-status]")?.textContent ?? ""));
export const decisions = async (stage: Stage): Promise<Decision[]> => stage.editions.decisions(key);
export const stored = async (stage: Stage) => {
  const edition = await stage.editions.get(key);
  const revision = await stage.editions.revision(key, edition?.rev ?? 0);
  return [revision?.content.lead.title ?? "", ...(revision?.content.headlines ?? []).map(({ title }) => title)];
};
