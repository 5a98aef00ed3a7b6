import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goldenEmails, picturedEmails } from "../../golden/emails.ts";
import { axeFindings } from "./email-axe.ts";
import { contrasts, ruleContrasts, worst } from "./email-contrast.ts";
import { decoded, difference, pictureOf, reduced, tolerance } from "./email-picture.ts";
import { type Mode, type ModeName, modeNames, modes, openStage, type Stage } from "./email-stage.ts";
import { goldenPicture } from "./golden.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

function htmlOf(name: string): string {
  const email = goldenEmails.find((one) => one.name === name);
  if (email === undefined) throw new Error(`no edition ${name}`);
  return email.html;
}

/** Shows an edition in a mode, and measures something on the page. */
const on = async <T>(name: string, mode: Mode, width: number, look: (page: Page) => Promise<T>): Promise<T> =>
  look(await stage.show(htmlOf(name), mode, width));

/** The least contrast in the email's own two designs; other modes are clients' changes of them. */
const aims: Partial<Record<ModeName, number>> = { light600: 7, light320: 7, dark: 7 };
const axed: readonly ModeName[] = ["light600", "light320", "dark", "nostyle", "prefixed", "noqueries320"];

describe.each(modeNames)("the email in the mode %s", (name) => {
  const mode = modes[name];
  test.each(picturedEmails)(
    "B15, B19, B23, B41: is readable, never scrolls sideways, and looks as before: %s",
    async (edition) => {
      const page = await stage.show(htmlOf(edition), mode);
      const picture = await pictureOf(page);
      const lines = await contrasts(page, picture);
      const rules = await ruleContrasts(page, picture);
      const violations = axed.includes(name) ? await axeFindings(page, { withoutRules: partOfAPage }) : [];
      const overflows = await overflowAt(page, [280, 320, 360, 600, 1200]);
      console.log(
        `  ${name}, ${edition}: worst contrast ${worst(lines).toFixed(1)}, of rules ${worst(rules).toFixed(1)}`,
      );
      expect(lines.length).toBeGreaterThan(20);
      expect(lines.filter(({ ratio }) => ratio < (aims[name] ?? 4.5))).toEqual([]);
      expect(rules.length).toBeGreaterThan(8);
      expect(rules.filter(({ ratio }) => ratio < 3)).toEqual([]);
      expect(overflows).toEqual([0, 0, 0, 0, 0]);
      expect(violations, "B15").toEqual([]);
      const file = goldenPicture(edition, name);
      const before = existsSync(file)
        ? await decoded(await readFile(file))
        : { data: Buffer.of(), width: 0, height: 0 };
      const { share } = difference(before, await reduced(picture));
      expect(share, "changed share of the picture; look at it with: npm run golden").toBeLessThanOrEqual(tolerance);
    },
  );
});

/** An email is part of the mail client's page, which has the landmarks. */
const partOfAPage = ["region", "landmark-one-main"];

async function overflowAt(page: Page, widths: readonly number[]): Promise<number[]> {
  const overflows: number[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    overflows.push(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    );
  }
  return overflows;
}

describe("type and touch", () => {
  test("B16: entries are 44 pixels high at 320, and links 8 pixels apart", async () => {
    for (const edition of ["pictured", "plain"]) {
      const { heights, gaps } = await on(edition, modes.light320, 320, (page) =>
        page.evaluate(() => {
          const links = [...document.querySelectorAll("li a")].map((link) => link.getBoundingClientRect());
          return {
            heights: [...document.querySelectorAll("li")].map((item) => item.getBoundingClientRect().height),
            gaps: links.slice(1).map((link, i) => link.top - (links[i]?.bottom ?? 0)),
          };
        }),
      );
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
      expect(Math.min(8, ...gaps)).toBeGreaterThanOrEqual(8);
    }
  });

  test("words beside a small picture are whole at 280, without media queries too", async () => {
    const broken = await on("pictured", modes.noqueries320, 280, (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll(".q li a, .q li div")].flatMap(({ firstChild }) =>
          [...(firstChild?.textContent ?? "").matchAll(/[^\s-]{2,11}/g)].flatMap(({ 0: word, index }) => {
            const range = document.createRange();
            if (!(firstChild instanceof Text)) return [];
            range.setStart(firstChild, index);
            range.setEnd(firstChild, index + word.length);
            return range.getClientRects().length > 1 ? [word] : [];
          }),
        ),
      ),
    );
    expect(broken).toEqual([]);
  });

  test("B16: the foot's links are 44 pixels high", async () => {
    const heights = await on("pictured", modes.light320, 320, (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll(".c a:not([href^=mailto])")].map((link) => link.getBoundingClientRect().height),
      ),
    );
    expect(heights).toHaveLength(5);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  test.each([
    [600, "light600", 45, 75],
    [320, "light320", 28, 75],
    [600, "nostyle", 45, 75],
  ] as const)("B17: lines at %i in the mode %s hold %i to %i characters", async (width, mode, least, most) => {
    const lengths = await on("pictured", modes[mode], width, (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll("p")]
          .map((p) => ({ letters: p.textContent?.length ?? 0, style: getComputedStyle(p), height: p.clientHeight }))
          .filter(({ letters }) => letters > 150)
          .map(({ letters, style, height }) => ({
            perLine: letters / (height / Number.parseFloat(style.lineHeight)),
            size: Number.parseFloat(style.fontSize),
            line: Number.parseFloat(style.lineHeight),
          })),
      ),
    );
    expect(lengths.length).toBeGreaterThan(5);
    const average = lengths.reduce((sum, { perLine }) => sum + perLine, 0) / lengths.length;
    // Last lines are short, so the average line is a little longer than this.
    expect(average).toBeGreaterThanOrEqual(least * 0.85);
    expect(average).toBeLessThanOrEqual(most);
    for (const { size, line } of lengths) {
      expect(size).toBeGreaterThanOrEqual(18);
      expect(line / size).toBeGreaterThanOrEqual(1.4);
    }
  });
});

describe("without pictures", () => {
  test("B14: the email says the same, and the picture's text stands for it", async () => {
    const read = (page: Page) => page.evaluate(() => document.body.innerText);
    const withPicture = await on("pictured", modes.light600, 600, read);
    const without = await on("pictured", modes.noimages, 600, read);
    expect(without).toBe(withPicture);
    const alt = await on("pictured", modes.noimages, 600, (page) => page.evaluate(() => document.images[0]?.alt));
    expect(alt).toBe("The tide mill at dusk, seen from the lower quay");
  });
});

describe("without style sheets", () => {
  test("B26: order, colours and type sizes of the text stay", async () => {
    const read = (page: Page) =>
      page.evaluate(() =>
        [...document.querySelectorAll("h1 a,h2,p,li a,.m")].map((element) => {
          const { color, fontSize } = getComputedStyle(element);
          return [element.textContent, color, fontSize];
        }),
      );
    expect(await on("usual", modes.nostyle, 600, read)).toEqual(await on("usual", modes.light600, 600, read));
  });
});

describe("an Arabic edition", () => {
  test("B40: runs from right to left everywhere, numbers on the right, Latin names apart", async () => {
    const { wrong, markers, apart } = await on("arabic", modes.light600, 600, (page) =>
      page.evaluate(() => {
        const elements = [...document.querySelectorAll("body *")].filter((one) => one.textContent?.trim());
        const wrong = elements.filter((one) => {
          const { direction, textAlign } = getComputedStyle(one);
          if (one.closest("[dir=ltr]")) return direction !== "ltr" || textAlign !== "right";
          // Whether the number of stories is at the end of its line.
          return (
            one.getAttribute("dir") !== "auto" && (direction === "ltr" || (textAlign === "left" && !one.matches(".e")))
          );
        });
        const item = document.querySelector("ol[start] li")?.getBoundingClientRect();
        const list = document.querySelector("ol[start]")?.getBoundingClientRect();
        return {
          wrong: wrong.map((one) => one.outerHTML.slice(0, 80)),
          markers: (list?.right ?? 0) - (item?.right ?? 0),
          apart: [...document.querySelectorAll("[dir=auto]")].map((one) => getComputedStyle(one).unicodeBidi),
        };
      }),
    );
    expect(wrong).toEqual([]);
    expect(markers).toBeGreaterThan(20);
    expect(apart.length).toBeGreaterThan(5);
    expect(new Set(apart)).toEqual(new Set(["isolate"]));
  });
});
