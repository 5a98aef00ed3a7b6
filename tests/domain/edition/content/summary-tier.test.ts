import { describe, expect, test } from "vitest";
import { makeEdition } from "#domain/edition/content/make.ts";
import { article, hoursBefore, ingredients, log } from "../../../testing/editions/edition-fixtures.ts";

const lead = article(1, { sourceId: "gazette", seenAt: hoursBefore(0.1), published: hoursBefore(0.1) });
const piece = (n: number, hours: number, hasSentence: boolean) =>
  article(n, {
    sourceId: `paper${n}`,
    summary: hasSentence ? `The sentence of paper ${n} is whole and long enough.` : "",
    paragraphs: hasSentence ? [] : ["A text without its full stop"],
    seenAt: hoursBefore(hours),
    published: hoursBefore(hours),
  });
/** The ids of the list, and the numbers of places with a sentence. */
function list(pieces: ReturnType<typeof article>[], decisions = log()) {
  const { headlines } = makeEdition({ ...ingredients({ articles: [lead, ...pieces] }), decisions }).content;
  return {
    ids: headlines.map(({ storyId }) => storyId),
    sentences: headlines.flatMap(({ summary }, place) => (summary === undefined ? [] : [place])),
  };
}

describe("a story with a summary", () => {
  const bare = [2, 3, 4].map((n) => piece(n, 1, false));

  test("goes before those without one of about the same score", () => {
    const near = piece(9, 3, true);
    expect(list([...bare, near])).toMatchObject({ ids: [near.id, ...bare.map(({ id }) => id)], sentences: [0] });
  });

  test("doesn't go before a much better one, and then has no sentence", () => {
    const far = piece(9, 22, true);
    expect(list([...bare, far])).toMatchObject({ ids: [...bare.map(({ id }) => id), far.id], sentences: [] });
  });
});

test("a summary that an editor writes is shown, where others have none", () => {
  const [first] = [2, 3].map((n) => piece(n, 1, false));
  const pieces = [first, piece(3, 1, false), piece(9, 22, true)].flatMap((one) => one ?? []);
  const written = log({ do: "summary", story: first?.id ?? "", text: "An editor says what this is about." });
  expect(list(pieces, written).sentences).toEqual([0]);
});
