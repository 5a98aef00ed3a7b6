import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { emailBytes, fill, longestValues, renderDigest } from "#templates/email/digest.ts";
import { look, pictured } from "#tests/testing/editions/editions.ts";

/**
 * The bars: bytes of a lead, three summaries and 14 headlines with pictures; contrast of the hardest line in our own
 * designs and in clients', and of the faintest rule.
 */
const limits = { bytes: 32_000, own: 7, clients: 4.5, rules: 3 };

const own = ["light600", "light320", "dark"];
const Figures = z.record(z.string(), z.object({ text: z.number(), rules: z.number() }));
const measure = fileURLToPath(new URL("../../tests/browser/email/contrast-figures.ts", import.meta.url));

/** Prints the size, and the worst contrast in each mode of mail clients; false if a bar is missed. */
export function reportEmail(): boolean {
  const email = fill(renderDigest(pictured, look), longestValues(look.siteUrl));
  const { html, text } = emailBytes(email);
  const styles = Buffer.byteLength(email.html.match(/<style[\s\S]*?<\/style>/g)?.join("") ?? "");
  const { paragraphs } = pictured.lead;
  console.log(
    `A lead with a picture and ${paragraphs.length} paragraphs, ${pictured.headlines.length} headlines, 3 with a summary`,
  );
  console.log(`  HTML ${html} bytes (at most ${limits.bytes}), of them ${styles} of styles; text ${text} bytes`);
  const figures = Figures.parse(
    JSON.parse(execFileSync(process.execPath, [measure], { input: email.html }).toString()),
  );
  const isGood = Object.entries(figures).map(([mode, { text, rules }]) => {
    const least = own.includes(mode) ? limits.own : limits.clients;
    const isEnough = text >= least && rules >= limits.rules;
    const said = `text ${text.toFixed(1)} to 1 (at least ${least}), rules ${rules.toFixed(1)} (at least ${limits.rules})`;
    console.log(`  ${mode.padEnd(12)} worst contrast: ${said}${isEnough ? "" : "  TOO LITTLE"}`);
    return isEnough;
  });
  return html <= limits.bytes && isGood.every(Boolean);
}

if (import.meta.main) process.exitCode = reportEmail() ? 0 : 1;
