import { mkdir } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fill, readerValues, renderDigest } from "#templates/digest.ts";
import { editions } from "../templates/editions.ts";
import { launch } from "./chromium.ts";
import { axeFindings } from "./email-axe.ts";
import { contrasts } from "./email-contrast.ts";
import { type Mode, modes, open } from "./email-stage.ts";

const values = readerValues({ unsubscribeUrl: `https://news.example/unsubscribe/${"t".repeat(85)}` });
const htmlOf = (name: keyof typeof editions): string => {
  const edition = editions[name];
  if (edition === undefined) throw new Error(`no edition ${name}`);
  return fill(renderDigest(edition.content, edition.look), values).html;
};

let browser: Browser;
let darkening: Browser;
beforeAll(async () => {
  browser = await launch();
  darkening = await launch(["--blink-settings=forceDarkModeEnabled=true"]);
});
afterAll(async () => {
  await browser.close();
  await darkening.close();
});

const all: [string, Mode][] = Object.entries(modes);

/** Opens the edition, does something with it, and closes it again. */
async function on<T>(name: string, mode: Mode, width: number, look: (page: Page) => Promise<T>): Promise<T> {
  const page = await open(mode.isForcedDark ? darkening : browser, htmlOf(name), mode, width);
  try {
    return await look(page);
  } finally {
    await page.context().close();
  }
}

describe.each(all)("the email in the mode %s", (name, mode) => {
  test.each(["pictured", "plain", "arabic", "hostile"])(
    "is readable and never scrolls sideways: %s",
    async (edition) => {
      const { lines, overflows } = await on(edition, mode, mode.width, async (page) => {
        await keepPicture(page, `${edition}-${name}`);
        return { lines: await contrasts(page), overflows: await overflowAt(page, [280, 320, 360, 600, 1200]) };
      });
      console.log(`  ${name}, ${edition}: worst contrast ${Math.min(...lines.map(({ ratio }) => ratio)).toFixed(1)}`);
      expect(lines.length).toBeGreaterThan(20);
      expect(lines.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      expect(overflows).toEqual([0, 0, 0, 0, 0]);
    },
  );
});

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

/** `PICTURES=folder` keeps what was looked at, for people to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe("accessibility", () => {
  const looks: [string, Mode][] = [
    ["light", modes.light600],
    ["dark", modes.dark],
    ["nostyle", modes.nostyle],
  ];

  test.each(looks)("axe finds nothing in the mode %s", async (_, mode) => {
    for (const edition of ["pictured", "plain", "hostile", "arabic"]) {
      const violations = await on(edition, mode, mode.width, (page) =>
        // An email is a part of the mail client's page, which has the landmarks.
        axeFindings(page, ["region", "landmark-one-main"]),
      );
      expect(violations, edition).toEqual([]);
    }
  });
});

describe("type and touch", () => {
  test("entries are 44 pixels high at 320, and links 8 pixels apart", async () => {
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

  test("the foot's links are 44 pixels high", async () => {
    const heights = await on("pictured", modes.light320, 320, (page) =>
      page.evaluate(() => [...document.querySelectorAll(".c a")].map((link) => link.getBoundingClientRect().height)),
    );
    expect(heights).toHaveLength(3);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  test.each([
    [600, "light600", 45, 75],
    [320, "light320", 28, 75],
    [600, "nostyle", 45, 75],
  ] as const)("lines at %i in the mode %s hold %i to %i characters", async (width, mode, least, most) => {
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
  test("the email says the same, and the picture's text stands for it", async () => {
    const read = (page: Page) => page.evaluate(() => document.body.innerText);
    const withPicture = await on("pictured", modes.light600, 600, read);
    const without = await on("pictured", modes.noimages, 600, read);
    expect(without).toBe(withPicture);
    const alt = await on("pictured", modes.noimages, 600, (page) => page.evaluate(() => document.images[0]?.alt));
    expect(alt).toBe("The tide mill at dusk, seen from the lower quay");
  });
});

describe("without style sheets", () => {
  test("order, colours and type sizes of the text stay", async () => {
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
  test("runs from right to left everywhere, numbers on the right, Latin names apart", async () => {
    const { wrong, markers, apart } = await on("arabic", modes.light600, 600, (page) =>
      page.evaluate(() => {
        const elements = [...document.querySelectorAll("body *")].filter((one) => one.textContent?.trim());
        const wrong = elements.filter((one) => {
          const { direction, textAlign } = getComputedStyle(one);
          return one.getAttribute("dir") !== "auto" && (direction === "ltr" || textAlign === "left");
        });
        const item = document.querySelector("li")?.getBoundingClientRect();
        const list = document.querySelector("ol")?.getBoundingClientRect();
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
