import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archivePage, homePage } from "#templates/pages/archive-page.ts";
import { editionPage } from "#templates/pages/edition-page.ts";
import { contentSecurityPolicy } from "#templates/pages/page.ts";
import { messagePage, unsubscribePage } from "#templates/pages/reader-pages.ts";
import {
  about,
  arabic,
  arabicLook,
  hostile,
  hostileLook,
  look,
  plain,
  usual,
} from "../../testing/editions/editions.ts";
import { launch } from "../chromium.ts";
import { axeAtWidths } from "../email/email-axe.ts";
import { contrasts } from "../email/email-contrast.ts";
import { fontStyle, serveFonts } from "../email/email-fonts.ts";
import { pictureOf } from "../email/email-picture.ts";

/** The website's pages, without scripts and with their content security policy. */

const editions = usual.headlines.map(({ title }, i) => ({
  date: `2026-11-${String(23 - i).padStart(2, "0")}`,
  subject: title,
  url: `https://news.example/daily/${i}`,
}));
const leaving = { archiveUrl: look.archiveUrl, action: "/unsubscribe/abc" };
const pages: Readonly<Record<string, string>> = {
  edition: editionPage(usual, look, { previousUrl: "https://news.example/a", nextUrl: "https://news.example/b" }),
  plain: editionPage(plain, look),
  hostile: editionPage(hostile, hostileLook),
  arabic: editionPage(arabic, arabicLook),
  archive: archivePage({ ...look, about, editions }),
  home: homePage({
    language: "en",
    siteUrl: look.siteUrl,
    newsletters: [{ ...look, about, subscribeUrl: "https://news.example/daily/subscribe" }],
  }),
  leave: unsubscribePage({ ...leaving, title: look.title, language: "en", maskedAddress: "m…@example.org" }),
  leaveArabic: unsubscribePage({
    ...leaving,
    title: arabicLook.title,
    language: "ar",
    maskedAddress: "m…@example.org",
  }),
  left: messagePage({ kind: "left", language: "en", siteUrl: look.siteUrl, newsletter: look }),
  error: messagePage({ kind: "error", language: "en", siteUrl: look.siteUrl, reference: "0f6f1a" }),
};

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

type Visit = {
  width?: number;
  isDark?: boolean;
  /** Without the policy: axe is a script, and the stand-ins are fonts. */
  isFree?: boolean;
};

async function visit<T>(name: string, how: Visit, look: (page: Page, requested: string[]) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    viewport: { width: how.width ?? 800, height: 800 },
    colorScheme: how.isDark ? "dark" : "light",
    deviceScaleFactor: 2,
  });
  const requested: string[] = [];
  await context.route("**/*", (route) => {
    requested.push(route.request().url());
    const page = pages[name] ?? "";
    const body = how.isFree ? page.replace("</head>", `${fontStyle}</head>`) : page;
    const headers: Record<string, string> = how.isFree ? {} : { "content-security-policy": contentSecurityPolicy([]) };
    return route.fulfill({ body, contentType: "text/html; charset=utf-8", headers });
  });
  await serveFonts(context);
  const page = await context.newPage();
  await page.goto("https://news.example/page");
  await page.evaluate(() => document.fonts.ready);
  try {
    return await look(page, requested);
  } finally {
    await context.close();
  }
}

describe.each(Object.keys(pages))("the page: %s", (name) => {
  test("D15: is styled under its policy, asks for nothing, and reports no refusal", async () => {
    await visit(name, {}, async (page, requested) => {
      const refusals: string[] = [];
      page.on("console", (line) => refusals.push(line.text()));
      await page.reload();
      expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe("0px");
      expect(requested.filter((url) => url !== "https://news.example/page" && !url.endsWith("/favicon.ico"))).toEqual(
        [],
      );
      expect(refusals).toEqual([]);
    });
  });

  test("D16: axe finds nothing at any width, in light, dark and forced colours", async () => {
    expect(await visit(name, { isFree: true }, (page) => axeAtWidths(page))).toEqual([]);
  });

  test("is readable: contrast of at least 4.5 on every line, light and dark", async () => {
    await visit(name, { isFree: true }, async (page) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const lines = await contrasts(page, await pictureOf(page));
        expect(lines.length).toBeGreaterThan(1);
        // The first line is the skip link, which is hidden until it has the focus.
        expect(
          lines.slice(1).filter(({ ratio }) => ratio < 4.5),
          colorScheme,
        ).toEqual([]);
      }
    });
  });

  test("D16: fits 320 pixels, its links and buttons a thumb", async () => {
    const { overflow, low } = await visit(name, { width: 320, isFree: true }, (page) =>
      page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        low: [...document.querySelectorAll("button,footer a,nav a,.go a,.masthead a,li")]
          .map((element) => [element.textContent, element.getBoundingClientRect().height] as const)
          .filter(([, height]) => height < 44),
      })),
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(low).toEqual([]);
  });
});

describe("with a keyboard", () => {
  test("the first stop skips to the text, and what has the focus is seen", async () => {
    await visit("leave", {}, async (page) => {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the text");
      const place = await page.evaluate(() => document.activeElement?.getBoundingClientRect().left);
      expect(place).toBeGreaterThanOrEqual(0);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BUTTON");
      expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe(
        "solid",
      );
    });
  });

  test("the button posts the form to its action", async () => {
    await visit("leave", {}, async (page) => {
      const [request] = await Promise.all([
        page.waitForRequest(/unsubscribe/),
        page.keyboard.press("Tab").then(() => page.click("button")),
      ]);
      expect([request.method(), new URL(request.url()).pathname]).toEqual(["POST", "/unsubscribe/abc"]);
    });
  });
});

describe("on paper", () => {
  test("D15: an edition is black on white, without what only a screen can use", async () => {
    await visit("edition", { isDark: true }, async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const { color, background, navigation } = await page.evaluate(() => ({
        color: getComputedStyle(document.querySelector("h1") ?? document.body).color,
        background: getComputedStyle(document.body).backgroundColor,
        navigation: getComputedStyle(document.querySelector("nav") ?? document.body).display,
      }));
      expect([color, background, navigation]).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)", "none"]);
    });
  });
});
