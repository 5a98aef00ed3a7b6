import { describe, expect, test } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { excerptOf, type TextPlace } from "#domain/article/excerpt.ts";
import { wholeTexts } from "#usecases/editions/making/whole-texts.ts";
import { articles, id, news } from "../../../testing/editions/edition-fixtures.ts";
import { system } from "../../../testing/editions/editions-system.ts";

/** Other words in each test: texts that one has read are known to the next. */
const text = (about: string, n: number) =>
  Array.from({ length: 10 }, (_, at) => `A long text ${at} about ${about} ${n}. `.repeat(10).trim());
const long = (about: string, all: Article[]) => all.map((one, n) => ({ ...one, paragraphs: text(about, n) }));

/** The system, and which texts were read. */
function counted(all: Article[]) {
  const made = system(all);
  const read: string[] = [];
  const { texts } = made.ports.articles;
  made.ports.articles.texts = (places: readonly TextPlace[]) => {
    read.push(...places.map(({ id }) => id));
    return texts(places);
  };
  return { ...made, read };
}

describe("an edition of long texts", () => {
  test("says what it would say if its candidates had them, and reads the lead's alone", async () => {
    const all = long("ships", news(40));
    const { build, read } = counted(all);
    const built = await build();
    if (!built.ok) throw new Error(built.fault.message);
    const { lead } = built.value;
    const own = all.find((one) => one.id === lead.storyId);
    expect(lead.paragraphs).toEqual(own?.paragraphs.slice(0, 8));
    expect(read).toEqual([lead.storyId]);
  });

  test("shows the whole text of what an editor makes its lead, and gives it back after a rewriting", async () => {
    const all = long("trains", news(40));
    const { build, decide } = counted(all);
    await build();
    const moved = await decide({ do: "pin", story: id(7), at: 0 });
    if (!moved.ok) throw new Error(moved.fault.message);
    expect(moved.value.lead.paragraphs).toEqual(all[6]?.paragraphs.slice(0, 8));
    await decide({ do: "rewrite", story: id(7), paragraphs: ["Mine."] });
    const back = await decide({ do: "reset", story: id(7) });
    expect(back.ok && back.value.lead.paragraphs).toEqual(all[6]?.paragraphs.slice(0, 8));
  });

  test("shows the lead's summary where its text has expired meanwhile", async () => {
    const { ports, build } = counted(long("planes", news(40)));
    ports.articles.texts = async () => new Map();
    const built = await build();
    expect(built.ok && built.value.lead.paragraphs).toEqual([expect.stringMatching(/^What happened in matter/)]);
  });
});

test("asks until nothing is missing, and for each text once", async () => {
  const [one, two] = long("cars", articles(2)).map(excerptOf);
  if (one === undefined || two === undefined) throw new Error("two articles are needed");
  const asked: string[][] = [];
  const { textOf, withTexts } = wholeTexts({
    texts: async (places) => {
      asked.push(places.map(({ id }) => id));
      return new Map(places.map(({ id }) => [id, [id]]));
    },
  });
  const both = () => withTexts(() => (textOf(one).length > 0 ? [...textOf(one), ...textOf(two)] : []));
  expect([await both(), await both()]).toEqual([
    [one.id, two.id],
    [one.id, two.id],
  ]);
  expect(asked).toEqual([[one.id], [two.id]]);
});
