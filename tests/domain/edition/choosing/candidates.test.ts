import { describe, expect, it } from "vitest";
import { judge, newsAt, windowOf } from "#domain/edition/choosing/candidates.ts";
import { article, closing, hoursBefore, newsletter } from "../../../testing/editions/edition-fixtures.ts";

describe("the window", () => {
  it("starts two minutes before the last cut-off, else a day back, and never more than nine days back", () => {
    expect(windowOf(hoursBefore(30), closing)).toMatchObject({ from: hoursBefore(30 + 2 / 60), to: closing });
    expect(windowOf(null, closing).from).toBe(hoursBefore(24));
    expect(windowOf(hoursBefore(24 * 30), closing).from).toBe(hoursBefore(24 * 9));
  });

  const window = windowOf(hoursBefore(24), closing);
  const verdict = (over: Parameters<typeof article>[1], config = newsletter()) =>
    judge(article(1, over), window, config, (source) => source !== "gone");

  it.each([
    ["fresh news", { seenAt: hoursBefore(1) }, "candidate"],
    ["news of the last instant", { seenAt: closing }, "candidate"],
    ["undated news, as seen now", { seenAt: hoursBefore(1), published: null }, "candidate"],
    [
      "news in the newsletter's language of another country",
      { seenAt: hoursBefore(1), language: "en-GB" },
      "candidate",
    ],
    ["news whose language is unknown", { seenAt: hoursBefore(1), language: null }, "candidate"],
    [
      "an article seen before its own date, once that date has come",
      { seenAt: hoursBefore(30), published: hoursBefore(2) },
      "candidate",
    ],
    ["news of the window before", { seenAt: hoursBefore(30), published: hoursBefore(30) }, "context"],
    [
      "news seen at the last cut-off, which was perhaps not written yet",
      { seenAt: hoursBefore(24), published: null },
      "candidate",
    ],
    ["news of well before the last cut-off", { seenAt: hoursBefore(24 + 2 / 60), published: null }, "context"],
  ])("takes %s for what it is", (_, over, as) => {
    expect(verdict(over)).toMatchObject({ as });
  });

  it.each([
    ["future", { seenAt: hoursBefore(1), published: "2026-11-24T07:00:00.000Z" }, /waits/],
    ["archive", { archive: true }, /first showed/],
    ["untitled", { title: " " }, /title/],
    ["language", { language: "pt" }, /Portuguese.*English/],
    ["removed", { sourceId: "gone" }, /removed/],
    ["before", { seenAt: hoursBefore(100), published: null }, /before the time/],
  ])("leaves out what is %s, and says so", (group, over, reason) => {
    expect(verdict(over)).toMatchObject({ as: "left", group, reason: expect.stringMatching(reason) });
  });

  it("reads only the sources a newsletter names", () => {
    expect(verdict({}, newsletter({ sources: ["herald"] }))).toMatchObject({ as: "left", group: "source" });
    expect(newsAt({ seenAt: hoursBefore(1), published: hoursBefore(9) })).toBe(hoursBefore(1));
  });
});
