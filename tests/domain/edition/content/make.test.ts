import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { windowOf } from "#domain/edition/choosing/candidates.ts";
import { fieldOf, type Ingredients, makeEdition } from "#domain/edition/content/make.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import {
  article,
  articles,
  closing,
  hoursBefore,
  id,
  ingredients,
  log,
  newsletter,
} from "../../../testing/editions/edition-fixtures.ts";

const made = (over: Partial<Ingredients> = {}) => makeEdition(ingredients(over)).content;
const shown = ({ lead, headlines }: EditionContent) => [lead, ...headlines].map(({ storyId }) => storyId);
const four = (n: number): Partial<Article> => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] });

describe("an edition made of candidates", () => {
  it("has a lead with a body and as many headlines as the newsletter wants", () => {
    const { content, missing } = makeEdition(ingredients());
    expect(missing).toBeNull();
    expect(content.lead).toMatchObject({ title: expect.any(String), url: expect.stringContaining("https://") });
    expect(content.lead.paragraphs).toHaveLength(3);
    expect(content.headlines).toHaveLength(17);
    expect(new Set(shown(content)).size).toBe(18);
    for (const { reasons } of [content.lead, ...content.headlines]) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons[0]).toMatch(/^\d+ sources? · .+ · (?:\d+ (?:min|h|days) ago|no date)$/);
      for (const reason of reasons.slice(1)) expect(reason).toMatch(/^[A-Z“].*\.$/);
    }
  });

  it("notes the source of each article it shows, for the count of what each source is good for", () => {
    const titles = new Map(articles(30, four).map((one) => [one.sourceTitle, one.sourceId]));
    const { lead, headlines, sourceIds } = made({ articles: articles(30, four) });
    expect(titles.size).toBe(4);
    expect(sourceIds).toEqual([lead, ...headlines].map(({ source }) => titles.get(source ?? "")));
  });

  it("puts headlines under the config's sections, and knows no other section", () => {
    const section = (n: number) => ["sport", "World", "gossip", null][n % 4] ?? null;
    const pool = articles(30, (n) => ({ ...four(n + Math.floor(n / 4)), section: section(n) }));
    const { headlines } = made({ articles: pool, config: newsletter({ sections: ["World", "Sport"] }) });
    const names = headlines.map((headline) => headline.section ?? "none");
    expect(new Set(names)).toEqual(new Set(["World", "Sport", "none"]));
    expect(names).toEqual(
      names.toSorted((a, b) => ["World", "Sport", "none"].indexOf(a) - ["World", "Sport", "none"].indexOf(b)),
    );
    expect(made({ articles: pool }).headlines.some((headline) => "section" in headline)).toBe(false);
    const config = newsletter({ sections: ["World", "Sport"] });
    const story = headlines.findLast((headline) => headline.section === "World")?.storyId ?? "";
    const moved = made({ articles: pool, config, decisions: log({ do: "move", story, to: 1 }) });
    expect(moved.headlines[0]?.storyId).toBe(story);
    expect(moved.headlines.map((headline) => headline.section ?? "none")).toEqual(names);
  });

  it("is the same whatever the order of the articles", () => {
    const pool = articles(30, four);
    const first = made({ articles: pool });
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: 30 }), (shuffled) => {
        expect(made({ articles: shuffled })).toEqual(first);
      }),
      { numRuns: 20 },
    );
  });

  it("shows at most the configured paragraphs of the lead, without a page's furniture", () => {
    const paragraphs = [...Array.from({ length: 12 }, (_, n) => `Paragraph ${n}.`), "Continue reading…"];
    const lead = article(50, { published: closing, seenAt: closing, paragraphs });
    const only = { articles: [lead, ...articles(20, four)] };
    const content = made({ ...only, decisions: log({ do: "pin", story: lead.id, to: 0 }) });
    expect(content.lead.paragraphs).toEqual(paragraphs.slice(0, 8));
    const short = made({
      ...only,
      config: newsletter({ leadParagraphs: 2 }),
      decisions: log({ do: "pin", story: lead.id, to: 0 }),
    });
    expect(short.lead.paragraphs).toHaveLength(2);
  });

  it("leads with news that has a body, not with a gallery, a live page or a bare headline", () => {
    const late = { published: closing, seenAt: closing, sourceId: "herald" };
    const poor = [
      article(60, { ...late, title: "Lanterns over the harbour – in pictures" }),
      article(61, { ...late, title: "Cup final: Rovers v Town – live!" }),
      article(62, { ...late, title: "Mayor resigns over flood money", paragraphs: [], summary: "" }),
      article(63, { ...late, title: "Ferry strike called off after long night", url: null }),
      article(64, { ...late, title: "The mayor must go | Ada Lovelock" }),
    ];
    const content = made({ articles: [...poor, ...articles(20, four)] });
    expect(poor.map((one) => one.id)).not.toContain(content.lead.storyId);
  });

  it("gives no source more than its share while others have news", () => {
    const flood = articles(200, (n) => ({
      sourceId: "gazette",
      published: closing,
      seenAt: closing,
      title: `${n} ${n}x alpha${n} beta${n}`,
    }));
    const others = Array.from({ length: 30 }, (_, n) => article(300 + n, four(n % 3 === 0 ? 1 : (n % 3) + 1)));
    const content = made({ articles: [...flood, ...others] });
    const sources = [content.lead, ...content.headlines].map(({ source }) => source);
    expect(sources.filter((source) => source === "The Gazette").length).toBeLessThanOrEqual(9);
    expect(content.headlines).toHaveLength(17);
  });

  it("fills the list from one source where there is no other", () => {
    expect(made({ articles: articles(30) }).headlines).toHaveLength(17);
  });

  it("shows near twins once, and who else tells the story", () => {
    const twins = ["gazette", "herald", "courier"].map((sourceId, n) =>
      article(70 + n, {
        sourceId,
        title: "Council votes to rebuild the old harbour bridge by spring",
        published: hoursBefore(2),
      }),
    );
    const content = made({ articles: [...twins, ...articles(20, four)] });
    const stories = [content.lead, ...content.headlines].filter(({ title }) =>
      title?.includes("harbour bridge by spring"),
    );
    expect(stories).toHaveLength(1);
    const reasons = stories[0]?.reasons.join(" ");
    expect(reasons).toContain("Three sources tell it");
  });

  it("says what is missing when there is too little", () => {
    const { missing } = makeEdition(ingredients({ articles: articles(5, four) }));
    expect(missing).toMatch(/five stories are to be had since 2026-11-22 07:00 UTC/);
    expect(makeEdition(ingredients({ articles: [] })).missing).toMatch(/poll them, or add one/);
    expect(makeEdition(ingredients({ articles: articles(6, four) })).missing).toBeNull();
  });

  it.each<[string, (n: number) => string]>([
    ["numbered", (n) => `Minister announces plan ${n} for the regional railways`],
    ["lettered", (n) => `Headline ${String.fromCharCode(64 + n)}`],
    ["made by one pattern", (n) => `${"abcdefghijklmnopqrst"[n]}${n}ford council approves budget for schools`],
  ])("tells pieces of a series apart that are %s, whatever else they share", (_, title) => {
    for (const sources of [1, 3]) {
      const pool = articles(20, (n) => ({ title: title(n), sourceId: `source${n % sources}` }));
      expect(made({ articles: pool }).headlines).toHaveLength(17);
    }
  });

  it("takes a removed source's articles for gone", () => {
    const content = made({ sourceWeight: (source) => (source === "gazette" ? null : 1) });
    expect(content.headlines.every(({ source }) => source !== "The Gazette")).toBe(true);
  });

  it("lets a heavy source go first", () => {
    const same = { published: hoursBefore(3), seenAt: hoursBefore(3) };
    const pool = articles(12, (n) => ({ ...four(n), ...same }));
    const content = made({ articles: pool, sourceWeight: (source) => (source === "mercury" ? 3 : 1) });
    expect(content.lead.source).toBe("The Mercury");
    expect(content.lead.reasons).toContain("The Mercury counts more than usual (3).");
  });
});

describe("a story that goes on", () => {
  const window = windowOf(hoursBefore(24), closing);
  const [first, later] = [
    article(600, {
      title: "Ostmere council votes tonight on the harbour bridge",
      seenAt: hoursBefore(30),
      published: hoursBefore(30),
    }),
    article(601, {
      title: "Harbour bridge rejected: Ostmere council votes nine to six against",
      seenAt: hoursBefore(1),
      published: hoursBefore(1),
      image: { url: "https://gazette.example/a.jpg", alt: "", width: null, height: null },
    }),
  ];
  const sent: EditionContent = {
    newsletter: "daily",
    date: "2026-11-22",
    subject: "",
    preheader: "",
    lead: {
      storyId: first.id,
      title: first.title,
      url: first.url,
      paragraphs: ["What was known then."],
      source: null,
      image: null,
      reasons: [],
    },
    headlines: [],
  };
  const others = articles(20, (n) => ({ ...four(n), published: hoursBefore(20), paragraphs: [] }));
  const content = made({ articles: [first, later, ...others], window, past: [sent] });

  it("says where it was, and scores for what is new in it", () => {
    expect(content.lead).toMatchObject({ title: later.title, earlier: { date: "2026-11-22", hasLed: true } });
    expect(content.headlines.every(({ earlier }) => earlier === undefined)).toBe(true);
    const { scored } = fieldOf(ingredients({ articles: [first, later, ...others], window, past: [sent] }));
    const novelty = scored
      .find(({ candidate }) => candidate.article.id === later.id)
      ?.parts.find(({ name }) => name === "novelty");
    expect(novelty?.value).toBeGreaterThan(0.3);
    expect(novelty?.value).toBeLessThan(0.8);
    expect(novelty?.reason).toBe("It led on 2026-11-22 and has moved on since, so it is marked as an update.");
  });
});

describe("what ran before", () => {
  const pastWith = (items: { storyId?: string | null; url?: string | null; title: string }[]): EditionContent[] => [
    {
      newsletter: "daily",
      date: "2026-11-22",
      subject: "",
      preheader: "",
      lead: { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] },
      headlines: items.map(({ storyId = null, url = null, title }) => ({
        storyId,
        url,
        title,
        source: null,
        alsoIn: [],
        developing: false,
        reasons: [],
      })),
    },
  ];
  const window = windowOf(hoursBefore(24), closing);

  it.each([
    ["id", (one: Article) => ({ storyId: one.id, title: "Something else" })],
    ["address", (one: Article) => ({ url: one.url, title: "Something else" })],
    ["title", (one: Article) => ({ title: one.title })],
  ])("stays out, known by its %s", (_, item) => {
    const pool = articles(30, four);
    const [old] = pool;
    if (!old) throw new Error("no article");
    const content = made({ articles: pool, window, past: pastWith([item(old)]) });
    expect(shown(content)).not.toContain(old.id);
    expect(content.headlines).toHaveLength(17);
  });

  it("comes back as developing when two sources tell something new, and not for one that rewords it", () => {
    const before = article(80, {
      title: "Ferry runs aground off Saltmarsh island",
      seenAt: hoursBefore(30),
      published: hoursBefore(30),
    });
    const update = (n: number, sourceId: string) =>
      article(n, {
        sourceId,
        title: `Divers reach ferry aground off Saltmarsh island, captain arrested after inquiry finds alcohol ${n}`,
        published: hoursBefore(2),
        seenAt: hoursBefore(2),
      });
    const past = pastWith([{ storyId: before.id, url: before.url, title: before.title }]);
    const both = made({
      articles: [before, update(81, "herald"), update(82, "courier"), ...articles(25, four)],
      window,
      past,
    });
    const again = [...both.headlines].find(({ title }) => title.startsWith("Divers"));
    if (again) expect(again).toMatchObject({ developing: true });
    else expect(both.lead.title).toMatch(/^Divers/);
    const reworded = article(83, {
      title: "Ferry runs aground off Saltmarsh island, again",
      published: hoursBefore(2),
      seenAt: hoursBefore(2),
    });
    const one = made({ articles: [before, reworded, ...articles(25, four)], window, past });
    expect(shown(one)).not.toContain(before.id);
    expect([one.lead, ...one.headlines].map(({ title }) => title)).not.toContain(reworded.title);
  });

  it("is not taken for the next of its series", () => {
    const title = (n: number) => `Weekly draw ${n} of the great northern lottery brings luck to a baker in the valley`;
    const pool = articles(20, (n) => ({ ...four(n), title: title(n) }));
    const past = pastWith([{ title: title(99) }, { title: title(3) }]);
    const content = made({ articles: pool, window, past });
    expect(content.headlines).toHaveLength(17);
    expect(shown(content)).not.toContain(id(3));
  });

  it("is in all the same when an editor pins it", () => {
    const pool = articles(30, four);
    const past = pastWith([{ storyId: id(3), title: "Something else" }]);
    const content = made({ articles: pool, window, past, decisions: log({ do: "pin", story: id(3), to: 2 }) });
    expect(content.headlines[1]?.storyId).toBe(id(3));
    expect(content.headlines[1]?.reasons[1]).toBe("An editor put it in this place.");
  });
});
