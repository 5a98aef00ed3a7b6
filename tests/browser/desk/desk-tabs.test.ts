import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Stage } from "../../functions/desk/stage.ts";
import { decisions, deskBrowser, field, key, openEditor, row, saved, stored, titles } from "./desk-stage.ts";

/** A page of the desk together with another tab, a later deployment, the send page, a dialog, and dark mode. */

const { onDesk } = deskBrowser();

async function tab(context: BrowserContext, stage: Stage): Promise<Page> {
  const page = await context.newPage();
  await page.goto(stage.url);
  return page;
}
const waits = (page: Page) =>
  page.waitForFunction(() => /No connection/.test(document.querySelector("[data-status]")?.textContent ?? ""));

test("two tabs of one person keep both their work, through lost connections and closed tabs", async () => {
  await onDesk({}, async (page, stage, context) => {
    const list = await titles(page);
    const other = await tab(context, stage);
    stage.net.isDown = true;
    await row(page, 9).locator("[data-do=remove]").click();
    await waits(page);
    await row(other, 6).locator("[data-do=lead]").click();
    await openEditor(other, 3);
    await field(other, 3).fill("Written in the second tab");
    await waits(other);
    await openEditor(page, 5);
    await field(page, 5).fill("Written in the first tab");
    const last = (await titles(page))[12];
    await row(page, 12).locator("[data-do=remove]").click();
    await page.waitForTimeout(900);
    for (const one of [page, other]) await one.close();
    stage.net.isDown = false;
    const again = await tab(context, stage);
    await saved(again);
    const now = await stored(stage);
    expect(now).toContain("Written in the first tab");
    expect(now).toContain("Written in the second tab");
    expect(now).not.toContain(list[9]);
    expect(now).not.toContain(last);
    expect(now[0]).toBe(list[6]);
    const done = (await decisions(stage)).map((one) => one.do).filter((one) => one !== "build");
    expect(done.toSorted()).toEqual(["move", "remove", "remove", "rewrite", "rewrite"]);
    expect(await again.evaluate(() => Object.keys(localStorage).filter((name) => / (queue|text) /.test(name)))).toEqual(
      [],
    );
  });
});

test("a tab older than the deployment says so, keeps saving, and offers to reload", async () => {
  await onDesk({}, async (page, stage) => {
    await page.route(/\/parts\?/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), version: "a-later-one", parts: {} } });
    });
    expect(await page.locator("[data-outdated]").isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    const banner = page.getByRole("alert").filter({ hasText: "The desk was updated." });
    await banner.waitFor();
    const gone = (await titles(page))[4];
    await row(page, 4).locator("[data-do=remove]").click();
    await saved(page);
    expect(await stored(stage)).not.toContain(gone);
    await page.unroute(/\/parts\?/);
    await banner.getByRole("link", { name: "Reload this page" }).click();
    await page.waitForLoadState();
    expect(await page.locator("[data-outdated]").isVisible()).toBe(false);
    expect(await titles(page)).not.toContain(gone);
  });
});

test("a story that a search finds is listed once", async () => {
  await onDesk({}, async (page, stage) => {
    const gone = (await titles(page))[3] ?? "";
    await row(page, 3).locator("[data-do=remove]").click();
    await saved(page);
    const words = (await page.locator("[data-candidates] h3").first().textContent()) ?? "";
    await page.click("[data-tab=stories]");
    for (const wanted of [words, gone]) {
      await page.fill("#q", wanted);
      const matches = wanted === words ? "1 candidate matches." : "0 candidates match.";
      const matching = page.locator("[data-matching]");
      expect(await matching.textContent()).toBe(`${matches} Press Enter to search the last 14 days too.`);
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector("[data-found]")?.textContent !== "");
      expect(await matching.textContent()).toBe(matches);
      const shown = page.locator("[data-candidates] > li:not([hidden]), #tray .other, [data-found] .other");
      const found = await shown.locator("h3").allTextContents();
      expect(found.filter((one) => one === wanted)).toEqual([wanted]);
      await page.fill("#q", "");
    }
    expect(stage.net.requests.filter((one) => one.endsWith("/find"))).toHaveLength(2);
  });
});

describe("what a check of the links finds", () => {
  test("stays between Checks and Send, until the edition changes", async () => {
    await onDesk({}, async (page, stage) => {
      await page.click("[data-do=build]");
      await saved(page);
      const revision = await stage.editions.revision(key, 1);
      const url = revision?.content.headlines[1]?.url ?? "";
      stage.links.set(url, { outcome: "dead", why: "answers 404" });
      await page.click("[data-tab=checks]");
      const wrong = page.locator("[data-check] li", { hasText: "answers 404" });
      expect(await wrong.count()).toBe(0);
      await page.click("[data-links]");
      await wrong.waitFor();
      // A later check that skips links doesn't hide the finding.
      await page.waitForTimeout(1000);
      expect(await wrong.count()).toBe(1);
      await page.click("[data-send]");
      await page.waitForURL(/\/send\?links=yes$/);
      await page.locator("[data-found-slowly] li", { hasText: "answers 404" }).waitFor();
      // The page polls the server every four seconds.
      await page.waitForTimeout(5000);
      expect(await page.locator("[data-found-slowly] li", { hasText: "answers 404" }).count()).toBe(1);
    });
  });
});

describe("dialogs", () => {
  test("close with Escape, Cancel and a press beside them, and give the focus back", async () => {
    await onDesk({}, async (page) => {
      const link = row(page, 1).locator("[data-sheet-of]");
      const isOpen = () => page.locator("#sheet").evaluate((one) => one instanceof HTMLDialogElement && one.open);
      await openEditor(page, 1);
      const open = async () => {
        await link.focus();
        await page.keyboard.press("Enter");
        await page.waitForSelector("#join-other");
      };
      const isClosed = async () => {
        expect(await isOpen()).toBe(false);
        expect(await link.evaluate((one) => one === document.activeElement)).toBe(true);
      };
      await open();
      await page.keyboard.press("Escape");
      await isClosed();
      await open();
      await page.getByRole("button", { name: "Close" }).click();
      await isClosed();
      await open();
      await page.mouse.click(4, 4);
      await isClosed();
      // Selecting text past the dialog's edge doesn't close it.
      await open();
      const box = await page.locator("#sheet-h").boundingBox();
      await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 5);
      await page.mouse.down();
      await page.mouse.move(4, 4);
      await page.mouse.up();
      expect(await isOpen()).toBe(true);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      expect(await page.locator("#keys").isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      expect(await page.locator("#keys").isVisible()).toBe(false);
    });
  });

  test("for a page of one's own can be cancelled, and nothing is added", async () => {
    await onDesk({}, async (page, stage) => {
      await page.click("[data-tab=stories]");
      await page.fill("#q", "https://elsewhere.example/story");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#own-title");
      await page.locator("#sheet").getByText("Cancel").click();
      expect(await page.locator("#sheet").isVisible()).toBe(false);
      expect((await decisions(stage)).map((one) => one.do)).not.toContain("add");
    });
  });
});

test("light views of the email are light while the desk is dark, and the dark one is dark on a light desk", async () => {
  const brightness = async (page: Page, view: string) => {
    await page.click(`[data-view="${view}"]`);
    await page.waitForFunction((name) => document.querySelector(".screen")?.getAttribute("data-screen") === name, view);
    await page.waitForFunction(() => document.querySelector(".screen iframe.coming") === null);
    const [red = 0, green = 0, blue = 0] = await page
      .frameLocator(".screen iframe")
      .locator("h1")
      .first()
      .evaluate((one) => {
        const around = (at: Element | null): string => {
          if (!at) return "rgb(255,255,255)";
          const colour = getComputedStyle(at).backgroundColor;
          return colour === "rgba(0, 0, 0, 0)" ? around(at.parentElement) : colour;
        };
        return around(one).match(/\d+/g)?.map(Number) ?? [];
      });
    return (red + green + blue) / 3;
  };
  for (const dark of [true, false])
    await onDesk({ dark }, async (page) => {
      for (const view of ["375", "600", "no-images", "no-style"])
        expect(await brightness(page, view)).toBeGreaterThan(200);
      expect(await brightness(page, "dark")).toBeLessThan(80);
    });
});
