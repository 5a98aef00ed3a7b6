import { describe, expect, it } from "vitest";
import { cluster } from "#domain/article/stories/stories.ts";
import { article, hoursBefore } from "../../../testing/editions/edition-fixtures.ts";

const at = { seenAt: hoursBefore(5), published: hoursBefore(5) };
const nouns =
  "Bakery Canal Dairy Eelbank Forest Glacier Harbour Icehouse Jetty Kiln Library Museum Nursery Orchard Pier Quarry Railway Sawmill".split(
    " ",
  );
const acts =
  "floods burns expands votes strikes vanishes moves shrinks sings melts hires digs paints sues grows sleeps counts wakes".split(
    " ",
  );
/** Unlike each other. */
const titles = nouns.map((noun, n) => `${noun} ${acts[n]} in ${noun.slice(0, 3)}${acts[n]}by`);
const text = (n: number) =>
  `${nouns[n]} ${"abcdefghijklmnop"
    .split("")
    .map((letter) => `${letter}${n}`)
    .join(" ")} goes on.`;
const papers = titles.map((title, n) =>
  article(n + 1, { ...at, title, sourceId: ["gazette", "herald"][n % 2] ?? "", paragraphs: [text(n)] }),
);
const stranger = (n: number, over: object) =>
  article(1000 + n, { ...at, sourceId: "stranger", paragraphs: [], ...over });
const sizes = (hostile: readonly ReturnType<typeof article>[]) =>
  cluster([...papers, ...hostile])
    .map(({ articles }) => articles.filter(({ sourceId }) => sourceId !== "stranger").length)
    .filter((size) => size > 0);
const alone = papers.map(() => 1);
const pairs = Array.from({ length: papers.length - 1 }, (_, n) => [n, n + 1] as const);

describe("a source that joins what others don't", () => {
  it("is left out of their stories if it repeats their headlines in its own", () => {
    const hostile = Array.from({ length: 45 }, (_, n) => {
      const from = (n % 9) * 2;
      return stranger(n, { title: `${titles[from]} ${titles[from + 1]}` });
    });
    expect(sizes(hostile)).toEqual(alone);
  });

  it("is left out if its texts are pieces of theirs", () => {
    const hostile = pairs.map(([one, other], n) =>
      stranger(n, { title: "Nothing of the kind", paragraphs: [text(one), text(other)] }),
    );
    expect(sizes(hostile)).toEqual(alone);
  });

  it("is left out, and not those whose texts it has, though they are between it and others", () => {
    const tellings = papers.map((one, n) => article(500 + n, { ...at, title: one.title, sourceId: "mercury" }));
    const hostile = pairs.map(([one, other], n) =>
      stranger(n, { title: "Nothing of the kind", paragraphs: [text(one), text(other)] }),
    );
    expect(sizes([...tellings, ...hostile])).toEqual(papers.map(() => 2));
    const stories = cluster([...papers, ...tellings, ...hostile]);
    const itsOwn = stories.filter(({ articles }) => articles.some(({ sourceId }) => sourceId === "stranger"));
    expect(itsOwn.map(({ articles }) => articles.length)).toEqual(hostile.map(() => 1));
  });

  it("is left out if it lists a page of one with the text of another", () => {
    const hostile = pairs.map(([one, other], n) =>
      stranger(n, { title: "Nothing of the kind", url: papers[one]?.url, paragraphs: [text(other)] }),
    );
    expect(sizes(hostile)).toEqual(alone);
  });

  it("joins them as anyone's article may, as long as that isn't often", () => {
    const hostile = pairs
      .slice(0, 3)
      .map(([one, other], n) => stranger(n, { title: "Nothing of the kind", paragraphs: [text(one), text(other)] }));
    expect(sizes(hostile)).toEqual([4, ...alone.slice(4)]);
  });

  it("stays in the stories that others tell without it", () => {
    const copies = papers.map((one, n) => article(500 + n, { ...at, title: one.title, sourceId: "mercury" }));
    const hostile = pairs.map(([one, other], n) => stranger(n, { title: titles[one], paragraphs: [text(other)] }));
    expect(cluster([...papers, ...copies])).toHaveLength(18);
    const stories = cluster([...papers, ...copies, ...hostile]);
    expect(stories.filter(({ articles }) => articles.some(({ sourceId }) => sourceId === "mercury"))).toHaveLength(18);
  });
});
