import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { solvedChallenge, workChallenge } from "#domain/audience/limits/proof-of-work.ts";
import { timeZones } from "#domain/time/time-zones.ts";
import { homePage } from "#templates/pages/archive-page.ts";
import { contentSecurityPolicy } from "#templates/pages/page.ts";
import { type PreferencesForm, preferencesPage } from "#templates/pages/preferences-page.ts";
import { readerDataPage } from "#templates/pages/reader-data-page.ts";
import { stepPage, subscribePage } from "#templates/pages/subscribe-pages.ts";
import { workScriptSource } from "#templates/pages/work-script.ts";
import { worthPage } from "#templates/pages/worth-page.ts";
import { languageNames, readerWordsFor } from "#templates/reader-words.ts";
import { html } from "#templates/text/html.ts";
import { about, look } from "../../testing/editions/editions.ts";
import { launch } from "../chromium.ts";
import { axeAtWidths, axeFindings } from "../email/email-axe.ts";
import { contrasts } from "../email/email-contrast.ts";
import { fontStyle, serveFonts } from "../email/email-fonts.ts";
import { pictureOf } from "../email/email-picture.ts";

/** The pages from subscribing to erasure, in every language, light and dark, on a phone and at 400 % zoom. */

const at = "2026-11-23T07:00:00.000Z";
const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const event = { at, by: "reader", source: "web form", evidence: "192.0.2.0/24" };

function pagesIn(language: string): Record<string, string> {
  const words = readerWordsFor(language);
  const place = { title: look.title, language, archiveUrl: look.archiveUrl, path: "/daily/subscribe" };
  const form = {
    action: "/daily/subscribe",
    canonical: look.archiveUrl,
    made: "x",
    postalAddress: look.postalAddress,
    about,
  };
  const address = "m…r@example.org";
  const chosen: PreferencesForm = {
    ...{ maskedAddress: address, action: "/p", addressAction: "/a", timeZone: "Europe/London" },
    newsletters: [
      { name: "daily", title: look.title, isSubscribed: true },
      { name: "evening", title: "The Evening Broadsheet", isSubscribed: false },
    ],
    instead: [html` <button type="submit" name="instead" value="weekly" class="second">Get The Week instead</button>`],
    preferences: { zone: "America/Argentina/Buenos_Aires", pausedUntil: "2026-12-24", language },
    pause: { first: "2026-11-24", last: "2027-11-24" },
    timeZones: timeZones(),
  };
  return {
    home: homePage({
      language,
      siteUrl: look.siteUrl,
      newsletters: [{ ...look, about, subscribeUrl: look.archiveUrl }],
    }),
    form: subscribePage(place, form),
    fault: subscribePage(place, { ...form, value: "mörike@example", fault: "nonAscii" }),
    suggestion: subscribePage(place, { ...form, value: "m@gmial.com", suggestion: "m@gmail.com" }),
    inbox: stepPage(place, words.inbox),
    confirm: stepPage(place, { ...words.confirm, address, button: { action: "/x", label: words.confirm.button } }),
    stopped: stepPage(place, { ...words.stopped, button: { action: "/x", label: words.again } }),
    preferences: preferencesPage(place, { ...chosen, done: "saved" }),
    refused: preferencesPage(place, { ...chosen, fault: { field: "email", fault: "nonAscii", value: "ö@x.org" } }),
    worth: worthPage(place, { date: "2026-11-23", first: "no", actions: { yes: "/y", no: "/n" } }),
    data: readerDataPage(place, {
      address: "a-rather-long-address.of-someone@a-rather-long-domain.example.org",
      timeZone: "Europe/London",
      preferencesUrl: "/p",
      downloadUrl: "/x",
      eraseAction: "/y",
      subscriptions: [
        {
          title: look.title,
          status: "active",
          since: at,
          history: [
            { ...event, did: "requested" },
            { ...event, did: "confirmed" },
          ],
        },
      ],
    }),
  };
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Visits pages one after another in one window. */
async function visitAll(
  pages: Record<string, string>,
  { width = 800, colorScheme = "light" }: { width?: number; colorScheme?: "light" | "dark" },
  visit: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme, deviceScaleFactor: 2 });
  await context.route("**/*", (route) => {
    const body = pages[new URL(route.request().url()).pathname.slice(1)] ?? "";
    return route.fulfill({
      body: body.replace("</head>", `${fontStyle}</head>`),
      contentType: "text/html; charset=utf-8",
    });
  });
  await serveFonts(context);
  const page = await context.newPage();
  try {
    for (const name of Object.keys(pages)) {
      await page.goto(`https://news.example/${name}`);
      await page.evaluate(() => document.fonts.ready);
      await visit(page, name);
    }
  } finally {
    await context.close();
  }
}

/** Words differ by language, the layout only by direction, and the colours not at all. */
describe.concurrent.each(["en", "ar"])("in %s", (language) => {
  const pages = pagesIn(language);

  test("D16: axe finds nothing at any width, in light, dark and forced colours", async () => {
    await visitAll(pages, {}, async (page, name) => {
      expect(await axeAtWidths(page), name).toEqual([]);
    });
  });

  test.each(["light", "dark"] as const)("every line is readable: %s", async (colorScheme) => {
    await visitAll(pages, { colorScheme }, async (page, name) => {
      const lines = await contrasts(page, await pictureOf(page));
      expect(
        lines.slice(1).filter(({ ratio }) => ratio < 4.5),
        name,
      ).toEqual([]);
    });
  });
});

describe.concurrent.each(languageNames.map(({ tag }) => tag))("in %s", (language) => {
  const pages = pagesIn(language);

  test("D16: axe finds nothing, light and dark", async () => {
    await visitAll(pages, {}, async (page, name) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeFindings(page), `${name}, ${colorScheme}`).toEqual([]);
      }
    });
  });

  test("D16: each fits 320 pixels, which is 400 % zoom of a small screen, its buttons and links a thumb", async () => {
    await visitAll(pages, { width: 320 }, async (page, name) => {
      const { overflow, low } = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        low: [
          ...document.querySelectorAll(
            "button,input[type=email],input[type=date],select,label.check,footer a,nav a,.go a,.masthead a",
          ),
        ]
          .map((element) => [element.textContent, element.getBoundingClientRect().height] as const)
          .filter(([, height]) => height < 44),
      }));
      expect([overflow, low], name).toEqual([0, []]);
    });
  });

  test("D15: none is larger than 30 KB", () => {
    for (const [name, page] of Object.entries(pages)) expect(Buffer.byteLength(page), name).toBeLessThanOrEqual(30_000);
  });
});

test("D3: the page of a client that asked many times proves its work by a script, under its policy", async () => {
  const context = await browser.newContext();
  const place = { title: look.title, language: "en", archiveUrl: look.archiveUrl, path: "/daily/subscribe" };
  const work = workChallenge(keys, { salt: "5a17", number: 300 }, at);
  const body = subscribePage(place, {
    ...{ action: "/daily/subscribe", canonical: look.archiveUrl, made: "x", postalAddress: look.postalAddress, about },
    work,
  });
  await context.route("**/*", (route) => {
    const policy = `${contentSecurityPolicy([])}; script-src ${workScriptSource}`;
    return route.fulfill({
      body,
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": policy },
    });
  });
  const page = await context.newPage();
  await page.goto("https://news.example/daily/subscribe");
  await page.locator("#email").fill("ann@example.com");
  // Pressed at once: the form waits for its proof of work.
  const [posted] = await Promise.all([
    page.waitForRequest((request) => request.method() === "POST"),
    page.keyboard.press("Enter"),
  ]);
  const altcha = new URLSearchParams(posted.postData() ?? "").get("altcha") ?? "";
  expect(solvedChallenge(keys, altcha, at)).toBe(work.challenge);
  await context.close();
});

test("D1: with scripts off, the page that comes back has its first focus on what is wrong", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const policy = contentSecurityPolicy([]);
  await context.route("**/*", (route) =>
    route.fulfill({
      body: pagesIn("en").fault ?? "",
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": policy },
    }),
  );
  const page = await context.newPage();
  await page.goto("https://news.example/fault");
  await page.waitForTimeout(200);
  expect(await page.locator(".problem:focus").count()).toBe(1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await page.locator("input[type=email]:focus").count()).toBe(1);
  await page.keyboard.press("Tab");
  expect(await page.locator("button:focus").count()).toBe(1);
  await context.close();
});
