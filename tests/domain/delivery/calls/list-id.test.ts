import { describe, expect, test } from "vitest";
import { listIdFor } from "#domain/delivery/calls/list-id.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
describe("List-Id", () => {
  const newsletter = { name: "daily", sender: "Editor@News.Example", siteUrl: "https://site.example:8443/x" };
  const sent = { state: "finished", frozenAt: at(0) } as const;
  const draft = { state: "draft", frozenAt: null } as const;
  test.each([
    ["of the sender's domain for a new newsletter", [], "daily.news.example"],
    ["of the sender's domain where nothing was sent yet", [draft], "daily.news.example"],
    ["of the site's host where editions were sent before it was stored", [draft, sent], "daily.site.example"],
    [
      "as it was stored, whatever sender and site are now",
      [draft, { ...sent, listId: "daily.old.example" }],
      "daily.old.example",
    ],
  ])("is %s", (_, earlier, listId) => {
    expect(listIdFor(newsletter, earlier)).toBe(listId);
  });
});
