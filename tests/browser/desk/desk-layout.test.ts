import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { deskBrowser, row, saved } from "./desk-stage.ts";

const { onDesk } = deskBrowser();

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} isn't shown.`);
  return { top: box.y, bottom: box.y + box.height, left: box.x, right: box.x + box.width };
};

test("before the draft, a phone's bar has the date and one button, all inside it", async () => {
  await onDesk({ width: 360, touch: true }, async (page) => {
    const bar = await boxOf(page, ".bar");
    for (const selector of [".where h1 time", ".countdown", '[data-do="build"]', ".menu > summary"]) {
      const { top, bottom, left, right } = await boxOf(page, selector);
      expect([selector, top >= bar.top, bottom <= bar.bottom, left >= 0, right <= 360]).toEqual([
        selector,
        ...[true, true, true, true],
      ]);
    }
    const primary = page.locator('.bar .button:visible, .bar button[data-do="build"]:visible');
    expect(await primary.allTextContents()).toEqual(["Draft now"]);
  });
});

test("on a phone, the length of a subject that is too long is below it", async () => {
  await onDesk({ width: 360, touch: true }, async (page) => {
    const subject = page.locator("textarea[data-field=subject]");
    await subject.fill(
      "Harbour council votes to reopen the old tide mill as a power station after all, and the quay ".repeat(2),
    );
    await subject.blur();
    await saved(page);
    const field = await boxOf(page, "#subject-edition");
    const count = await boxOf(page, "#subject-edition-count");
    expect(count.top).toBeGreaterThanOrEqual(field.bottom);
  });
});

test("a row's actions leave its headline readable", async () => {
  await onDesk({ width: 1024 }, async (page) => {
    for (const at of [0, 3]) {
      await row(page, at).hover();
      const headline = await row(page, at).locator("h3").boundingBox();
      for (const action of [".acts", ".edit > summary"]) {
        const box = await row(page, at).locator(action).boundingBox();
        expect(box?.y).toBeGreaterThanOrEqual((headline?.y ?? 0) + (headline?.height ?? 0) - 1);
      }
    }
  });
});

test("the preview and the form below it fit the window, and a picture that is missing leaves no gap", async () => {
  await onDesk({ width: 1024 }, async (page) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    expect((await boxOf(page, ".test")).bottom).toBeLessThanOrEqual(700);
    await expect.poll(() => page.locator(".rows .thumb:visible").count()).toBe(0);
    await page.locator('[data-do="build"]').click();
    await saved(page);
    await expect.poll(() => page.locator(".rows .thumb:visible").count()).toBe(0);
  });
});
