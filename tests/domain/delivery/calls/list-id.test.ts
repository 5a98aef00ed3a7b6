import { describe, expect, test } from "vitest";
import { listIdFor } from "#domain/delivery/calls/list-id.ts";

describe("List-Id", () => {
  const newsletter = { name: "daily", sender: "Editor@News.Example" };
  test.each([
    ["of the sender's domain for a new newsletter", [], "daily.news.example"],
    ["of the sender's domain where no earlier edition has one", [{}], "daily.news.example"],
    [
      "as it was stored, whatever the sender is now",
      [{}, { listId: "daily.old.example" }, { listId: "daily.older.example" }],
      "daily.old.example",
    ],
  ])("is %s", (_, earlier, listId) => {
    expect(listIdFor(newsletter, earlier)).toBe(listId);
  });
});
