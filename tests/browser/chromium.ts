import { type Browser, chromium as playwright } from "playwright-core";

/**
 * Its package is made for Lambda: `--single-process` and `--no-zygote` crash on pages with many frames, and
 * `--disable-web-security` and its kin would hide what a content security policy or a sandbox refuses.
 */
const dropped = [
  "--single-process",
  "--no-zygote",
  "--headless='shell'",
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--disable-site-isolation-trials",
  "--disable-features=AudioServiceOutOfProcess,IsolateOrigins,site-per-process",
];

/**
 * A headless Chromium that comes from npm alone: no download step, no system libraries.
 * The caller closes it. `args` are added to Chromium's command line, such as `--blink-settings=forceDarkModeEnabled=true`.
 */
export async function launch(args: readonly string[] = []): Promise<Browser> {
  // Must be set before the package is loaded, or its NSS libraries aren't unpacked and put on the library path.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs24.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => !dropped.includes(arg)), ...args],
    headless: true,
  });
}
