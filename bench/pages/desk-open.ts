import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Page } from "playwright-core";
import { openTable } from "#adapters/dynamo/table.ts";
import { config } from "#broadsheet.config.ts";
import { localAws } from "#local/aws.ts";
import { launch } from "../../tests/browser/chromium.ts";
import { startUp } from "../local.ts";
import { fill } from "./desk-calls.ts";

const CANDIDATES = 505;
const RUNS = 9;
/** The bar in milliseconds, as a median. */
const most = 1850;

const newsletter = Object.keys(config.newsletters)[0] ?? "";

/** Milliseconds, except `bytes`. `page`: the document alone, as a fetch. `processor`: of the whole system, for one opening. */
type Opened = { first: number; median: number; slowest: number; page: number; bytes: number; processor: number };

/** Opens an edition with this many candidates in a browser, with a local system: real sign-in, table and pages. */
async function openFigures(candidates: number): Promise<Opened & { blank: number }> {
  const up = await startUp("--empty");
  const client = new DynamoDBClient({ ...localAws, endpoint: up.endpoints.dynamodb });
  const browser = await launch();
  try {
    await fill({ table: openTable(config.name, client) }, candidates);
    const { edition } = await up.call("build", { newsletter });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await signIn(page, up.desk);
    const url = `${up.desk}/${newsletter}/${edition.date}`;
    const first = await timed(() => open(page, url));
    const asset = await page.locator("link[rel=stylesheet]").first().getAttribute("href");
    const blank: number[] = [];
    const whole: number[] = [];
    const before = up.cpu();
    for (let run = 0; run < RUNS; run += 1) whole.push(await timed(() => open(page, url)));
    const processor = ((up.cpu() - before) * 1000) / RUNS;
    const documents: number[] = [];
    let bytes = 0;
    for (let run = 0; run < RUNS; run += 1) {
      documents.push(
        await timed(async () => {
          bytes = (await (await page.request.get(url)).body()).length;
        }),
      );
      blank.push(await timed(() => page.request.get(new URL(asset ?? "", url).href)));
    }
    const slowest = Math.max(...whole);
    return {
      ...{ first, median: median(whole), slowest },
      ...{ page: median(documents), bytes, processor, blank: median(blank) },
    };
  } finally {
    await browser.close();
    client.destroy();
    await up.stop();
  }
}

/** Signs in as an editor. */
async function signIn(page: Page, desk: string): Promise<void> {
  await page.goto(desk);
  const start = page.getByRole("link", { name: /sign in/i }).or(page.getByRole("button", { name: /sign in/i }));
  if ((await start.count()) > 0) await start.first().click();
  await page.locator("button[name=person]", { hasText: "approver" }).click();
  await page.waitForURL((url) => url.pathname === "/desk" || url.pathname === "/desk/");
}

/** Waits until the page is usable: its script runs and the preview has loaded. */
async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: "load" });
  await page.locator("[data-desk].live").waitFor();
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Prints how long an edition with many candidates takes to open in the local system; false if it takes too long. */
export async function reportDeskOpen(): Promise<boolean> {
  const { first, median: middle, slowest, page, bytes, processor, blank } = await openFigures(CANDIDATES);
  const isGood = middle <= most;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  console.log(`An edition of ${CANDIDATES} candidates, opened in Chromium in the local system
  until it can be worked with   ${ms(middle)} (at most ${most}), slowest ${ms(slowest)}, the first ${ms(first)}${isGood ? "" : "  TOO LONG"}
  its document alone            ${ms(page)}, ${(bytes / 1000).toFixed(0)} KB; the style sheet alone: ${ms(blank)}
  processor time of the system  ${ms(processor)} for one opening`);
  return isGood;
}

if (import.meta.main) process.exitCode = (await reportDeskOpen()) ? 0 : 1;
