import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

type Found = { violations: { id: string; nodes: { html: string }[] }[] };

/** The rules that axe finds broken on the page, each with the first element. */
export async function axeFindings(page: Page, withoutRules: readonly string[] = []): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const rules = Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate<Found>(`axe.run(document, ${JSON.stringify({ rules })})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** From the smallest phone to a wide desk, in pixels. */
const all = [280, 360, 1024, 1440, 1600];

/**
 * What axe finds at each width, and whether the page is wider than the window. In modes other than light, only the
 * narrowest and the widest are checked, because colours don't depend on the width.
 */
export async function axeAtWidths(
  page: Page,
  { findings = axeFindings, isLight = true }: { findings?: (page: Page) => Promise<string[]>; isLight?: boolean } = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const width of isLight ? all : [280, 1440]) {
    await page.setViewportSize({ width, height: width > 500 ? 900 : 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) found.push(`${width}: ${overflow} pixels too wide`);
    found.push(...(await findings(page)).map((one) => `${width}: ${one}`));
  }
  return found;
}
