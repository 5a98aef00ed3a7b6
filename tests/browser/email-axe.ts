import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

type Found = { violations: { id: string; nodes: { html: string }[] }[] };

/** What axe objects to on the page: each rule with the first element it means. */
export async function axeFindings(page: Page, withoutRules: readonly string[] = []): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const rules = Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }]));
  const { violations } = await page.evaluate<Found>(`axe.run(document, ${JSON.stringify({ rules })})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
