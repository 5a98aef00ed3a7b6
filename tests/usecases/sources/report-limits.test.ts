import { expect, test } from "vitest";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import type { Notice } from "#usecases/ports/services.ts";
import { reportLimits } from "#usecases/sources/report-limits.ts";

const report = (source: string, overLimit: boolean): SourceReport => ({
  source,
  title: `The ${source}`,
  url: `https://${source}.example/feed.xml`,
  outcome: "polled",
  fresh: 500,
  changed: 0,
  same: 0,
  dropped: 120,
  overLimit,
  refused: [],
  movedTo: null,
  error: null,
});

const newsletter = (change: Partial<NewsletterConfig>) =>
  ({ editors: ["ed@gazette.example"], ...change }) as NewsletterConfig;

test("the editors of each newsletter that reads the source learn what was left out and what to do", async () => {
  const notices: Notice[] = [];
  const newsletters = {
    daily: newsletter({ sources: ["flood", "gazette"] }),
    weekly: newsletter({ sources: ["gazette"] }),
    all: newsletter({}),
    unread: newsletter({ editors: [] }),
  };
  await reportLimits(async (notice) => void notices.push(notice), newsletters, [
    report("flood", true),
    report("gazette", false),
  ]);
  expect(notices.map((one) => one.newsletter)).toEqual(["daily", "all"]);
  expect(notices[0]?.subject).toBe("A source brings too many articles: The flood");
  expect(notices[0]?.text).toContain("The flood (flood): 120 articles left out at this poll.");
  expect(notices[0]?.text).toContain("npx --no-install broadsheet source remove ID");
});
