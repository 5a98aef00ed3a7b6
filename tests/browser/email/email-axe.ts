import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Found = { violations: { id: string; nodes: { html: string }[] }[] };
type Asked = { withoutRules?: readonly string[]; onlyRules?: readonly string[]; isWithoutFrames?: boolean };

/**
 * The rules that axe finds broken on the page, each with the first element. axe is loaded once a page, which takes ten
 * times as long as to run it.
 */
export async function axeFindings(page: Page, asked: Asked = {}): Promise<string[]> {
  const { withoutRules = [], onlyRules, isWithoutFrames } = asked;
  if (!(await page.evaluate("'axe' in window"))) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Page.setBypassCSP", { enabled: true });
    await page.evaluate(source);
    await devtools.detach();
  }
  const rules = Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }]));
  const where = isWithoutFrames ? '{ exclude: [["iframe"]] }' : "document";
  const wanted = onlyRules?.filter((rule) => !withoutRules.includes(rule));
  const options = wanted ? { runOnly: { type: "rule", values: wanted } } : { rules };
  const { violations } = await page.evaluate<Found>(`axe.run(${where}, ${JSON.stringify(options)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** From the smallest phone to a wide desk, in pixels. */
const widths = [280, 360, 1024, 1440, 1600];

/** Colours are checked at these widths only, because they don't depend on the width. */
const ends = [280, 1440];

const looks = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced colours", media: { colorScheme: "light", forcedColors: "active" } },
] as const;

/** Rules whose result depends on colours, or on sizes; that of all others depends only on which elements are shown. */
const ofColours = ["color-contrast", "link-in-text-block"];
const ofSizes = ["target-size", "scrollable-region-focusable"];

/** How each element is shown, to be compared. */
const display = (page: Page): Promise<string> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll("*"), (one) => {
      const style = getComputedStyle(one);
      return `${style.display} ${style.visibility}`;
    }).join(),
  );

/**
 * What axe finds in each set of colours and at every width, and where the page is wider than the window. Where the same
 * elements are shown as before, only what depends on colours or sizes is checked again.
 */
export async function axeAtWidths(page: Page, asked: Asked = {}): Promise<string[]> {
  const found: string[] = [];
  const checked = new Set<string>();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 500 ? 900 : 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) found.push(`${width}: ${overflow} pixels too wide`);
    const isEnd = ends.includes(width);
    for (const { name, media } of isEnd ? looks : looks.slice(0, 1)) {
      // A button that fades in or out would have less contrast for a moment.
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      const shown = await display(page);
      const again = [...(name === "light" ? ofSizes : []), ...(isEnd ? ofColours : [])];
      const withoutRules = [...(asked.withoutRules ?? []), ...(isEnd ? [] : ["color-contrast"])];
      const rules = checked.has(shown) ? { onlyRules: again } : { withoutRules };
      checked.add(shown);
      found.push(...(await axeFindings(page, { ...asked, ...rules })).map((one) => `${name}, ${width}: ${one}`));
    }
  }
  return found;
}
