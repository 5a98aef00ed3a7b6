import { createServer, type Server } from "node:http";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readBody } from "#local/host/http.ts";
import { fromResult, toEvent } from "#local/host/site.ts";
import { closeServer, listen } from "#local/listen.ts";
import {
  type Answers,
  answers,
  answerTo,
  board,
  boardDay,
  check,
  edition,
  hash,
  now,
  outlook,
  plan,
} from "../../functions/desk/answers.ts";
import { type Desk, openDesk } from "../../functions/desk/open-desk.ts";
import { launch } from "../chromium.ts";
import { axeAtWidths } from "../email/email-axe.ts";

const sending = "/desk/daily/2026-11-24/send";

/** The desk in a browser, with real pages, sign-in and headers; only the command function is a fake. */
let browser: Browser;
let server: Server;
let site: string;
let desk: Desk;
let known: Answers;
beforeAll(async () => {
  server = createServer();
  site = await listen(server, 0);
  desk = await openDesk((request) => answerTo(known, request), site);
  desk.clock.ahead = Date.parse(now) - Date.now();
  server.on("request", async (request, response) => {
    const body = (await readBody(request, 1_000_000)) ?? Buffer.alloc(0);
    fromResult(await desk.serve(toEvent(request, body, new Date())), response, request.method === "HEAD");
  });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  if (server) await closeServer(server);
});
beforeEach(() => {
  known = answers();
  desk.requests.length = 0;
});

async function signedIn(role: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(`${site}${sending}`);
  await page.click(`button[value=${role}]`);
  await page.waitForURL(`${site}${sending}`);
  desk.requests.length = 0;
  return page;
}
const given = () =>
  desk.requests.filter(({ do: name }) => !["show", "plan", "check", "list", "source list"].includes(String(name)));

const focusIsOn = (page: Page, name: RegExp) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toMatch(name);

describe("sending, by keyboard alone", () => {
  it("focuses Cancel, Enter and Escape there send nothing; the button sends after a while (C22)", async () => {
    const page = await signedIn("approver");
    await page.getByRole("link", { name: "Send now…" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/ask=send/);
    // A browser sets the focus a moment after the page has loaded.
    await focusIsOn(page, /^Cancel$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site}${sending}`);
    expect(given()).toEqual([]);
    await page.goto(`${site}${sending}?ask=send`);
    await focusIsOn(page, /^Cancel$/);
    await page.keyboard.press("Escape");
    await page.waitForURL(`${site}${sending}`);
    expect(given()).toEqual([]);
    await page.goto(`${site}${sending}?ask=send`);
    await focusIsOn(page, /^Cancel$/);
    await page.keyboard.press("Tab");
    await focusIsOn(page, /^Send to 12,340 readers$/);
    known.show.edition = edition({ state: "approved" });
    known.plan = plan({ due: { at: "2026-11-24T04:01:30.000Z", latest: null, note: null } });
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site}${sending}`);
    expect(given()).toMatchObject([{ do: "send", after: 90, hash, by: "The approver" }]);
    await page.getByRole("button", { name: "Don't send" }).waitFor();
    await page.context().close();
  });

  it("shows by itself how far it is, and keeps the focus and what is typed", async () => {
    known.show.edition = edition({ state: "sending", counts: { audience: 100, accepted: 10, waiting: 90 } });
    const page = await signedIn("approver");
    await page.getByText("90 waiting").waitFor();
    await page.getByRole("button", { name: "Pause" }).focus();
    known.show.edition = edition({ state: "sending", counts: { audience: 100, accepted: 60, waiting: 40 } });
    await page.getByText("40 waiting").waitFor({ timeout: 10_000 });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Pause");
    await page.context().close();
  });
});

describe("a question", () => {
  it("is asked before a source is removed, with the focus on Cancel", async () => {
    const page = await signedIn("editor");
    await page.goto(`${site}/desk/-/sources`);
    const remove = page.getByRole("link", { name: /^Remove The times/ });
    const leave = [() => page.keyboard.press("Enter"), () => page.keyboard.press("Escape")];
    for (const press of leave) {
      await remove.click();
      await page.getByRole("heading", { name: "Remove The times?" }).waitFor();
      await focusIsOn(page, /^Cancel$/);
      await press();
      await page.waitForURL(/\/sources$/);
    }
    expect(given()).toEqual([]);
    await remove.click();
    await page.getByRole("button", { name: "Remove source" }).click();
    await page.waitForURL(/\/sources$/);
    expect(given()).toMatchObject([{ do: "source remove", source: "times" }]);
    await page.context().close();
  });

  it("isn't cancelled by an Escape that would lose words, nor by one of an input method", async () => {
    known.show.edition = edition({ state: "finished", counts: { audience: 100, accepted: 100 } });
    const page = await signedIn("approver");
    await page.goto(`${site}${sending}?ask=note`);
    const note = page.getByLabel("Note, for readers");
    await note.focus();
    await note.evaluate((one) =>
      one.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", keyCode: 229, bubbles: true, cancelable: true })),
    );
    await note.fill("The ferry sails at 9");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);
    expect(page.url()).toContain("ask=note");
    expect(await note.inputValue()).toBe("The ferry sails at 9");
    await note.fill("");
    await page.keyboard.press("Escape");
    await page.waitForURL(`${site}${sending}`);
    await page.context().close();
  });
});

it("a form that comes after its session ended is filled in again after signing in", async () => {
  const page = await signedIn("editor");
  await page.goto(`${site}/desk/-/sources`);
  await page.fill("input[name=url]", "https://new.example/feed.xml");
  await page.context().clearCookies();
  await page.click("text=Add source");
  await page.getByRole("heading", { name: "You're signed out" }).waitFor();
  expect(given()).toEqual([]);
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.click("button[value=editor]");
  await page.waitForURL(/\/desk\/-\/sources$/);
  await page.getByText("You were signed out, so this wasn't sent.").waitFor();
  expect(await page.inputValue("input[name=url]")).toBe("https://new.example/feed.xml");
  await page.click("text=Add source");
  await page.getByText("Its articles come in from now on.").waitFor();
  expect(given().filter(({ do: name }) => name === "source add")).toMatchObject([
    { url: "https://new.example/feed.xml" },
  ]);
  await page.reload();
  expect(await page.getByText("You were signed out").count()).toBe(0);
  await page.context().close();
});

describe("every page in light, dark and forced colours, and on a small phone", () => {
  const finding = { point: "B2", level: "blocker" as const, final: false, at: { part: "subject" as const } };
  const scenes: [string, string, () => void][] = [
    ["newsletters", "/desk", () => undefined],
    ["editions", "/desk/daily/editions", () => undefined],
    ["results", "/desk/daily/results", () => undefined],
    ["sources", "/desk/-/sources", () => undefined],
    ["the log", "/desk/-/log", () => undefined],
    [
      "a draft",
      `${sending}?at=2026-11-24T18:30`,
      () => {
        known.plan = plan({ asked: { at: "2026-11-24T18:30:00.000Z", latest: null, note: "Twice." } });
        known.check.check = check([{ ...finding, message: "The subject is empty." }]);
      },
    ],
    ["a question", `${sending}?ask=send`, () => undefined],
    ["a question for a reason", `${sending}?ask=skip`, () => undefined],
    ["a source to remove", "/desk/-/sources?remove=times", () => undefined],
    [
      "a large newsroom with an alarm",
      "/desk",
      () => {
        const stopped = plan({
          outlook: outlook({ kind: "stopped", isUrgent: true, text: "Held. Nothing goes out." }),
        });
        const [held] = board({
          next: [{ plan: stopped, edition: boardDay("2026-11-24", { state: "held", held: 3 }) }],
        }).newsletters;
        const papers = [held, ...Array.from({ length: 2 }, () => board().newsletters[0])];
        const newsletters = papers.flatMap((one, n) =>
          one ? [{ ...one, name: `paper${n}`, title: `Paper ${n}` }] : [],
        );
        known.board = { ...board(), newsletters };
      },
    ],
    [
      "an edition in local time",
      sending,
      () => {
        known.show.edition = edition({ state: "sending", counts: { audience: 100, accepted: 10, waiting: 90 } });
        const due = (hour: number) => ({ due: `2026-11-24T${String(hour).padStart(2, "0")}:00:00.000Z`, readers: 4 });
        known.plan = plan({ due: null, cohorts: Array.from({ length: 20 }, (_, hour) => due(hour)) });
      },
    ],
    [
      "calls to decide on",
      sending,
      () => {
        known.show.edition = edition({ state: "held", counts: { audience: 100, accepted: 81, unknown: 19 } });
        const call = { id: "3f9ac1d2.1", at: now, readers: 50, seen: 31, undecided: 19, resendFrom: null, note: null };
        known.calls = { calls: [call, { ...call, resendFrom: "2026-11-24T04:10:00.000Z" }], more: 2 };
      },
    ],
    [
      "a delivery",
      sending,
      () => {
        known.show.edition = edition({
          state: "held",
          reason: "Held because 3 deliveries need a decision.",
          counts: { audience: 100, accepted: 90, unknown: 3, failed: 7 },
        });
      },
    ],
    [
      "a note on the web",
      `${sending}?ask=note`,
      () => {
        known.show.edition = edition({ state: "finished", counts: { audience: 100, accepted: 100 } });
      },
    ],
    [
      "a sent edition with a note",
      sending,
      () => {
        known.show.edition = edition({
          ...{ state: "finished", counts: { audience: 100, accepted: 100 } },
          notes: [{ at: now, text: "The ferry sails at 9, not at 7." }],
        });
      },
    ],
    ["no such edition", "/desk/nightly/2026-11-24/send", () => undefined],
    ["signed out", "/desk/signed-out", () => undefined],
  ];
  it("axe finds nothing at any width", async () => {
    const page = await signedIn("operator", { bypassCSP: true });
    for (const [name, path, prepare] of scenes) {
      known = answers();
      prepare();
      await page.goto(`${site}${path}`);
      expect(await axeAtWidths(page), name).toEqual([]);
    }
    await page.context().close();
  });

  it("nothing is wider than 320 pixels, and no script or style is refused", async () => {
    const page = await signedIn("operator", { viewport: { width: 320, height: 640 } });
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
    });
    for (const [name, path, prepare] of scenes) {
      known = answers();
      prepare();
      await page.goto(`${site}${path}`);
      for (const width of path === "/desk" ? [280, 320] : [320]) {
        await page.setViewportSize({ width, height: 640 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
      }
    }
    expect(refused).toEqual([]);
    await page.context().close();
  });
});
