import { beforeEach, expect, test } from "vitest";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { defineConfig } from "#domain/config.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import type { Notice } from "#usecases/ports/services.ts";
import { reportBroken } from "#usecases/sources/report-broken.ts";
import { source, start } from "../../testing/articles/news.ts";

const newsletter = (change: Partial<NewsletterConfig> = {}) => ({
  title: "T",
  from: { name: "T", address: "desk@t.example" },
  postalAddress: "1 Street",
  editors: ["ada@t.example", "bo@t.example"],
  ...change,
});
const { newsletters } = defineConfig({
  newsletters: { daily: newsletter(), sport: newsletter({ sources: ["herald"] }), quiet: newsletter({ editors: [] }) },
});

let sources: ReturnType<typeof memorySources>;
let notices: Notice[];
beforeEach(() => {
  sources = memorySources();
  notices = [];
});

const failing = (id: string, failures: number) => ({ ...source(id), failures, lastError: `${id} answers 500.` });
const report = (id: string, outcome: SourceReport["outcome"] = "failed"): SourceReport => ({
  source: id,
  title: id,
  url: "",
  outcome,
  fresh: 0,
  changed: 0,
  same: 0,
  refused: [],
  movedTo: null,
  dropped: 0,
  overLimit: false,
  error: null,
});
const tellOf = (...ids: string[]) =>
  reportBroken(
    { sources, notifyEditors: async (notice) => void notices.push(notice), now: () => start },
    newsletters,
    ids.map((id) => report(id)),
  );

test("editors are notified once, in one mail a newsletter, of their broken sources", async () => {
  await sources.put(failing("gazette", 5));
  await sources.put(failing("herald", 7));
  await sources.put(failing("new", 4));
  await tellOf("gazette", "herald", "new");
  await tellOf("gazette", "herald", "new");
  expect(notices.map(({ newsletter, subject }) => [newsletter, subject])).toEqual([
    ["daily", "2 sources are broken"],
    ["sport", "A source is broken: The herald"],
  ]);
  expect(notices[0]?.text).toContain("gazette answers 500.");
  expect(notices[0]?.text).toContain("npx --no-install broadsheet source remove ID");
  expect(notices[0]?.text).not.toContain("new answers");
});

test("and again only after it worked in between", async () => {
  await sources.put(failing("gazette", 5));
  await tellOf("gazette");
  await sources.put(source("gazette"));
  await sources.put(failing("gazette", 5));
  await tellOf("gazette");
  expect(notices).toHaveLength(2);
});

test("nothing is read where nothing failed", async () => {
  const refuse = () => Promise.reject(new Error("read"));
  const ports = { sources: { ...sources, all: refuse }, notifyEditors: refuse, now: () => start };
  await reportBroken(ports, newsletters, [report("gazette", "polled"), report("herald", "unchanged")]);
});

test("each editor gets a mail of their own, and one that fails stops no other", async () => {
  const sent: string[] = [];
  const tell = notifyEditors(newsletters, async ({ to }) => {
    sent.push(to);
    if (to.startsWith("ada")) throw new Error("ada@t.example bounced");
  });
  const failure = await tell({ newsletter: "daily", subject: "S", text: "T" }).catch((error: Error) => error.message);
  expect(sent).toEqual(["ada@t.example", "bo@t.example"]);
  expect(failure).toBe("1 of 2 editors of daily couldn't be mailed: Error.");
});
