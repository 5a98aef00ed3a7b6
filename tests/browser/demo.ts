/**
 * `npm run demo`: starts the local system with its sample news and takes the pictures of docs/demo.md, in the order in
 * which the page shows them.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { messages, newFolder, startUp } from "../local/up-process.ts";
import { launch } from "./chromium.ts";

type Ready = Awaited<ReturnType<typeof startUp>>["ready"];
type Size = { width: number; height: number };

const pictures = fileURLToPath(new URL("../../docs/pictures/demo/", import.meta.url));
const wide: Size = { width: 1280, height: 800 };
const phone: Size = { width: 390, height: 800 };
/** How long to wait until the sample articles are stored and the first edition is sent. */
const PATIENCE_MS = 90_000;

async function keep(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  const png = await page.screenshot({ animations: "disabled", caret: "hide" });
  // A palette makes it a quarter of the browser's own PNG, without a visible difference.
  writeFileSync(`${pictures}${name}.png`, await sharp(png).png({ palette: true, quality: 90, effort: 10 }).toBuffer());
  console.log(`docs/pictures/demo/${name}.png`);
}

const openPage = async (browser: Browser, size: Size): Promise<Page> =>
  (await browser.newContext({ viewport: size, deviceScaleFactor: size === phone ? 2 : 1, locale: "en-GB" })).newPage();

/** The first edition's email to one reader. */
async function firstMail(ready: Ready): Promise<{ id: string; subject: string }> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const mail = (await messages(ready)).find(({ tags }) => tags.edition !== undefined);
    if (mail !== undefined) return mail;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("The first edition reached no one.");
}

async function editors(browser: Browser, { desk }: Ready): Promise<void> {
  const page = await openPage(browser, wide);
  await page.goto(desk);
  await page
    .getByRole("button", { name: /operator/i })
    .first()
    .click();
  await page.goto(`${desk}/-/sources`);
  await keep(page, "1-sources");
  await page.goto(desk);
  await page.getByRole("link", { name: "Edit", exact: true }).first().click();
  await page.getByRole("button", { name: "Draft now" }).click();
  await page.locator("details.why > summary").first().click();
  await keep(page, "2-edition");
  await page.getByRole("link", { name: /Send|Delivery/ }).click();
  await page.getByText("Send now…").click();
  await keep(page, "3-send");
  await page.goto(desk);
  await keep(page, "6-board");
}

async function readers(browser: Browser, ready: Ready): Promise<void> {
  const { id } = await firstMail(ready);
  const inbox = await openPage(browser, wide);
  await inbox.goto(`${ready.inbox}/`);
  await keep(inbox, "4-inbox");
  const mail = await openPage(browser, phone);
  await mail.goto(`${ready.inbox}/messages/${id}.html`);
  await keep(mail, "5-email");
}

mkdirSync(pictures, { recursive: true });
const folder = newFolder();
const up = await startUp(folder);
const browser = await launch();
try {
  await firstMail(up.ready);
  await editors(browser, up.ready);
  await readers(browser, up.ready);
} finally {
  await browser.close();
  await up.end("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
