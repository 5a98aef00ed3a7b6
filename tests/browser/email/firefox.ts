import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { fontStyle } from "./email-fonts.ts";
import { pictureFor } from "./email-stage.ts";

/**
 * The installed Firefox, which shows an email as Thunderbird does, because they share an engine. Its pictures are only
 * for people and aren't compared, because its version can be any.
 */
export function findFirefox(): string | undefined {
  const named = process.env.FIREFOX;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.flatMap((folder) => ["firefox", "firefox-esr"].map((name) => join(folder, name)));
  return [...(named ? [named] : []), ...found].find((path) => existsSync(path));
}

/** How Firefox shows an email, and its preferences for that. */
export const firefoxModes = {
  light600: { width: 600, prefs: { "ui.systemUsesDarkTheme": 0 } },
  dark: { width: 600, prefs: { "ui.systemUsesDarkTheme": 1, "layout.css.prefers-color-scheme.content-override": 0 } },
  /** The reader's own colours for all text and backgrounds, as its settings allow. */
  replaced: { width: 600, prefs: { "browser.display.document_color_use": 2 } },
} as const;
export type FirefoxMode = keyof typeof firefoxModes;

const { resolve } = createRequire(import.meta.url);
const run = promisify(execFile);
/** Milliseconds: a first start on a busy machine takes most of a minute. */
const PATIENCE = 90_000;

/** A PNG of the whole email in Firefox. */
export async function firefoxPicture(firefox: string, html: string, mode: FirefoxMode): Promise<Buffer> {
  const { width, prefs } = firefoxModes[mode];
  const folder = await mkdtemp(join(tmpdir(), "broadsheet-firefox-"));
  const server = await serve(html);
  try {
    const all = { "browser.shell.checkDefaultBrowser": false, "browser.aboutwelcome.enabled": false, ...prefs };
    const lines = Object.entries(all).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
    await writeFile(join(folder, "user.js"), lines.join(""));
    const file = join(folder, "email.png");
    const flags = ["--headless", "--no-remote", "--profile", folder, "--screenshot", file, `--window-size=${width}`];
    // Chromium's package sets both for its own fonts and libraries, with which Firefox would show boxes for letters.
    const { FONTCONFIG_PATH: _fonts, LD_LIBRARY_PATH: _libraries, ...env } = process.env;
    await run(firefox, [...flags, server.url], { timeout: PATIENCE, env: { ...env, HOME: folder } });
    return await readFile(file);
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Serves the email with its pictures and the tests' fonts, so nothing is loaded from the network. */
async function serve(html: string): Promise<{ url: string; close: () => void }> {
  const page = html
    .replaceAll(/(<img[^>]*src=")[^"]*\/([^"/]*)"/g, '$1/pictures/$2"')
    .replace("</head>", `${fontStyle.replaceAll("https://fonts.example/", "/fonts/")}</head>`);
  const server = createServer(async ({ url = "/" }, response) => {
    const [, kind, ...rest] = new URL(url, "http://127.0.0.1").pathname.split("/");
    if (kind === "") return response.setHeader("content-type", "text/html; charset=utf-8").end(page);
    if (kind === "pictures") return response.setHeader("content-type", "image/png").end(pictureFor(rest.join("/")));
    if (kind !== "fonts") return response.writeHead(404).end();
    const font = await readFile(resolve(`@fontsource/${rest.join("/")}`)).catch(() => null);
    return font ? response.setHeader("content-type", "font/woff2").end(font) : response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
