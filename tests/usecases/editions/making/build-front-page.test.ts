import { describe, expect, it } from "vitest";
import type { EditionView } from "#domain/edition/edition.ts";
import { explainEdition } from "#usecases/editions/workbench/why.ts";
import { system, value } from "../../../testing/editions/editions-system.ts";
import { closes, outlets, seenBy } from "../../../testing/editions/three-days.ts";

const titles = ({ lead, headlines }: EditionView) => [lead, ...headlines].map(({ title }) => title ?? "");
const about = (view: EditionView, what: RegExp) => titles(view).filter((title) => what.test(title));

/** Three mornings of one newsletter, each edition sent before the next is built. */
async function mornings() {
  const news = system([]);
  news.sources.splice(0, 4, ...Object.keys(outlets));
  const views: EditionView[] = [];
  for (const day of [1, 2, 3]) {
    news.articles.splice(0, news.articles.length, ...seenBy(day));
    news.at(closes(day));
    const view = value(await news.ask({ do: "scheduled", newsletter: "daily", scheduledFor: closes(day) }));
    await news.editions.update(
      { newsletter: "daily", date: view.date },
      { state: "finished", frozenAt: closes(day) },
      {},
    );
    views.push(view);
  }
  const [first, second, third] = views;
  if (!first || !second || !third) throw new Error("an edition is missing");
  const explain = async (view: EditionView, story: string) =>
    value(await explainEdition(news.ports, { newsletter: "daily", date: view.date, story })).stories[0]?.reasons ?? [];
  return { first, second, third, explain };
}

describe("front pages of ten sources over three days", async () => {
  const { first, second, third, explain } = await mornings();
  if (process.env.SHOW_FRONT_PAGES) console.log(JSON.stringify([first, second, third].map(titles), null, 1));

  it("lead with what most tell: the dam, the bank, and the dam again as it bursts", () => {
    expect(first.lead.title).toMatch(/Hollin dam/);
    expect(second.lead.title).toMatch(/rate/i);
    expect(third.lead.title).toMatch(/Hollin dam spillway bursts|Hollin dam spillway/);
    expect(first.lead.reasons.join(" ")).toMatch(/sources tell it, from \w+ texts: .*Meridian Agency/);
  });

  it("tell a story once, whichever sources have it", () => {
    expect(about(first, /evacuat|leave villages/)).toHaveLength(1);
    expect(about(second, /three per cent/)).toHaveLength(1);
    expect(about(third, /spillway bursts/)).toHaveLength(1);
    for (const view of [first, second, third]) expect(new Set(titles(view)).size).toBe(titles(view).length);
  });

  it("repeat nothing of the days before, and mark what moved on", () => {
    expect(about(second, /Hollin dam/)).toEqual([]);
    const before = new Set([...titles(first), ...titles(second)]);
    expect(titles(third).filter((title) => before.has(title))).toEqual([]);
  });

  it("hold back live pages, galleries, comment and other languages", () => {
    expect(about(first, /live!|in pictures|Maud Ferris|Review|Risse/)).toEqual([]);
  });

  it("let no source flood the list", () => {
    const ofGoalpost = second.headlines.filter(({ source }) => source === "Goalpost");
    expect(ofGoalpost.length).toBeLessThanOrEqual(4);
    expect(second.headlines).toHaveLength(17);
  });

  it("say why convincingly, of what is in and of what is not", async () => {
    expect(await explain(first, "cup draw")).toContainEqual(expect.stringContaining("live page"));
    expect(await explain(first, "Risse")).toEqual(["It is in German, and the newsletter is in English."]);
    expect(await explain(second, "breaks a toe")).toContainEqual(
      expect.stringMatching(/from Goalpost already|points, and each story/),
    );
    expect((await explain(second, "Hollin dam spillway cracks force")).join(" ")).toMatch(/It ran on 2026-11-21/);
    expect((await explain(third, "0")).join(" ")).toMatch(/sources told it since it last ran/);
  });
});
