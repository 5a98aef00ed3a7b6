import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { openStage, type Stage } from "../../functions/desk/stage.ts";
import { articles } from "../../testing/editions/edition-fixtures.ts";
import { value } from "../../testing/editions/editions-system.ts";
import { launch } from "../chromium.ts";

/**
 * Skips an edition, makes it a draft again, and corrects one that is being sent: in a browser, with the real commands.
 */

const key = { newsletter: "daily", date: "2026-11-23" };
const at = "2026-11-23T06:20:00.000Z";
let browser: Browser;
let stage: Stage;
let page: Page;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const outlets = ["gazette", "herald", "courier", "mercury"];
  stage = await openStage(articles(40, (n) => ({ sourceId: outlets[n % 4] ?? "gazette" })));
  stage.at(at);
  value(await stage.build());
  page = await (await browser.newContext()).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const stored = async () => {
  const edition = await stage.editions.get(key);
  const revision = await stage.editions.revision(key, edition?.rev ?? 0);
  return { state: edition?.state, rev: edition?.rev, lead: revision?.content.lead.title };
};
const focusIsOn = (name: RegExp) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toMatch(name);
const loaded = (path: RegExp) => page.waitForURL(path);

describe("an edition that isn't sent yet", () => {
  test("is skipped only after a question whose focus is on Cancel, with a reason for colleagues", async () => {
    await page.goto(`${stage.url}/send`);
    await page.getByRole("link", { name: "Skip this edition…" }).click();
    await loaded(/ask=skip/);
    await focusIsOn(/^Cancel$/);
    await page.keyboard.press("Enter");
    await loaded(/\/send$/);
    expect((await stored()).state).toBe("draft");
    await page.goto(`${stage.url}/send?ask=skip`);
    await page.getByLabel("Reason, for your colleagues").fill("Nothing <new> since Friday");
    await page.getByRole("button", { name: "Skip the edition" }).click();
    await loaded(/\/send$/);
    expect((await stored()).state).toBe("skipped");
    const [skip] = (await stage.editions.decisions(key)).filter((one) => one.do === "skip");
    expect(skip).toMatchObject({ reason: "Nothing <new> since Friday", by: "Ana" });
    expect(await page.getByRole("link", { name: "Send now…" }).count()).toBe(0);
  });

  test("that was skipped is taken up again by one press, as the draft it was", async () => {
    const before = await stored();
    value(await stage.decide({ do: "skip" }));
    await page.goto(`${stage.url}/send`);
    await page.getByRole("button", { name: "Reopen edition" }).click();
    await page.getByRole("link", { name: "Send now…" }).waitFor();
    expect(await stored()).toMatchObject({ state: "draft", lead: before.lead });
  });
});

describe("an edition on its way", () => {
  /** An edition paused after 40 of 100 readers. */
  async function paused() {
    const sent = { state: "paused", approvedAt: at, frozenAt: at, groups: 1, size: 50, frozen: 100 } as const;
    await stage.editions.update(key, sent);
    const counts = { ...noCounts, audience: 100, accepted: 40, waiting: 60 };
    const times = { committedAt: at, startedAt: at, closedAt: at, counts };
    await memoryLedger(stage.store).commitGroup(key, { group: "00", run: "r", batches: 2, readers: 100, ...times });
  }

  test("is corrected for those who wait, after a look at what changes for them", async () => {
    await paused();
    value(await stage.decide({ do: "rewrite", story: "0", title: "Snow <at> last" }));
    await page.goto(stage.url);
    await page.getByText("Your edits aren't in the email yet.").getByRole("link", { name: "Apply edits…" }).click();
    await page.getByRole("heading", { name: "Apply the edits for 60 waiting readers?" }).waitFor();
    await page.getByText("40 readers have the edition as it was.").waitFor();
    await page.getByText("Snow <at> last").first().waitFor();
    await focusIsOn(/^Cancel$/);
    expect(await stored()).toMatchObject({ rev: 1 });
    await page.getByRole("button", { name: "Apply edits" }).click();
    await loaded(/\/send$/);
    expect(await stored()).toEqual({ state: "paused", rev: 2, lead: "Snow <at> last" });
  });

  test("that a colleague edits meanwhile is not corrected by what was looked at", async () => {
    await paused();
    value(await stage.decide({ do: "rewrite", story: "0", title: "Snow at last" }));
    await page.goto(`${stage.url}/send?ask=correct`);
    value(await stage.decide({ do: "rewrite", story: "1", title: "Rain after all" }, "bo"));
    await page.getByRole("button", { name: "Apply edits" }).click();
    await page.getByRole("alert").getByText("was edited after you looked").waitFor();
    expect(await stored()).toMatchObject({ rev: 1 });
  });

  test("without edits has nothing to apply", async () => {
    await paused();
    await page.goto(`${stage.url}/send?ask=correct`);
    await page.getByText("There are no edits to apply.").waitFor();
    expect(await page.getByRole("button", { name: "Apply edits" }).count()).toBe(0);
  });
});
