import { createServer, type Server } from "node:http";
import { SESv2Client, SendBulkEmailCommand } from "@aws-sdk/client-sesv2";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { launch } from "./chromium.ts";

let browser: Browser;
let ses: RunningSes;
let client: SESv2Client;
const pages: Page[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ses = await startSes({ port: 0 });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  client = new SESv2Client({ endpoint: ses.url, region: "us-east-1", credentials });
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
  client.destroy();
  await ses.close();
});

const email = (title: string) =>
  `<!doctype html><html lang="en"><head><meta name="color-scheme" content="light dark"><title>${title}</title>
<style>body{background:#ffffff;color:#111111}@media (prefers-color-scheme:dark){body{background:#101214;color:#eeeeee}}</style></head>
<body style="margin:0"><p>${title}</p><a href="https://example.com/story">Story</a><div style="height:2000px"></div></body></html>`;

type Mail = { subject?: string; html?: string; unsubscribe?: string };

async function send(readers: number, { subject = "Night trains return", html, unsubscribe }: Mail = {}) {
  const oneClick = [
    { Name: "List-Unsubscribe", Value: `<${unsubscribe}>` },
    { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
  ];
  const command = new SendBulkEmailCommand({
    FromEmailAddress: "The Daily <daily@example.com>",
    DefaultEmailTags: [{ Name: "newsletter", Value: "daily" }],
    DefaultContent: {
      Template: {
        TemplateContent: { Subject: subject, Html: html ?? email(subject), Text: `${subject}\n\nIn words.` },
        TemplateData: "{}",
      },
    },
    BulkEmailEntries: Array.from({ length: readers }, (_, at) => ({
      Destination: { ToAddresses: [`reader${at + 1}@example.org`] },
      ReplacementHeaders: unsubscribe ? oneClick : [],
    })),
  });
  await client.send(command);
}

/** Opens a page of the inbox, whose script errors fail the test. */
async function open(path = "/", options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  pages.push(page);
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(ses.inboxUrl + path);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("[data-live=on]");
  return page;
}

const frameOf = (page: Page) => page.frameLocator("iframe.email");
const backgroundOf = (page: Page) =>
  frameOf(page)
    .locator("body")
    .evaluate((body) => getComputedStyle(body).backgroundColor);
const white = "rgb(255, 255, 255)";
const dark = "rgb(16, 18, 20)";

async function faults(page: Page) {
  await page.evaluate(axe.source);
  // Only the viewer's own markup; the emails have tests of their own.
  const { violations } = await page.evaluate<AxeResults>("axe.run(document, { iframes: false })");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

describe("mail as it comes", () => {
  it("appears by itself, one row for 50 copies, and opens", async () => {
    const page = await open();
    await expect.poll(() => page.locator("#pane").innerText()).toContain("No mail yet");
    await send(50);
    await page.waitForSelector(".row");
    await expect.poll(() => page.locator(".count").innerText()).toContain("50");
    await expect.poll(() => page.title()).toContain("(50)");
    await expect.poll(() => page.locator(".mail .title").innerText()).toBe("Night trains return");
    await send(50);
    await expect.poll(() => page.locator(".copies").innerText()).toContain("of 100");
    expect(await page.locator(".row").count()).toBe(1);
    await send(1, { subject: "Budget passes" });
    await expect.poll(() => page.locator(".row").count()).toBe(2);
    expect(await page.locator(".fresh .subject").innerText()).toBe("Budget passes");
    expect(await page.locator(".mail .title").innerText()).toBe("Night trains return");
  });

  it("goes at the press of a button, after a question", async () => {
    await send(3);
    const page = await open();
    await page.click("[data-opens=clear]");
    await page.click("#clear [value=no]");
    expect(await page.locator(".row").count()).toBe(1);
    await page.click("[data-opens=clear]");
    await page.click("#clear [value=yes]");
    await page.waitForSelector(".empty");
    expect(await (await fetch(`${ses.inboxUrl}/messages`)).json()).toEqual([]);
  });
});

describe("a message", () => {
  it("is shown at desktop and phone width, as high as it is", async () => {
    await send(1);
    const page = await open();
    const frame = page.locator("iframe.email");
    const width = async () => (await frame.boundingBox())?.width;
    await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(2000);
    expect(await width()).toBeGreaterThanOrEqual(600);
    for (const phone of [375, 320]) {
      await page.click(`[data-value="${phone}"]`);
      await expect.poll(width).toBe(phone);
    }
    await page.reload();
    await expect.poll(width).toBe(320);
  });

  it.each(["light", "dark", null] as const)(
    "is shown in light and dark on a machine set to %s",
    async (colorScheme) => {
      await send(1);
      const page = await open("/", { colorScheme });
      await expect.poll(() => backgroundOf(page)).toBe(white);
      await page.click('[data-value="dark"]');
      await expect.poll(() => backgroundOf(page)).toBe(dark);
      await page.click('[data-value="light"]');
      await expect.poll(() => backgroundOf(page)).toBe(white);
    },
  );

  it("shows its text, headers and source", async () => {
    await send(1);
    const page = await open();
    await page.click("[data-go=text]");
    await expect.poll(() => page.locator(".plain").innerText()).toContain("In words.");
    await page.click("[data-go=headers]");
    await expect.poll(() => page.locator(".tables").innerText()).toContain("Message-ID");
    await page.click("[data-go=source]");
    await expect.poll(() => page.locator(".source").innerText()).toContain("Content-Type: multipart/alternative");
    await page.goBack();
    await page.waitForSelector(".tables");
  });

  it("warns of what Gmail clips", async () => {
    await send(1, { html: email("x".repeat(52_000)) });
    await send(1, { subject: "Small" });
    const page = await open();
    expect(await page.locator(".size").innerText()).toContain("shows all");
    await page.keyboard.press("j");
    await expect.poll(() => page.locator(".size").innerText()).toMatch(/104\.\d KB.*clips/);
  });

  it("runs nothing and breaks out of nothing, whatever is in it", async () => {
    const hostile = `<img src=x onerror="parent.document.title='owned'"><script>parent.document.title='owned'</script>`;
    await send(1, {
      subject: `${hostile}</title>`,
      html: `<body>${hostile}<a href="javascript:alert(1)">x</a></body>`,
    });
    const page = await open();
    await expect.poll(() => page.locator(".mail .title").innerText()).toContain("<script>");
    for (const key of ["2", "3", "4"]) await page.keyboard.press(key);
    await page.waitForSelector(".source");
    expect(await page.title()).toContain("Inbox");
    const alone = await fetch(`${ses.inboxUrl}${await page.locator(".alone").getAttribute("href")}`);
    expect(alone.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox(?!.*allow-scripts)/);
    const whole = await fetch(ses.inboxUrl);
    expect(whole.headers.get("content-security-policy")).not.toMatch(/unsafe/);
  });
});

describe("one-click unsubscribe", () => {
  let site: Server;
  const posts: string[] = [];
  let answers = 200;
  beforeAll(async () => {
    site = createServer(async (incoming, outgoing) => {
      const body = Buffer.concat(await incoming.toArray()).toString();
      posts.push(`${incoming.method} ${incoming.url} ${body} ${incoming.headers["content-type"]}`);
      outgoing.writeHead(answers).end();
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => site.close());

  it("is tried as a mail client does it, and says what came of it", async () => {
    const address = site.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await send(1, { unsubscribe: `http://127.0.0.1:${port}/one-click/abc` });
    const page = await open();
    await page.click("[data-unsubscribe] button");
    await expect.poll(() => page.locator("[data-outcome]").innerText()).toMatch(/^Unsubscribed: 200/);
    expect(posts).toEqual(["POST /one-click/abc List-Unsubscribe=One-Click application/x-www-form-urlencoded"]);
    answers = 302;
    await page.keyboard.press("u");
    await expect.poll(() => page.locator("[data-outcome]").innerText()).toContain("must not redirect");
  });
});

describe("without a mouse", () => {
  it("walks mail, copies, parts, widths and colours", async () => {
    await send(3, { subject: "First" });
    await send(1, { subject: "Second" });
    const page = await open();
    const title = () => page.locator(".mail .title").innerText();
    await page.keyboard.press("j");
    await expect.poll(title).toBe("First");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator(".copies").innerText()).toContain("2 of 3");
    await expect.poll(() => page.locator(".from").innerText()).toContain("reader2@example.org");
    await page.keyboard.press("w");
    expect(await page.locator(".device").getAttribute("data-width")).toBe("375");
    await page.keyboard.press("d");
    await expect.poll(() => backgroundOf(page)).toBe(dark);
    await frameOf(page).locator("body").click();
    await page.keyboard.press("k");
    await expect.poll(title).toBe("Second");
    await page.keyboard.press("?");
    await page.uncheck("[data-keys-on]");
    await page.click("#keys button");
    await page.keyboard.press("j");
    await page.waitForTimeout(200);
    expect(await title()).toBe("Second");
  });

  it("finds one reader's copy by searching", async () => {
    await send(50);
    await send(1, { subject: "Other" });
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("reader37@");
    await expect.poll(() => page.locator(".row").count()).toBe(1);
    expect(await page.locator(".count").innerText()).toContain("1 of 50");
    await page.click(".row");
    await expect.poll(() => page.locator(".from").innerText()).toContain("reader37@example.org");
    await page.fill("#q", "nobody");
    await expect.poll(() => page.locator("#list").innerText()).toContain("Nothing matches");
  });

  it("can be read without scripts", async () => {
    await send(2);
    const page = await open("/", { javaScriptEnabled: false });
    await page.click(".row");
    await page.click("[rel=next]");
    expect(await page.locator(".from").innerText()).toContain("reader2@example.org");
    await page.click("[data-go=headers]");
    expect(await page.locator(".tables").innerText()).toContain("Message-ID");
  });
});

describe("the page", () => {
  it.each([
    [1280, "light"],
    [1280, "dark"],
    [320, "light"],
    [320, "dark"],
  ] as const)("at %i in %s has no fault that axe knows, and nothing scrolls sideways", async (width, colorScheme) => {
    const page = await open("/", { viewport: { width, height: 700 }, colorScheme });
    expect(await faults(page)).toEqual([]);
    const address = "https://example.com/one-click/abc";
    await send(50, { subject: "A_word_that_no_line_can_hold_at_this_width_at_all_really", unsubscribe: address });
    await send(1, { html: email("y".repeat(52_000)) });
    await page.waitForSelector(".row");
    expect(await faults(page)).toEqual([]);
    await page.locator(".row").last().click();
    for (const tab of ["html", "text", "headers", "source"]) {
      await page.click(`[data-go=${tab}]`);
      await page.waitForSelector(`[data-body=${tab}]`);
      expect(await faults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await page.keyboard.press("?");
    expect(await faults(page)).toEqual([]);
  });
});
