import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { cluster, representativeOf } from "#domain/article/stories/stories.ts";

/** Each test numbers its articles from the first one on, whatever the tests before it made. */
let made = 0;
beforeEach(() => {
  made = 0;
});

function article(title: string, change: Partial<Article> = {}): Article {
  made += 1;
  const id = change.id ?? String(made).padStart(24, "0");
  const seenAt = `2026-11-23T0${made % 10}:00:00.000Z`;
  return {
    id,
    sourceId: `source-${made}`,
    sourceTitle: `Source ${made}`,
    title,
    url: `https://news-${made}.example/${made}`,
    guid: null,
    published: seenAt,
    doubts: [],
    seenAt,
    changedAt: seenAt,
    summary: "",
    paragraphs: [],
    author: null,
    section: null,
    language: "en",
    image: null,
    archive: false,
    ...change,
  };
}

const harbour = [
  "Ferry runs aground off Port Ellery, 140 passengers rescued",
  "All 140 passengers rescued after ferry runs aground near Port Ellery",
  "Port Ellery ferry grounding: passengers brought to safety",
];
const bank = [
  "Central bank of Marland holds interest rates at 4%",
  "Marland central bank keeps interest rates unchanged",
  "Interest rates held at 4% by Marland's central bank - Capital Ledger",
];
const telescope = [
  "Astronomers see water vapour on a rocky planet for the first time",
  "Water vapour found on rocky planet, astronomers say",
];
const others = [
  "Council votes to close three libraries in Northwick",
  "Why your garden needs fewer worms than you think",
  "Orchestra names its first conductor from the brass section",
  "Rail workers end strike after eleven days",
];
const all = [...harbour, ...bank, ...telescope, ...others];
const titlesOf = (articles: readonly Article[]) =>
  cluster(articles).map((story) => story.articles.map(({ title }) => title).toSorted());

describe("cluster", () => {
  it("joins articles that tell the same news in other words, and no others", () => {
    const stories = titlesOf(all.map((title) => article(title)));
    for (const group of [harbour, bank, telescope]) expect(stories).toContainEqual(group.toSorted());
    for (const title of others) expect(stories).toContainEqual([title]);
  });

  it("gives the same stories whatever the order", () => {
    const articles = all.map((title) => article(title));
    const expected = cluster(articles);
    fc.assert(
      fc.property(fc.shuffledSubarray(articles, { minLength: articles.length }), (shuffled) => {
        expect(cluster(shuffled)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("names a story by its oldest article, so the name stays when others join", () => {
    const [first, second] = [article(bank[0] ?? "", { seenAt: "2026-11-22T01:00:00.000Z" }), article(bank[1] ?? "")];
    expect(cluster([second, first]).map(({ id }) => id)).toEqual([first.id]);
  });

  it("joins one address under two titles", () => {
    const url = "https://one.example/story";
    expect(
      cluster([article("Snow closes the pass", { url }), article("Travellers stranded in Highmoor", { url })]),
    ).toHaveLength(1);
  });

  it("recognises wire copy under two headlines, and counts it as one telling", () => {
    const text =
      "PORT ELLERY (Wire) — A ferry with a hundred and forty people aboard ran aground on Tuesday evening in thick fog.";
    const [a, b] = [
      article("Fog blamed as boat hits rocks", { paragraphs: [text] }),
      article("Drama at sea on Tuesday", { paragraphs: [text.replace("PORT ELLERY (Wire) — ", "")] }),
    ];
    const [story] = cluster([a, b]);
    expect(story).toMatchObject({ articles: [a, b].toSorted((x, y) => (x.seenAt < y.seenAt ? -1 : 1)), tellings: 1 });
  });

  it("does not take one source's boilerplate for wire copy", () => {
    const text =
      "Welcome to the morning round of what our correspondents in five countries have seen and heard since yesterday.";
    const column = (title: string) => article(title, { sourceId: "column", paragraphs: [text] });
    expect(
      cluster([column("Storks return early to the Veld valley"), column("A printer's strike ends in Ostmark")]),
    ).toHaveLength(2);
  });

  it("never joins across languages, and reads an unknown language as the usual one", () => {
    const [title = ""] = bank;
    expect(cluster([article(title), article(title, { language: "de" }), article("Rail strike ends")])).toHaveLength(3);
    expect(cluster([article(title), article(title, { language: null }), article("Rail strike ends")])).toHaveLength(2);
  });

  it("does not join titles that are too short", () => {
    expect(cluster([article("Weather forecast"), article("Weather forecast")])).toHaveLength(2);
  });

  it("works where words have no spaces between them", () => {
    const stories = cluster([
      article("中央銀行は政策金利を据え置いた", { language: "ja" }),
      article("政策金利を据え置き、中央銀行が発表", { language: "ja" }),
      article("北の港で漁船が座礁、全員を救助", { language: "ja" }),
    ]);
    expect(stories.map(({ articles }) => articles.length).toSorted()).toEqual([1, 2]);
  });

  it("joins a thousand copies of one headline at once, not in a thousand rounds", () => {
    const title = "Mayor of Northwick resigns over bridge collapse after inquiry";
    const copies = Array.from({ length: 3000 }, (_, n) => article(n % 2 === 0 ? title : `${title} - The Paper`));
    const start = process.cpuUsage();
    expect(cluster(copies)).toHaveLength(1);
    // A tenth of a second or so; one pair a round took more than one.
    expect(process.cpuUsage(start).user).toBeLessThan(1e6);
  });

  it("ignores quotes, dashes and accents in headlines", () => {
    const stories = titlesOf([
      article("Mayor’s “bridge to nowhere” opens – at last – in Ålborg"),
      article('Mayor\'s "bridge to nowhere" opens - at last - in Alborg'),
      article("Rail workers end strike after eleven days"),
    ]);
    expect(stories.map(({ length }) => length).toSorted()).toEqual([1, 2]);
  });

  it("recognises wire copy whatever is between its words, and ignores a shared short line", () => {
    const text = "The ferry to Port Ellery, with 140 people aboard, ran aground in fog on Tuesday evening.";
    const wire = [text, text.replaceAll(" ", "  ").replace(",", " –"), "Read on"].map((paragraph, n) =>
      article(["Fog blamed as boat hits rocks", "Drama at sea on Tuesday", "Opera house reopens"][n] ?? "", {
        paragraphs: [paragraph],
      }),
    );
    const short = article("Choir wins the cup of Northwick", { paragraphs: ["Read on"] });
    expect(cluster([...wire, short]).map(({ tellings, articles }) => [articles.length, tellings])).toEqual(
      expect.arrayContaining([[2, 1]]),
    );
    expect(cluster([...wire, short])).toHaveLength(3);
  });

  it("loses no article and shows none twice, whatever the titles", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 40 }), (titles) => {
        const articles = titles.map((title) => article(title));
        const shown = cluster(articles).flatMap((story) => story.articles.map(({ id }) => id));
        expect(shown.toSorted()).toEqual(articles.map(({ id }) => id).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

describe("representativeOf", () => {
  it("takes the one with the longest text, then the oldest", () => {
    const [short, long, shouted] = [
      article("Rates held"),
      article("Rates held again", { paragraphs: ["One.", "Two."], summary: "Held." }),
      article("RATES HELD AGAIN", { paragraphs: ["One.", "Two."], summary: "Held." }),
    ];
    expect(representativeOf([short, shouted, long])).toBe(long);
    expect(representativeOf([article("Rates held", { seenAt: "2026-11-23T09:59:00.000Z" }), short])).toBe(short);
  });
});

describe("a weak link joins nothing", () => {
  const page = [...all, ...others.map((title) => `${title} again`)];

  it.each([
    ["a way of speaking", "Old ferry line to be discontinued", "Harbour courts to be discontinued after two years"],
    [
      "a word of two meanings",
      "Agency opens shop in China after nine years",
      "Bull in a china shop frightens customers",
    ],
    ["one name in two stories", "Ines Holm opens a school of dance", "Why Ines Holm is worried about artificial rain"],
  ])("%s", (_what, one, other) => {
    const stories = titlesOf([...page, one, other].map((title) => article(title)));
    expect(stories).toContainEqual([one]);
    expect(stories).toContainEqual([other]);
  });

  it("words that everyone shares in a window about one subject don't join", () => {
    const parts = [
      "hires a head of research from a rival",
      "opens an office in Marland",
      "sues a photographer over pictures",
      "cuts prices of its smallest model",
      "asks court to dismiss authors' claim",
      "publishes a paper on sleeping machines",
      "loses its second founder to a bank",
      "signs a contract with the railway",
    ];
    const titles = ["says", "today", "reportedly"].flatMap((word) =>
      parts.map((part) => `Tideworks AI ${word} ${part}`),
    );
    const same = parts.map((part) =>
      ["says", "today", "reportedly"].map((word) => `Tideworks AI ${word} ${part}`).toSorted(),
    );
    for (const story of titlesOf(titles.map((title) => article(title)))) {
      expect(same.some((group) => story.every((title) => group.includes(title)))).toBe(true);
    }
  });
});

it("words of the first sentence help two headlines that share few", () => {
  const one = article("Three dead as ferry hits bridge", { summary: "The Marland Star hit the Ellery bridge in fog." });
  const two = article("Ferry captain questioned over bridge deaths", {
    summary: "The captain of the Marland Star, which hit the Ellery bridge in fog, was questioned.",
  });
  const page = all.map((title) => article(title));
  expect(cluster([...page, one, two]).some(({ articles }) => articles.includes(one) && articles.includes(two))).toBe(
    true,
  );
  const bare = [one, two].map((each) => ({ ...each, summary: "" }));
  expect(
    cluster([...page, ...bare]).some(({ articles }) => articles.length === 2 && articles.includes(bare[0] ?? one)),
  ).toBe(false);
});

describe("shared words must identify the news", () => {
  const page = [...all, ...others.map((title) => `${title} again`)];

  it.each([
    ["en", "Monday, March 3 2026 10:24 AM", "Monday, March 3 2026 10:51 AM"],
    ["en", "Markets in brief for March 3, 2026", "Free games in brief for March 3, 2026"],
    ["de", "Die Börse am Dienstag, 3. Juni 2026", "Neue Spiele am Dienstag, 3. Juni 2026"],
    ["fr", "Bourse du mardi 3 juin 2026", "Jeux gratuits du mardi 3 juin 2026"],
    ["es", "Bolsa del martes 3 de junio de 2026", "Juegos gratis del martes 3 de junio de 2026"],
  ])("a calendar date doesn't make two headlines one story (%s): %s", (language, one, other) => {
    expect(titlesOf([...page, one, other].map((title) => article(title, { language })))).toContainEqual([one]);
  });

  it("but a number outside a date can", () => {
    const titles = ["Flight 417 lost over Marland", "Search for flight 417 goes on in Marland"];
    expect(titlesOf([...page, ...titles].map((title) => article(title)))).toContainEqual(titles.toSorted());
  });

  it("asks more of two headlines that share no name", () => {
    const titles = [
      "Shares rise slowly after strong earnings of banks",
      "Some strong earnings lift shares of several airlines",
    ];
    expect(titlesOf([...page, ...titles].map((title) => article(title)))).toContainEqual([titles[0]]);
    const named = titles.map((title) => title.replace("earnings", "Vandermeer earnings"));
    expect(titlesOf([...page, ...named].map((title) => article(title)))).toContainEqual(named.toSorted());
  });

  it("joins no two stories about one name, each told twice", () => {
    const job = ["Lighthouse Keeper star fears", "Lighthouse Keeper star worried"];
    const review = ["Lighthouse Keeper review: fog", "Lighthouse Keeper review: rain"];
    const stories = titlesOf([...page, ...job, ...review].map((title) => article(title)));
    for (const group of [job, review]) expect(stories).toContainEqual(group.toSorted());
    expect(stories.filter((story) => story.some((title) => title.startsWith("Lighthouse")))).toHaveLength(2);
  });
});

it("a story of many headlines attracts those that resemble its centre but no single headline", () => {
  const [name, act] = ["Vandermeer recall", "faulty Calex brakes"];
  const told = ["grows", "reaches Marland", "costs millions", "angers drivers", "began in spring", "nears its end"];
  const titles = told.map((what) => `${name} over ${act} ${what}`);
  const late = "Drivers in Ostmark and Northwick sue over Vandermeer brakes, lawyers call recall a scandal";
  const [story] = titlesOf([...all, ...titles, late].map((title) => article(title))).filter((group) =>
    group.includes(titles[0] ?? ""),
  );
  expect(story).toEqual([...titles, late].toSorted());
});
