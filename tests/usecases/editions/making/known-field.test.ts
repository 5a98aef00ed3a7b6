import { expect, it } from "vitest";
import { fieldOf } from "#domain/edition/content/make.ts";
import { fieldFor } from "#usecases/editions/making/known-field.ts";
import { articles, ingredients, newsletter } from "../../../testing/editions/edition-fixtures.ts";

it("takes the stories of the decision before, while nothing that they are made of has changed", () => {
  const given = ingredients();
  const first = fieldFor(given);
  expect(first).toEqual(fieldOf(given));
  expect(fieldFor({ ...ingredients() })).toBe(first);
});

it.each([
  [
    "an article was corrected",
    {
      articles: articles(40, (n) => ({ changedAt: n === 7 ? "2026-11-23T06:59:00.000Z" : "2026-11-23T05:00:00.000Z" })),
    },
  ],
  ["an article came", { articles: articles(41) }],
  ["a source was renamed", { articles: articles(40, () => ({ sourceTitle: "Another name" })) }],
  ["a source counts more", { sourceWeight: () => 2 }],
  ["the config changed", { config: newsletter({ headlines: 5 }) }],
  [
    "another edition went out",
    {
      past: [
        {
          newsletter: "daily",
          date: "2026-11-22",
          subject: "",
          preheader: "",
          headlines: [],
          lead: { storyId: "a", title: "A", url: null, paragraphs: [], source: null, image: null, reasons: [] },
        },
      ],
    },
  ],
  ["the window moved", { window: { ...ingredients().window, from: "2026-11-22T12:00:00.000Z" } }],
])("finds them again when %s", (_what, over) => {
  const before = fieldFor(ingredients({ articles: articles(40) }));
  const after = fieldFor(ingredients({ articles: articles(40), ...over }));
  expect(after).not.toBe(before);
  expect(after).toEqual(fieldOf(ingredients({ articles: articles(40), ...over })));
});
