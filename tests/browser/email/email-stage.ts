import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { launch } from "../chromium.ts";
import { fontStyle, serveFonts } from "./email-fonts.ts";

/** How a mail client shows an email: its changes to the HTML, to the page around it, and to colours. */
export type Mode = {
  width: number;
  isDark?: boolean;
  /** Chromium darkens light pages, like Gmail and Samsung's client on Android. */
  isForcedDark?: boolean;
  hasImages?: boolean;
  stage: (html: string) => string;
};

const asItIs = (html: string) => html;
/**
 * Without style sheets, as in Gmail with another provider's account, in forwarded mail, and in "view entire message".
 */
const withoutStyles = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>/g, "");
const onPage = (css: string) => (html: string) =>
  withoutStyles(html).replace("</head>", `<style>${css}</style></head>`);

/** Outlook.com: the body becomes a div on a white page, even in the system's dark mode. */
const inWebmail = (html: string) =>
  html.replace(/<body[^>]*>/, '<body style="margin:0;background:#ffffff"><div>').replace("</body>", "</div></body>");

/**
 * Thunderbird's dark messages: inline colours of text and grounds that are too dark or too light are taken away, those
 * of borders stay, and text and links take the program's own (DarkReader.mjs of its source).
 */
const withoutColours = (html: string) =>
  onPage("html{color-scheme:dark;background:#18181b;color:#fbfbfe}a:link{color:#58c9ff}")(
    html.replaceAll(/style="([^"]*)"/g, (_, css: string) => {
      const kept = css.split(";").filter((one) => !/^\s*(color|background|background-color)\s*:/.test(one));
      return `style="${kept.join(";")}"`;
    }),
  ).replaceAll(/\sbgcolor="[^"]*"/g, "");

/** Webmail that adds a prefix to every class and wraps the email in a container. */
const withPrefixes = (html: string) =>
  html
    .replaceAll(/class="([^"]*)"/g, (_, names: string) => `class="${names.trim().replaceAll(/\S+/g, "x_$&")}"`)
    .replaceAll(/<style[\s\S]*?<\/style>/g, (sheet) => sheet.replaceAll(/\.([a-z][\w-]*)(?=[\s.,:{>[])/g, ".x_$1"));

/** Clients that keep style sheets but drop media queries. */
const withoutQueries = (html: string) => html.replaceAll(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, "");

export const modeNames = [
  "light600",
  "light320",
  "dark",
  "nostyle",
  "forcedark",
  "invert",
  "darkcanvas",
  "owa",
  "noimages",
  "replaced",
  "prefixed",
  "noqueries320",
] as const;
export type ModeName = (typeof modeNames)[number];

export const modes: Readonly<Record<ModeName, Mode>> = {
  light600: { width: 600, stage: asItIs },
  light320: { width: 320, stage: asItIs },
  dark: { width: 600, isDark: true, stage: asItIs },
  nostyle: { width: 600, stage: withoutStyles },
  forcedark: { width: 600, isForcedDark: true, stage: withoutStyles },
  invert: { width: 600, stage: onPage("html{background:#fff}html{filter:invert(1) hue-rotate(180deg)}") },
  darkcanvas: { width: 600, stage: onPage("html,body{background:#121212!important}") },
  owa: { width: 600, isDark: true, stage: inWebmail },
  noimages: { width: 600, hasImages: false, stage: asItIs },
  replaced: { width: 600, isDark: true, stage: withoutColours },
  prefixed: { width: 320, isDark: true, stage: withPrefixes },
  noqueries320: { width: 320, stage: withoutQueries },
};

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#f3c98b"/><stop offset=".6" stop-color="#8a5a6b"/><stop offset="1" stop-color="#20304a"/></linearGradient><rect width="1200" height="675" fill="url(#g)"/><circle cx="850" cy="300" r="70" fill="#ffe9b8"/><path d="M0 480Q300 420 600 480T1200 470V675H0Z" fill="#1b2a40"/><path d="M180 480V300l90-70 90 70v180z" fill="#14202f"/></svg>`;

/** On its own background, as a logo must be. */
const drawnLogo = `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="120"><rect width="720" height="120" fill="#83193f"/><g fill="none" stroke="#fdf1e9" stroke-width="6"><path d="M40 84q16-16 32 0t32 0 32 0M40 60q16-16 32 0t32 0 32 0"/><path d="M60 40 88 22l28 18"/></g><g fill="#fdf1e9"><path d="M176 36h8v48h-8zM196 36h8v48h-8zM216 36h444v6H216zM216 57h380v6H216zM216 78h444v6H216z"/></g></svg>`;

const drawnFerry = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160"><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#c9d6df"/><stop offset="1" stop-color="#52708c"/></linearGradient><rect width="240" height="160" fill="url(#g)"/><path d="M0 110q30-12 60 0t60 0 60 0 60 0v50H0z" fill="#3c5a78"/><path d="M50 104h140l-22 22H72z" fill="#f4efe4"/><path d="M84 82h66v22H84zM104 64h18v18h-18z" fill="#b5452f"/></svg>`;
const drawnRail = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160"><linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#ecd9b4"/><stop offset="1" stop-color="#8c5a45"/></linearGradient><rect width="240" height="160" fill="url(#g)"/><path d="M40 52h160v62H40z" fill="#22314e"/><path d="M52 64h28v20H52zM88 64h28v20H88zM124 64h28v20h-28zM160 64h28v20h-28z" fill="#f4efe4"/><path d="M0 122h240v6H0z" fill="#4a352c"/></svg>`;

/** PNGs, because a darkening browser inverts SVGs but not pictures. */
const [picture, logo, ferry, rail] = await Promise.all(
  [drawing, drawnLogo, drawnFerry, drawnRail].map((svg) => sharp(Buffer.from(svg)).png().toBuffer()),
);
/** By a word in their address; any other address shows the lead's picture. */
const pictures = { logo, "small-ferry": ferry, "small-rail": rail };

/** The picture that is served for an address. */
export const pictureFor = (address: string): Buffer | undefined =>
  Object.entries(pictures).find(([name]) => address.includes(name))?.[1] ?? picture;

/** Shows emails one after another in the same browser pages. */
export type Stage = {
  /** Shows an email as a mode's client does. The page is valid until the next call. */
  show: (html: string, mode: Mode, width?: number) => Promise<Page>;
  close: () => Promise<void>;
};

/** Opens Chromium, and a second one with forced dark mode, which is an option of its start. */
export async function openStage(): Promise<Stage> {
  const [plain, darkening] = await Promise.all([
    launch().then(openPage),
    launch(["--blink-settings=forceDarkModeEnabled=true"]).then(openPage),
  ]);
  return {
    show: (html, mode, width = mode.width) => (mode.isForcedDark ? darkening : plain).show(html, mode, width),
    close: async () => {
      await plain.browser.close();
      await darkening.browser.close();
    },
  };
}

async function openPage(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  let staged = "";
  let hasImages = true;
  await context.route("**/*", (route) => {
    const request = route.request();
    if (request.resourceType() !== "image" || !hasImages) return route.abort();
    return route.fulfill({ body: pictureFor(request.url()), contentType: "image/png" });
  });
  await serveFonts(context);
  await context.route("https://mail.example/", (route) =>
    route.fulfill({ body: staged, contentType: "text/html; charset=utf-8" }),
  );
  const show = async (html: string, mode: Mode, width: number): Promise<Page> => {
    staged = mode.stage(html).replace("</head>", `${fontStyle}</head>`);
    hasImages = mode.hasImages !== false;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: mode.isDark ? "dark" : "light" });
    await page.goto("https://mail.example/");
    await page.evaluate(() => document.fonts.ready);
    return page;
  };
  return { browser, show };
}
