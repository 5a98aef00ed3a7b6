import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { BrowserContext } from "playwright-core";

/**
 * The email asks for fonts that mail clients have and a bare machine lacks. Fonts of the same measures replace
 * them, so lines break where readers see them break; Arabic, Chinese and emoji are added, which Georgia leaves to
 * the system. In tests only: the email itself loads no font.
 */
const standIns: readonly [family: string, files: readonly string[]][] = [
  ["Georgia", ["gelasio/400.css", "gelasio/700.css"]],
  ["Helvetica", ["arimo/400.css", "arimo/700.css"]],
];
const everywhere = [
  "noto-sans-arabic/400.css",
  "noto-sans-arabic/700.css",
  "noto-sans-sc/400.css",
  "noto-sans-sc/700.css",
  "noto-color-emoji/400.css",
];

const origin = "https://fonts.example";
const { resolve } = createRequire(import.meta.url);

const sheets = standIns.flatMap(([family, files]) =>
  // If ranges overlap, the last rule wins, so letters and digits come from the replacement font.
  [...everywhere, ...files].map(async (file) => {
    const css = await readFile(resolve(`@fontsource/${file}`), "utf8");
    const weights = file.startsWith("noto-color-emoji")
      ? css + css.replaceAll("font-weight: 400", "font-weight: 700")
      : css;
    return weights
      .replaceAll(/font-family:\s*'[^']+'/g, `font-family:'${family}'`)
      .replaceAll("url(./files/", `url(${origin}/${file.split("/")[0]}/files/`)
      .replaceAll("font-display: swap", "font-display: block");
  }),
);

/** The style sheet of the replacement fonts. */
export const fontStyle = `<style>${(await Promise.all(sheets)).join("\n")}</style>`;

/** Serves the fonts to the pages of a browser context. */
export const serveFonts = (context: BrowserContext) =>
  context.route(`${origin}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = await readFile(resolve(`@fontsource${path}`));
    await route.fulfill({ body, contentType: "font/woff2", headers: { "access-control-allow-origin": "*" } });
  });
