import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Stage } from "../../functions/desk/stage.ts";
import { article } from "../../testing/editions/edition-fixtures.ts";
import { axeAtWidths, axeFindings } from "../email/email-axe.ts";
import { decisions, deskBrowser, key, row, saved, stored, titles } from "./desk-stage.ts";

/** The desk's edition page in a browser, with the real commands. */

const { newContext, onDesk } = deskBrowser();

const live = (page: Page) => page.locator("[data-announce]").textContent();
const moved = (list: readonly string[], from: number, to: number) =>
  list.toSpliced(from, 1).toSpliced(to, 0, list[from] ?? "");

/** The previews in frames are emails, which have tests of their own. */
const axed = { isWithoutFrames: true };

const image = (name: string) => ({
  ...{ url: `https://pictures.example/${name}.jpg`, alt: `The ${name}`, width: 1200, height: 800 },
});
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** Three sources have the same story, two of them with a picture. */
const told = ["gazette", "herald", "courier"].map((sourceId, n) =>
  article(201 + n, {
    sourceId,
    title: "Mayors welcome harbour bridge after ten years of work",
    summary: "The harbour opened again on Monday after ten long years of work.",
    image: [image("mayor"), null, image("bridge")][n] ?? null,
  }),
);

describe("a story's picture and articles", () => {
  test("are changed in a dialog: another picture, its focus by a click, its text; undone like all else", async () => {
    await onDesk({ extra: told }, async (page, stage) => {
      await page.route("https://pictures.example/**", (route) =>
        route.fulfill({ body: pixel, contentType: "image/png" }),
      );
      const lead = row(page, 0);
      expect(await lead.getAttribute("data-title")).toBe(told[0]?.title);
      await lead.locator("[data-edit] > summary").click();
      await lead.locator("[data-sheet-of]").click();
      await page.locator(`[name=picture][value="${image("mayor").url}"]`).check();
      await page.locator("#picture-alt").fill("Mayors on the bridge");
      await page.locator("[data-crop-at]").click({ position: { x: 5, y: 5 } });
      await page.locator("[data-decides=picture] button[value=picture]").click();
      await saved(page);
      const [chosen] = (await decisions(stage)).filter((one) => one.do === "picture");
      expect(chosen).toMatchObject({
        image: image("mayor"),
        alt: "Mayors on the bridge",
        focus: { x: expect.any(Number) },
      });
      await lead.locator("[data-sheet-of]").click();
      expect(await page.locator("[name=picture]:checked").getAttribute("value")).toBe(image("mayor").url);
      // Submitting an empty dialog changes nothing.
      await page.locator("[data-decides=picture] button[value=picture]").click();
      expect((await decisions(stage)).filter((one) => one.do === "picture")).toHaveLength(1);
      await page.locator("[data-do=undo]").first().click();
      await page.waitForFunction(() => !/Edited/.test(document.querySelector(".row")?.textContent ?? ""));
    });
  });

  test("are split and joined, by the keyboard alone", async () => {
    await onDesk({ extra: told }, async (page, stage) => {
      await row(page, 0).locator("[data-grab]").focus();
      await page.keyboard.press("i");
      await page.locator("[data-decides=split] button").first().focus();
      await page.keyboard.press("Enter");
      await saved(page);
      expect(await row(page, 0).locator(".why summary").textContent()).toContain("2 sources");
      await row(page, 0).locator("[data-grab]").focus();
      await page.keyboard.press("i");
      await page.selectOption("#join-other", { index: 3 });
      await page.locator("[data-decides=join] button").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => !document.querySelector("#sheet[open]"));
      expect((await decisions(stage)).map((one) => one.do)).toEqual(["build", "split", "join"]);
    });
  });

  test("say what was refused in the dialog, and no longer once it is changed", async () => {
    await onDesk({ extra: told }, async (page, stage) => {
      await row(page, 0).locator("[data-edit] > summary").click();
      await row(page, 0).locator("[data-sheet-of]").click();
      await page.waitForSelector("[data-decides=split]");
      await stage.decide({ do: "split", story: "0", articles: ["1"] });
      await page.locator("[data-decides=split] button").first().click();
      await page.waitForFunction(() =>
        /Leave at least one/.test(document.querySelector("[data-sheet-note]")?.textContent ?? ""),
      );
      await page.locator("#picture-alt").fill("x");
      expect(await page.locator("[data-sheet-note]").isVisible()).toBe(false);
      expect(await page.locator("[data-status]").textContent()).toBe("All changes saved");
    });
  });

  test("pass axe, light and dark, from 280 pixels on", async () => {
    for (const around of [
      { width: 280, dark: true, extra: told },
      { width: 1440, extra: told },
      { forced: true, extra: told },
    ]) {
      await onDesk(around, async (page) => {
        await row(page, 0)
          .locator("[data-sheet-of]")
          .evaluate((link) => link instanceof HTMLElement && link.click());
        await page.waitForSelector("[data-decides=split]");
        expect(await axeFindings(page, axed)).toEqual([]);
        const wide = await page.evaluate(() => document.querySelector("#sheet")?.scrollWidth ?? 0);
        expect(wide).toBeLessThanOrEqual(around.width ?? 1280);
      });
    }
  });
});

describe("with a mouse", () => {
  test("a double click removes one story; a headline without end and a reader's page stay in their places", async () => {
    await onDesk({}, async (page, stage, context) => {
      const list = await titles(page);
      await row(page, 5).locator("[data-do=remove]").dblclick();
      await saved(page);
      expect((await decisions(stage)).filter(({ do: what }) => what === "remove")).toHaveLength(1);
      expect((await titles(page))[5]).toBe(list[6]);
      await row(page, 2).locator("[data-edit] > summary").click();
      await row(page, 2).locator("textarea[data-field=title]").fill("x".repeat(5000));
      await row(page, 2).locator("text=300 is the most").waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      await context.addCookies([{ name: "who", value: "Vera", url: stage.url }]);
      await page.reload();
      expect((await row(page, 0).locator("h3").boundingBox())?.width).toBeGreaterThan(400);
    });
  });

  test("arranges four ways with one result (C2), leads (C5), removes and restores (C6)", async () => {
    await onDesk({}, async (page, stage) => {
      const list = await titles(page);
      await row(page, 5).locator("[data-do=up]").click();
      await row(page, 4).locator("[data-do=up]").click();
      expect(await titles(page)).toEqual(moved(list, 5, 3));
      expect(await live(page)).toBe(`${list[5]} moved to 3 of 17`);
      await saved(page);
      expect(await stored(stage)).toEqual(moved(list, 5, 3));
      expect((await decisions(stage)).filter(({ do: what }) => what === "move")).toHaveLength(2);

      await dragTo(page, 3, 5);
      await saved(page);
      expect(await titles(page)).toEqual(list);
      expect(await stored(stage)).toEqual(list);

      await row(page, 5).locator("[data-edit] > summary").click();
      await row(page, 5).locator("input[name=to]").fill("3");
      await row(page, 5).locator("[data-to] button").click();
      await saved(page);
      expect(await titles(page)).toEqual(moved(list, 5, 3));

      await row(page, 6).locator("[data-do=lead]").click();
      await saved(page);
      const led = moved(moved(list, 5, 3), 6, 0);
      expect(await titles(page)).toEqual(led);
      expect(await stored(stage)).toEqual(led);
      await row(page, 4).locator("[data-do=remove]").click();
      await saved(page);
      expect(await titles(page)).not.toContain(led[4]);
      await page.click("[data-tab=tray]");
      await page.click("#tray [data-do=restore]");
      await page.waitForFunction(() => document.querySelectorAll("#tray .other").length === 0);
      expect(await titles(page)).toEqual(led);
    });
  });

  test("rewrites with the source beside it, counts, saves by itself, previews the very bytes and takes back (C7, C8, C12, C13, C15)", async () => {
    await onDesk({}, async (page, stage) => {
      await row(page, 2).locator("[data-do=up]").click();
      await saved(page);
      const frame = () => page.frameLocator(".screen iframe:not(.coming)");
      const hash = () => page.locator("[data-hash-of]").getAttribute("data-hash-of");
      const before = await hash();
      await page.locator(".screen iframe").evaluate((one: HTMLIFrameElement) => one.contentWindow?.scrollTo(0, 300));
      await row(page, 3).locator("[data-edit] > summary").click();
      const field = row(page, 3).locator("textarea[data-field=title]");
      const own = await field.inputValue();
      await field.fill("Harbour reopens after a winter of repairs ");
      expect(await row(page, 3).locator("[data-count] b").first().textContent()).toBe("42");
      await saved(page);
      expect(await row(page, 3).locator(".own").textContent()).toContain("Reset");
      expect(await row(page, 3).locator("[data-headline]").textContent()).toBe(
        "Harbour reopens after a winter of repairs",
      );
      expect(await field.inputValue()).toBe("Harbour reopens after a winter of repairs ");
      await frame().locator("body", { hasText: "Harbour reopens after a winter" }).waitFor();
      expect(
        await page.locator(".screen iframe").evaluate((one: HTMLIFrameElement) => one.contentWindow?.scrollY),
      ).toBe(300);
      const after = await hash();
      expect(after).not.toBe(before);
      const edition = await stage.editions.get(key);
      const { emailHash } = await import("#domain/edition/content/hash.ts");
      const revision = await stage.editions.revision(key, edition?.rev ?? 0);
      expect(revision && emailHash(revision.email)).toBe(after);
      await row(page, 3).locator("[data-do=reset]").click();
      await page.waitForFunction(
        (text) => document.querySelectorAll(".row")[3]?.querySelector("textarea")?.value === text,
        own,
      );
      // Undo without limit, over a reload, with names.
      await page.reload();
      for (const left of [/took|rewrote/, /moved/]) {
        expect(await page.locator("[data-do=undo].tool").getAttribute("aria-label")).toMatch(/^Undo: \w.* \(Ana\)$/);
        void left;
        await page.click("[data-do=undo].tool");
        await saved(page);
      }
      await page.locator("[data-do=redo].tool").click();
      await saved(page);
      await page.click("[data-tab=history]");
      expect(await page.locator("#history").textContent()).toMatch(/Ana undid their own change: rewrote the headline/);
      const again = page.locator("#history [data-do=redo]");
      expect(await again.count()).toBe(1);
      await again.click();
      await saved(page);
      expect(await page.locator("#history li").first().textContent()).toMatch(/Ana redid their own change/);
      expect(await again.count()).toBe(0);
    });
  });

  test("adds by a pasted address and by search, and nothing twice (C9)", async () => {
    await onDesk({}, async (page, stage) => {
      const list = await titles(page);
      const paste = (text: string) =>
        page.evaluate((pasted) => {
          const data = new DataTransfer();
          data.setData("text/plain", pasted);
          document.body.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
          );
        }, text);
      const other = stage.articles.find(({ title }) => !list.includes(title));
      await paste(`${other?.url}?utm_source=x`);
      await saved(page);
      expect(await titles(page)).toContain(other?.title);
      await paste(other?.url ?? "");
      await page.waitForFunction(() => /already/.test(document.querySelector("[data-status]")?.textContent ?? ""));
      // It stays while someone reads it, and goes once they do something else.
      const status = page.locator("[data-status]");
      await page.click("[data-tab=checks]");
      expect(await status.textContent()).toMatch(/already/);
      await page.waitForTimeout(4_100);
      expect(await status.textContent()).toMatch(/already/);
      await page.click("[data-tab=stories]");
      expect(await status.textContent()).toBe("All changes saved");
      await paste("https://elsewhere.example/story");
      // The page's own title and text can be corrected.
      await page.waitForSelector("#own-title");
      expect(await page.inputValue("#own-source")).toBe("The Gull");
      await page.fill("#own-title", "Seen elsewhere");
      await page.click("[data-decides=add] button");
      await saved(page);
      expect(await page.locator("#sheet").getAttribute("open")).toBeNull();
      expect(await titles(page)).toContain("Seen elsewhere");
      const words = (await page.locator("[data-candidates] h3").first().textContent()) ?? "";
      await page.fill("#q", words);
      expect(await page.locator("[data-candidates] > li:not([hidden])").count()).toBe(1);
      await page.locator("[data-candidates] > li:not([hidden]) [data-do=add]").click();
      await saved(page);
      expect(await titles(page)).toContain(words);
      expect(await titles(page)).toHaveLength(18);
    });
  });

  test("sends a test to named people in one click, and remembers them (C19)", async () => {
    await onDesk({}, async (page, stage) => {
      await page.click("[data-do=build]");
      await saved(page);
      await page.fill("#test-to", "me@example.org, bo@example.org, nonsense");
      await page.click("[data-test] button");
      await page.locator("[data-test-results] .sent", { hasText: "message-2" }).waitFor();
      expect(stage.mails).toEqual(["me@example.org", "bo@example.org"]);
      expect(await page.locator("[data-test-results] .failed").allTextContents()).toEqual([
        expect.stringMatching(/^"nonsense" is not an email address/),
      ]);
      await page.reload();
      expect(await page.inputValue("#test-to")).toBe("me@example.org, bo@example.org, nonsense");
    });
  });
});

/** Drags a row by its handle, from the middle of one row to just before another. */
async function dragTo(page: Page, from: number, to: number): Promise<void> {
  const handle = await row(page, from).locator("[data-grab]").boundingBox();
  const target = await row(page, to).boundingBox();
  if (!handle || !target) throw new Error("a row is missing");
  await page.mouse.move(handle.x + 5, handle.y + 10);
  await page.mouse.down();
  const y = to > from ? target.y + target.height * 0.8 : target.y + target.height * 0.2;
  await page.mouse.move(handle.x + 5, y, { steps: 6 });
  await page.locator(".drop").waitFor();
  await page.mouse.up();
}

describe("with the keyboard alone (C26)", () => {
  test("opens, arranges, edits, previews, tests and takes back; focus follows what moves (C3)", async () => {
    await onDesk({}, async (page, stage) => {
      const list = await titles(page);
      const press = (...keys: string[]) =>
        keys.reduce((last, one) => last.then(() => page.keyboard.press(one)), Promise.resolve());
      const focused = () => page.evaluate(() => document.activeElement?.closest(".row")?.getAttribute("data-title"));
      await press("j", "j", "j");
      expect(await focused()).toBe(list[2]);
      await press("Shift+ArrowUp", "Shift+ArrowUp");
      expect(await focused()).toBe(list[2]);
      expect(await titles(page)).toEqual(moved(list, 2, 0));
      await saved(page);
      await press("Space", "ArrowDown", "ArrowDown", "ArrowDown");
      expect(await live(page)).toBe("3 of 17");
      await press("Escape");
      expect(await titles(page)).toEqual(moved(list, 2, 0));
      await press("Space", "ArrowDown", "ArrowDown", "Space");
      await saved(page);
      expect(await titles(page)).toEqual(list);
      expect(await stored(stage)).toEqual(list);
      expect(await focused()).toBe(list[2]);
      await press("l");
      await saved(page);
      expect(await titles(page)).toEqual(moved(list, 2, 0));
      await press("m", "5", "Enter");
      await saved(page);
      expect((await titles(page))[5]).toBe(list[2]);
      await press("Escape");
      await page.locator(".row").nth(5).locator("[data-grab]").focus();
      await press("e");
      await page.keyboard.type("Words of my own");
      await saved(page);
      expect(await stored(stage)).toContain("Words of my own");
      await press("Escape", "u");
      await page.waitForFunction(() => !document.querySelector(".rows")?.textContent?.includes("Words of my own"));
      await press("r");
      await page.waitForFunction(() => document.querySelector(".rows")?.textContent?.includes("Words of my own"));
      await row(page, 7).locator("[data-grab]").focus();
      const gone = await focused();
      await press("x");
      await saved(page);
      expect(await titles(page)).not.toContain(gone);
      expect(await focused()).toBe((await titles(page))[7]);
      await press("2");
      await page.waitForFunction(() => document.querySelector(".screen")?.getAttribute("data-screen") === "375");
      await press("t");
      expect(await page.locator("#tray").isVisible()).toBe(true);
      const tabTo = async (what: string) => {
        const isThere = () => page.evaluate((one) => document.activeElement?.getAttribute("data-do") === one, what);
        for (let tabs = 0; tabs < 16 && !(await isThere()); tabs += 1) await press("Tab");
        return isThere();
      };
      expect(await tabTo("restore")).toBe(true);
      await press("k");
      expect(await focused()).toBe((await titles(page))[7]);
      await press("s");
      expect(await tabTo("add")).toBe(true);
      await press("Enter");
      await saved(page);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("data-do"))).toBe("add");
      await press("?");
      expect(await page.locator("#keys").isVisible()).toBe(true);
      await page.locator("[data-keys-on]").focus();
      await press("Space", "Escape", "h");
      expect(await page.locator("#history").isVisible()).toBe(false);
      // Everything that a mouse can reach, the Tab key can reach too.
      expect(await page.locator("[data-desk] [tabindex='-1']:not(main)").count()).toBe(0);
    });
  });
});

describe("by touch at 320 pixels (C4)", () => {
  test("a long press drags with a drop line and scrolls at the edge, buttons are a thumb high, nothing overflows", async () => {
    await onDesk({ width: 320, touch: true }, async (page, stage, context) => {
      const list = await titles(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      const low = await page
        .locator(".acts button:visible, .tabs a:visible, .edit > summary:visible, .grab:visible")
        .evaluateAll((all) =>
          all
            .map((one) => [one.textContent, one.getBoundingClientRect().height] as const)
            .filter(([, height]) => height < 44),
        );
      expect(low).toEqual([]);
      await row(page, 2).scrollIntoViewIfNeeded();
      const from = await row(page, 2).locator(".meta").boundingBox();
      const cdp = await context.newCDPSession(page);
      const touch = (type: "touchStart" | "touchMove" | "touchEnd", y = 0) =>
        cdp.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: 200, y }] });
      const y = (from?.y ?? 0) + 8;
      await touch("touchStart", y);
      await page.locator(".row.dragging").waitFor();
      const scrolled = await page.evaluate(() => scrollY);
      await touch("touchMove", 630);
      await page.locator(".drop").waitFor();
      await page.waitForFunction((before) => scrollY > before + 60, scrolled);
      await touch("touchEnd");
      await saved(page);
      const now = await titles(page);
      expect(now.indexOf(list[2] ?? "")).toBeGreaterThan(2);
      expect(await stored(stage)).toEqual(now);
      // A second press moves the same story again (C3).
      await row(page, 4).locator(".meta").tap();
      await row(page, 4).locator("[data-do=up]").tap();
      await saved(page);
      await row(page, 3).locator("[data-do=up]").tap({ timeout: 3000 });
      await saved(page);
      expect((await titles(page))[2]).toBe(now[4]);
      await page.tap("[data-tab=preview]");
      expect(await page.locator("#preview").isVisible()).toBe(true);
      expect(await page.locator("#edition").isVisible()).toBe(false);
    });
  });
});

/** Each rewritten headline with its author, in order. */
const titled = async (stage: Stage) =>
  (await decisions(stage)).flatMap((one) => (one.do === "rewrite" && one.title ? [`${one.by}: ${one.title}`] : []));
const rewritten = (stage: Stage, last: string) =>
  expect.poll(async () => (await titled(stage)).at(-1), { timeout: 20_000 }).toBe(last);

async function resolveConflict(page: Page, message: string, choice: "Keep mine" | "Use theirs") {
  const note = page.locator("[data-note]:visible", { hasText: message });
  await note.locator("button", { hasText: choice }).click({ timeout: 20_000 });
}

/** Types two texts into one field, so both wait to be saved. */
async function typeTwice(page: Page, ...texts: string[]) {
  for (const [before, text] of texts.entries()) {
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => {
      return Object.keys(localStorage).filter((name) => / queue \d/.test(name)).length > n;
    }, before);
  }
}

describe("nothing is lost", () => {
  test("two editors on one row: fields merge, and where both write one, each keeps their words (C14)", async () => {
    await onDesk({}, async (page, stage) => {
      const other = await newContext({});
      await other.addCookies([{ name: "who", value: "Bo", url: stage.url }]);
      const second = await other.newPage();
      await second.goto(stage.url);
      for (const one of [page, second]) await row(one, 3).locator("[data-edit] > summary").click();
      const field = (one: Page, name: string) => row(one, 3).locator(`textarea[data-field=${name}]`);
      await field(page, "title").fill("Ana says so");
      await field(second, "url").fill("https://bo.example/says");
      await Promise.all([saved(page), saved(second)]);
      const content = async () =>
        (await stage.editions.revision(key, (await stage.editions.get(key))?.rev ?? 0))?.content;
      expect((await content())?.headlines[2]).toMatchObject({ title: "Ana says so", url: "https://bo.example/says" });
      await second.waitForFunction(() => document.querySelectorAll(".row")[3]?.textContent?.includes("Ana says so"));
      // Both edit the same field; one is offline meanwhile and writes twice.
      await field(second, "title").focus();
      await second.keyboard.press("End");
      await other.setOffline(true);
      await typeTwice(second, ", says Bo", "!");
      await field(page, "title").fill("Ana says more");
      await page.keyboard.press("Enter");
      await rewritten(stage, "Ana: Ana says more");
      await other.setOffline(false);
      await resolveConflict(second, "Ana wrote “Ana says more” meanwhile; yours is not saved over it.", "Keep mine");
      await rewritten(stage, "Bo: Ana says so, says Bo!");
      await saved(second);
      // A person's own queued edits don't conflict with each other.
      await other.setOffline(true);
      await field(second, "title").focus();
      await second.keyboard.press("End");
      await typeTwice(second, " Twice", ".");
      await other.setOffline(false);
      await rewritten(stage, "Bo: Ana says so, says Bo! Twice.");
      await saved(second);
      expect(await second.locator("[data-note]:visible").count()).toBe(0);
      expect(await titled(stage)).toEqual([
        "Ana: Ana says so",
        "Ana: Ana says more",
        "Bo: Ana says so, says Bo!",
        "Bo: Ana says so, says Bo! Twice",
        "Bo: Ana says so, says Bo! Twice.",
      ]);
      await other.close();
    });
  });

  test("of two who save one headline within a moment the later is asked, and either choice holds (C14)", async () => {
    await onDesk({}, async (page, stage) => {
      const other = await newContext({});
      await other.addCookies([{ name: "who", value: "Bo", url: stage.url }]);
      const second = await other.newPage();
      await second.goto(stage.url);
      for (const one of [page, second]) {
        // Polling is blocked, as in the time between two polls.
        await one.route(/\/parts\?/, (route) => route.abort());
        await row(one, 3).locator("[data-edit] > summary").click();
      }
      const title = (one: Page) => row(one, 3).locator("textarea[data-field=title]");
      const write = async (one: Page, text: string) => {
        await title(one).fill(text);
        await title(one).press("Enter");
      };
      await write(page, "Ana was first");
      await rewritten(stage, "Ana: Ana was first");
      await write(second, "Bo was second");
      const note = row(second, 3).locator("[data-note]:visible");
      await note.filter({ hasText: "Ana wrote “Ana was first” meanwhile; yours is not saved over it." }).waitFor();
      expect(await note.locator("button").allTextContents()).toEqual(["Keep mine", "Use theirs"]);
      // The next action works, and nothing overwrites her text.
      await row(second, 6).locator("[data-do=up]").click();
      await saved(second);
      expect(await titled(stage)).toEqual(["Ana: Ana was first"]);
      await note.locator("button", { hasText: "Keep mine" }).click();
      await rewritten(stage, "Bo: Bo was second");
      await saved(second);
      expect(await note.count()).toBe(0);

      await write(page, "Ana once more");
      await resolveConflict(page, "Bo wrote “Bo was second” meanwhile; yours is not saved over it.", "Use theirs");
      expect(await title(page).inputValue()).toBe("Bo was second");
      await write(page, "Ana after him");
      await rewritten(stage, "Ana: Ana after him");
      expect(await titled(stage)).toEqual(["Ana: Ana was first", "Bo: Bo was second", "Ana: Ana after him"]);
      await other.close();
    });
  });

  test("what someone else wrote meanwhile is shown, not overwritten (C14)", async () => {
    await onDesk({}, async (page, stage) => {
      await row(page, 3).locator("[data-edit] > summary").click();
      const field = row(page, 3).locator("textarea[data-field=title]");
      await row(page, 3).locator("[data-do=up]").click();
      await saved(page);
      await field.focus();
      // Keeps typing, so nothing is saved before Bo's text arrives.
      const title = row(page, 2).locator("textarea[data-field=title]");
      await title.focus();
      await page.keyboard.type("A");
      const story = await row(page, 2).getAttribute("data-story");
      await stage.decide({ do: "rewrite", story: story ?? "", title: "Bo was here" }, "Bo");
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      const note = row(page, 2).locator("[data-note]", { hasText: "Bo was here" }).first();
      await note.waitFor({ timeout: 5000 }).catch(() => undefined);
      const log = await decisions(stage);
      const mine =
        (await title.inputValue()).startsWith("A") ||
        log.some((one) => one.do === "rewrite" && one.title?.endsWith("A"));
      expect(mine).toBe(true);
      expect(log.some((one) => one.do === "rewrite" && one.title === "Bo was here")).toBe(true);
    });
  });

  test("what changed since the last visit is counted as in the history: a text written in three saves is one", async () => {
    await onDesk({ count: 24 }, async (page, stage) => {
      await page.click("[data-do=build]");
      await saved(page);
      const story = (await row(page, 2).getAttribute("data-story")) ?? "";
      await page.goto("about:blank");
      for (const title of ["Snow", "Snow at", "Snow at last"])
        await stage.decide({ do: "rewrite", story, title, continues: true }, "Bo");
      await stage.decide({ do: "remove", story }, "Bo");
      await page.goto(stage.url);
      await page.click("[data-tab=changes]");
      await page.getByRole("link", { name: "2 changes since your last visit" }).click();
      expect(await page.locator("#changes .changes").textContent()).toMatch(/^\s*Added .*Removed /s);
    });
  });

  test("a killed tab, a lost line and an ended session keep every word, and nothing is done twice (C12)", async () => {
    await onDesk({}, async (page, stage, context) => {
      await row(page, 3).locator("[data-do=up]").click();
      await saved(page);
      await row(page, 3).locator("[data-edit] > summary").click();
      await row(page, 3).locator("textarea[data-field=title]").fill("Typed and then the tab died");
      const again = await context.newPage();
      await page.close({ runBeforeUnload: false });
      await again.goto(stage.url);
      await saved(again);
      expect(await stored(stage)).toContain("Typed and then the tab died");

      stage.net.isDown = true;
      const list = await titles(again);
      await row(again, 6).locator("[data-do=up]").click();
      await row(again, 9).locator("[data-do=remove]").click();
      await again.waitForFunction(() =>
        /No connection/.test(document.querySelector("[data-status]")?.textContent ?? ""),
      );
      const kept = await context.newPage();
      stage.net.isDown = false;
      await again.close();
      await kept.goto(stage.url);
      await saved(kept);
      expect((await titles(kept))[5]).toBe(list[6]);
      expect(await titles(kept)).not.toContain(list[9]);

      stage.net.isSignedOut = true;
      await row(kept, 2).locator("[data-edit] > summary").click();
      await row(kept, 2).locator("textarea[data-field=title]").fill("Written while signed out");
      await kept.locator("[data-status] a", { hasText: "Sign in" }).waitFor();
      stage.net.isSignedOut = false;
      await saved(kept);
      expect(await stored(stage)).toContain("Written while signed out");
      const log = await decisions(stage);
      const titled = log.flatMap((one) => (one.do === "rewrite" ? [one.title] : []));
      expect(titled).toEqual(["Typed and then the tab died", "Written while signed out"]);
      expect(log.filter(({ do: what }) => what === "remove")).toHaveLength(1);
    });
  });
});

describe("for everybody (C27)", () => {
  test("axe finds nothing on any pane at any width, in light, dark and forced colours", async () => {
    await onDesk({ count: 12 }, async (page) => {
      await row(page, 2).locator(".meta").click();
      await row(page, 2).locator("[data-do=remove]").click();
      await saved(page);
      await row(page, 2).locator(".meta").click();
      await row(page, 2).locator("[data-edit] > summary").click();
      await row(page, 2).locator("textarea[data-field=title]").fill("Rewritten");
      await saved(page);
      for (const pane of ["edition", "preview", "stories", "tray", "changes", "checks", "history"]) {
        await page.evaluate((name) => (location.hash = name), pane);
        expect([pane, await axeAtWidths(page, axed)]).toEqual([pane, []]);
      }
    });
  });

  test("the preview makes no request, in any of its nine views (C16)", async () => {
    await onDesk({}, async (page, stage) => {
      await page.click("[data-do=build]");
      await saved(page);
      const requested: string[] = [];
      page.on("request", (request) => requested.push(new URL(request.url()).origin));
      for (const n of "123456789") {
        await page.keyboard.press(n);
        await page.locator(".screen iframe:not(.coming)").waitFor();
        await page.waitForTimeout(60);
      }
      expect(new Set(requested)).toEqual(new Set([new URL(stage.url).origin]));
      expect(await page.locator("[data-view][aria-current]").textContent()).toBe("Inbox");
    });
  });

  test("a viewer sees all of it and changes nothing (C29)", async () => {
    await onDesk({}, async (page, stage, context) => {
      await context.addCookies([{ name: "who", value: "Vera", url: stage.url }]);
      await page.reload();
      expect(await page.locator("[data-do], [data-grab], textarea:not([readonly])").count()).toBe(0);
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await page.waitForTimeout(100);
      expect(await decisions(stage)).toEqual([]);
    });
  });
});
