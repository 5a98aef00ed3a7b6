import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { deskFiles } from "#functions/desk/files.ts";
import { articles } from "#tests/testing/editions/edition-fixtures.ts";
import { launch } from "../../tests/browser/chromium.ts";
import { openStage } from "../../tests/functions/desk/stage.ts";

/** Milliseconds, medians, except `scripts`, which is style, script and fonts in compressed bytes. `baseline`: the same page's first byte and an empty page. */
type DeskFigures = {
  load: number;
  blank: number;
  screen: number;
  frame: number;
  saved: number;
  preview: number;
  scripts: number;
};

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const RUNS = 9;
/** 18 in the edition, and 200 others. */
const STORIES = 218;

/** The desk in a browser with 200 candidates, and the real commands over memory. */
async function deskFigures(): Promise<DeskFigures> {
  const stage = await openStage(
    articles(STORIES, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" })),
  );
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const load: number[] = [];
  const blank: number[] = [];
  const screen: number[] = [];
  const frame: number[] = [];
  const saved: number[] = [];
  const preview: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    blank.push(await timed(() => page.goto(`${new URL(stage.url).origin}/desk/assets/${deskFiles[0]?.name}`)));
    load.push(await timed(() => opened(page, stage.url)));
    frame.push(await page.evaluate<number>(nextFrame));
    const move = await page.evaluate<{ screen: number; saved: number }>(moved);
    screen.push(move.screen);
    saved.push(move.saved);
    preview.push(await page.evaluate<number>(rewritten(`Words of run ${run}`)));
  }
  await browser.close();
  await stage.close();
  const scripts = deskFiles.reduce((sum, { body }) => sum + gzipSync(body).length, 0);
  return {
    load: median(load),
    blank: median(blank),
    screen: median(screen),
    frame: median(frame),
    saved: median(saved),
    preview: median(preview),
    scripts,
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Waits until the page is usable: its script runs and the preview has loaded. */
async function opened(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "load" });
  await page.locator("[data-desk].live").waitFor();
}

/** In the page: the time to the next frame without any work. */
const nextFrame = `new Promise((resolve) => {
  const began = performance.now();
  requestAnimationFrame(() => resolve(performance.now() - began));
})`;

/** In the page: from the key press to the frame that shows the move, and to "Saved". */
const moved = `new Promise((resolve) => {
  const status = document.querySelector("[data-status]");
  const began = performance.now();
  let screen = 0;
  document.querySelectorAll(".row")[8].querySelector("[data-do=up]").click();
  requestAnimationFrame(() => { screen = performance.now() - began; });
  const look = () => {
    if (status.textContent.startsWith("Saved") && screen > 0) resolve({ screen, saved: performance.now() - began });
    else setTimeout(look, 2);
  };
  setTimeout(look, 2);
})`;

/** In the page: from the key press that saves a rewrite to the preview that shows it. */
const rewritten = (title: string) => `new Promise((resolve) => {
  const row = document.querySelectorAll(".row")[2];
  row.querySelector("[data-edit]").open = true;
  const field = row.querySelector("textarea[data-field=title]");
  field.focus();
  field.value = "${title}";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const began = performance.now();
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  const look = () => {
    const shown = document.querySelector(".screen iframe:not(.coming)")?.contentDocument?.body?.textContent ?? "";
    if (shown.includes("${title}")) resolve(performance.now() - began);
    else setTimeout(look, 2);
  };
  look();
})`;

/** Milliseconds, and bytes. */
const most = { load: 1500, screen: 50, saved: 2000, preview: 1000, scripts: 90_000 };

export async function reportDesk(): Promise<boolean> {
  const figures = await deskFigures();
  const ms = (value: number) => `${Math.round(value)} ms`;
  const over = Object.entries(most).filter(([name, limit]) =>
    Object.entries(figures).some(([one, value]) => one === name && value > limit),
  );
  console.log(`The desk with 200 candidates, in Chromium
  load, until it can be worked with   ${ms(figures.load)} (at most ${most.load}); the style sheet alone: ${ms(figures.blank)}
  a move, to the screen               ${ms(figures.screen)} (at most ${most.screen}); an empty frame: ${ms(figures.frame)}
  a move, to saved                    ${ms(figures.saved)} (at most ${most.saved})
  a rewrite, to the preview           ${ms(figures.preview)} (at most ${most.preview})
  style, script and fonts, compressed  ${figures.scripts} bytes (at most ${most.scripts})${over.map(([name]) => `\n  TOO MUCH: ${name}`).join("")}`);
  return over.length === 0;
}
