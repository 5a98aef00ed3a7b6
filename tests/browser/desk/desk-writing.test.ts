import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { Stage } from "../../functions/desk/stage.ts";
import { decisions, deskBrowser, field, key, openEditor, row, saved, stored } from "./desk-stage.ts";

/** Typing at the desk in any script: input methods, keyboard layouts, and characters of several code points. */

const { onDesk } = deskBrowser();

/** Longer than the pause after which text is saved automatically, in milliseconds. */
const PAUSE = 1200;

type Key = { key: string; code: string; keyCode: number } & Partial<Record<"ctrlKey" | "shiftKey", boolean>>;
const press = (page: Page, one: Key) =>
  page.evaluate((init) => {
    const target = document.activeElement ?? document.body;
    return target.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true }));
  }, one);

/** Finishes the edition, with two readers. */
async function deliver({ editions, store }: Stage): Promise<void> {
  const at = "2026-11-23T07:00:00.000Z";
  const audience = { frozenAt: at, groups: 1, size: 50, frozen: 2 };
  await editions.update(key, { state: "finished", approvedAt: at, ...audience });
  const times = { committedAt: at, startedAt: at, closedAt: at };
  const counts = { ...noCounts, audience: 2, accepted: 2 };
  await memoryLedger(store).commitGroup(key, { group: "00", run: "r", batches: 1, readers: 2, ...times, counts });
}

const notes = (page: Page) => page.locator("[data-note]:visible").allTextContents();
const rewrites = async (stage: Stage) => (await decisions(stage)).filter((one) => one.do === "rewrite");
const nothingIsSaved = async (stage: Stage) => expect(await rewrites(stage)).toEqual([]);

describe("an input method that composes", () => {
  test("keeps its Enter and Escape, and what it has not finished isn't saved", async () => {
    await onDesk({}, async (page, stage, context) => {
      const cdp = await context.newCDPSession(page);
      await openEditor(page, 3);
      const title = field(page, 3);
      await title.fill("");
      await title.focus();
      await cdp.send("Input.imeSetComposition", { text: "にほn", selectionStart: 3, selectionEnd: 3 });
      await page.waitForTimeout(PAUSE);
      await nothingIsSaved(stage);
      for (const [name, code] of ["Enter", "Escape"].map((one) => [one, one] as const)) {
        const type = "rawKeyDown";
        await cdp.send("Input.dispatchKeyEvent", { type, key: name, code, windowsVirtualKeyCode: 229 });
        await page.waitForTimeout(100);
        await nothingIsSaved(stage);
        expect(await title.evaluate((one) => one === document.activeElement)).toBe(true);
      }
      await cdp.send("Input.insertText", { text: "日本の見出し" });
      await saved(page);
      expect(await rewrites(stage)).toMatchObject([{ title: "日本の見出し" }]);
    });
  });

  test("may send its last key after it is done, as Safari does: that one has the code 229", async () => {
    await onDesk({}, async (page, stage) => {
      await openEditor(page, 3);
      await field(page, 3).fill("見出し");
      for (const name of ["Enter", "Escape"]) {
        expect(await press(page, { key: name, code: name, keyCode: 229 })).toBe(true);
        await nothingIsSaved(stage);
      }
      expect(await field(page, 3).evaluate((one) => one === document.activeElement)).toBe(true);
      // The same keys without an input method: the first one saves.
      expect(await press(page, { key: "Enter", code: "Enter", keyCode: 13 })).toBe(false);
      await saved(page);
      expect(await rewrites(stage)).toMatchObject([{ title: "見出し" }]);
    });
  });
});

describe("shortcuts", () => {
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.closest(".row")?.getAttribute("data-key"));

  test("are at the same place of the keyboard where the letters are not Latin, and by letter where they are", async () => {
    await onDesk({}, async (page, stage) => {
      const second = await row(page, 1).getAttribute("data-key");
      await press(page, { key: "о", code: "KeyJ", keyCode: 74 });
      await press(page, { key: "о", code: "KeyJ", keyCode: 74 });
      expect(await focused(page)).toBe(second);
      await press(page, { key: "ч", code: "KeyX", keyCode: 88 });
      await saved(page);
      expect((await decisions(stage)).map((one) => one.do)).toContain("remove");
      expect(await page.locator(`.row[data-key="${second}"]`).count()).toBe(0);
      await press(page, { key: "я", code: "KeyZ", keyCode: 90, ctrlKey: true });
      await page.locator(`.row[data-key="${second}"]`).waitFor();
      await press(page, { key: "Я", code: "KeyZ", keyCode: 90, ctrlKey: true, shiftKey: true });
      await page.locator(`.row[data-key="${second}"]`).waitFor({ state: "detached" });
      await saved(page);
      // On a French keyboard, Z is where others have W.
      await press(page, { key: "z", code: "KeyW", keyCode: 90, ctrlKey: true });
      await page.locator(`.row[data-key="${second}"]`).waitFor();
      await press(page, { key: ".", code: "Slash", keyCode: 191, shiftKey: true });
      expect(await page.locator("#keys").isVisible()).toBe(false);
      await press(page, { key: "؟", code: "Slash", keyCode: 191, shiftKey: true });
      expect(await page.locator("#keys").isVisible()).toBe(true);
    });
  });

  test("leave Ctrl+Z to the browser while someone writes", async () => {
    await onDesk({}, async (page, stage) => {
      await row(page, 5).locator("[data-do=remove]").click();
      await saved(page);
      await openEditor(page, 3);
      await field(page, 3).focus();
      expect(await press(page, { key: "z", code: "KeyZ", keyCode: 90, ctrlKey: true })).toBe(true);
      await page.waitForTimeout(200);
      expect((await decisions(stage)).map((one) => one.do)).not.toContain("undo");
    });
  });
});

describe("characters", () => {
  test("are counted as a person counts them, here and by the server", async () => {
    await onDesk({}, async (page) => {
      const count = row(page, 3).locator("[data-count] b").first();
      await openEditor(page, 3);
      // A family of four, a flag, a letter with a combining accent, and a syllable of three code points: four
      // characters.
      await field(page, 3).fill("👩‍👩‍👧‍👦🇧🇷e\u0301क्षि");
      expect(await count.textContent()).toBe("4");
      await saved(page);
      await page.reload();
      expect(await count.textContent()).toBe("4");
    });
  });

  test("no-break and narrow spaces stay as they are written", async () => {
    await onDesk({}, async (page, stage) => {
      await openEditor(page, 3);
      await field(page, 3).fill("« 10 000 » readers in a year");
      await saved(page);
      const meant = "«\u00a010\u202f000\u00a0» readers in a\u2009year";
      // Only its spaces differ.
      await field(page, 3).fill(meant);
      await expect.poll(() => stored(stage)).toContain(meant);
      await saved(page);
      await page.waitForFunction((text) => document.querySelectorAll(".row h3")[3]?.textContent === text, meant);
      expect(await field(page, 3).inputValue()).toBe(meant);
      await page.reload();
      expect(await field(page, 3).inputValue()).toBe(meant);
      // A colleague's text that differs only in its spaces is shown too.
      const story = (await row(page, 3).getAttribute("data-story")) ?? "";
      await stage.decide({ do: "rewrite", story, title: meant.replaceAll("\u00a0", " ") }, "Bo");
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await expect.poll(() => field(page, 3).inputValue()).toBe(meant.replaceAll("\u00a0", " "));
      expect(await notes(page)).toEqual([]);
    });
  });

  test("half of a broken surrogate pair doesn't conflict with one's own text", async () => {
    await onDesk({}, async (page, stage) => {
      await openEditor(page, 3);
      const source = await field(page, 3).inputValue();
      // The answer arrives while its author keeps typing.
      await page.route(stage.url, async (route) => {
        await page.waitForTimeout(500);
        await route.continue();
      });
      await field(page, 3).fill("Snow at last \ud83d");
      await page.keyboard.press("Enter");
      await page.keyboard.press("End");
      await page.keyboard.type(" and rain", { delay: 150 });
      // On a slow machine, the keys are saved in more than two parts.
      await expect.poll(async () => (await stored(stage))[3] ?? "").toMatch(/and rain$/);
      expect((await rewrites(stage)).length).toBeGreaterThan(1);
      await saved(page);
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await page.waitForTimeout(PAUSE);
      expect(await notes(page)).toEqual([]);
      const [, , , title = ""] = await stored(stage);
      expect(title).toMatch(/^Snow at last .*and rain$/);
      expect(title.isWellFormed()).toBe(true);
      // What was written without leaving the field is one change.
      await page.unroute(stage.url);
      expect(await page.locator("#history li", { hasText: "rewrote the headline" }).count()).toBe(1);
      await page.locator(".bar [data-do=undo]").click();
      await expect.poll(async () => (await stored(stage))[3]).toBe(source);
    });
  });
});

test("what readers will read is marked with their language and its direction, wherever it is written", async () => {
  await onDesk({ language: "fr" }, async (page, stage) => {
    await page.click("[data-do=build]");
    await saved(page);
    for (const place of [0, 1]) await openEditor(page, place);
    const fields = page.locator("textarea, input[type=text][dir], [data-headline], [data-text]");
    const marked = await fields.evaluateAll((all) =>
      all.map((one) => [
        one.getAttribute("data-field") ?? one.tagName,
        one.getAttribute("lang"),
        one.getAttribute("dir"),
      ]),
    );
    expect(marked.length).toBeGreaterThan(20);
    for (const [name, lang, dir] of marked) {
      if (name === "url") expect([name, dir]).toEqual(["url", "ltr"]);
      else expect([name, lang, dir]).toEqual([name, "fr", "auto"]);
    }
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "https://elsewhere.example/story");
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    for (const name of ["title", "summary"]) {
      const own = page.locator(`#own-${name}`);
      await own.waitFor();
      expect([await own.getAttribute("lang"), await own.getAttribute("dir")]).toEqual(["fr", "auto"]);
    }
    await deliver(stage);
    await page.goto(`${stage.url}/send?ask=note`);
    const note = page.getByLabel("Note, for readers");
    expect([await note.getAttribute("lang"), await note.getAttribute("dir")]).toEqual(["fr", "auto"]);
  });
});
