import type { Browser, Page } from "playwright-core";
import { fontStyle, serveFonts } from "./email-fonts.ts";

/** How a mail client shows an email: what it does to the HTML, to the page around it, and to its colours. */
export type Mode = {
  width: number;
  isDark?: boolean;
  /** Chromium's own darkening of light pages, a stand-in for that of Gmail and Samsung on Android. */
  isForcedDark?: boolean;
  hasImages?: boolean;
  stage: (html: string) => string;
};

const asItIs = (html: string) => html;
/** Gmail with another provider's account, forwards, and "view entire message" lose all style sheets. */
const withoutStyles = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>/g, "");
const onPage = (css: string) => (html: string) =>
  withoutStyles(html).replace("</head>", `<style>${css}</style></head>`);

/** Outlook.com: the body becomes a div on its own white page, while the system's dark mode is on. */
const inWebmail = (html: string) =>
  html.replace(/<body[^>]*>/, '<body style="margin:0;background:#ffffff"><div>').replace("</body>", "</div></body>");

export const modes = {
  light600: { width: 600, stage: asItIs },
  light320: { width: 320, stage: asItIs },
  dark: { width: 600, isDark: true, stage: asItIs },
  nostyle: { width: 600, stage: withoutStyles },
  forcedark: { width: 600, isForcedDark: true, stage: withoutStyles },
  invert: { width: 600, stage: onPage("html{background:#fff}html{filter:invert(1) hue-rotate(180deg)}") },
  darkcanvas: { width: 600, stage: onPage("html,body{background:#121212!important}") },
  owa: { width: 600, isDark: true, stage: inWebmail },
  noimages: { width: 600, hasImages: false, stage: asItIs },
} satisfies Record<string, Mode>;

const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#f3c98b"/><stop offset=".6" stop-color="#8a5a6b"/><stop offset="1" stop-color="#20304a"/></linearGradient><rect width="1200" height="675" fill="url(#g)"/><circle cx="850" cy="300" r="70" fill="#ffe9b8"/><path d="M0 480Q300 420 600 480T1200 470V675H0Z" fill="#1b2a40"/><path d="M180 480V300l90-70 90 70v180z" fill="#14202f"/></svg>`;

/** On a plate of its own, as a logo must be. */
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="120"><rect width="720" height="120" fill="#83193f"/><g fill="none" stroke="#fdf1e9" stroke-width="6"><path d="M40 84q16-16 32 0t32 0 32 0M40 60q16-16 32 0t32 0 32 0"/><path d="M60 40 88 22l28 18"/></g><g fill="#fdf1e9"><path d="M176 36h8v48h-8zM196 36h8v48h-8zM216 36h444v6H216zM216 57h380v6H216zM216 78h444v6H216z"/></g></svg>`;

/** Opens an email in a mode. The caller closes the page's context. */
export async function open(browser: Browser, html: string, mode: Mode, width = mode.width): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: mode.isDark ? "dark" : "light",
    deviceScaleFactor: 2,
  });
  const staged = mode.stage(html).replace("</head>", `${fontStyle}</head>`);
  await context.route("**/*", (route) =>
    route.request().resourceType() === "image" && mode.hasImages !== false
      ? route.fulfill({ body: /logo/.test(route.request().url()) ? logo : picture, contentType: "image/svg+xml" })
      : route.abort(),
  );
  await serveFonts(context);
  await context.route("https://mail.example/", (route) =>
    route.fulfill({ body: staged, contentType: "text/html; charset=utf-8" }),
  );
  const page = await context.newPage();
  await page.goto("https://mail.example/");
  await page.evaluate(() => document.fonts.ready);
  return page;
}
