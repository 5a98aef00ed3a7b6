import { describe, expect, test } from "vitest";
import type { Article } from "#domain/article/article.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { article, articles } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

const news = () => articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const key = { newsletter: "daily", date: "2026-11-23" };
const before = (minutes: number) => toInstant(Date.parse(morning) - minutes * 60_000);
const gate = { do: "scheduled", newsletter: "daily", scheduledFor: morning, step: "gate" } as const;
const gone = { outcome: "dead", why: "answers 410: there is no such page", status: 410 } as const;

/** A newsroom at 06:45 whose edition is due at 07:00, with a draft from 06:00. */
async function atTheGate(pool: Article[] = news(), over: Partial<NewsletterConfig> = {}) {
  const newsroom = system(pool, over);
  newsroom.at(before(60));
  const drafted = value(await newsroom.build());
  newsroom.at(before(15));
  const log = () => newsroom.editions.decisions(key);
  const mark = async () => (await log()).length;
  const since = async (n: number) => (await log()).slice(n).map((one) => `${one.by} ${one.do}`);
  const approve = async () => {
    const n = (await log()).length + 1;
    await newsroom.editions.appendDecision(key, n, { do: "approve", due: morning, n, by: "ed", at: before(20) });
    await newsroom.editions.update(key, { state: "approved", approvedAt: before(20), dueAt: morning });
  };
  return { ...newsroom, drafted, mark, since, approve };
}

/** Changes an article where it is, as landing does. */
function correct(pool: Article[], storyId: string | null, over: Partial<Article>): void {
  const at = pool.findIndex(({ id: one }) => one === storyId);
  const found = pool[at];
  if (found) pool[at] = { ...found, changedAt: before(15), ...over };
}

describe("the freshness gate, before anyone approved", () => {
  test("polls the edition's sources, and takes in what they correct and bring", async () => {
    const newsroom = await atTheGate();
    const { articles: pool, drafted, mark, since } = newsroom;
    const begun = await mark();
    newsroom.ports.pollSources = async (ids) => {
      newsroom.polled.push([...ids]);
      correct(pool, drafted.lead.storyId, { title: "The corrected headline of the leading story" });
    };
    const view = value(await newsroom.ask(gate));
    expect(newsroom.polled.map((ids) => ids.toSorted())).toEqual([["courier", "gazette", "herald", "mercury"]]);
    expect(view.lead).toMatchObject({
      storyId: drafted.lead.storyId,
      title: "The corrected headline of the leading story",
    });
    expect(await since(begun)).toEqual(["gate build"]);
    expect(newsroom.notices).toEqual([]);
  });

  test("drops a story whose page is gone twice, a minute apart", async () => {
    const { ask, links, slept, drafted, mark, since, notices } = await atTheGate();
    const begun = await mark();
    const [, second] = drafted.headlines;
    links.set(second?.url ?? "", gone);
    const view = value(await ask(gate));
    expect(slept).toEqual([60_000]);
    expect(view.headlines.map(({ storyId }) => storyId)).not.toContain(second?.storyId);
    expect(view.headlines).toHaveLength(17);
    expect(await since(begun)).toEqual(["gate build", "gate remove"]);
    expect(notices).toEqual([]);
  });

  test.each([
    ["that is back a minute later", { outcome: "dead", why: "answers 404", status: 404 }, true],
    ["that answers 503", { outcome: "untestable", why: "answers 503", status: 503 }, false],
    ["whose host is not found", { outcome: "dead", why: "names a host that doesn't exist" }, false],
    ["that is not on the public internet", { outcome: "refused", why: "leads to a private address" }, false],
  ] as const)("keeps a story with a page %s", async (_, trial, isBack) => {
    const newsroom = await atTheGate();
    const { drafted, links, mark, since } = newsroom;
    const begun = await mark();
    const url = drafted.lead.url ?? "";
    links.set(url, trial);
    newsroom.ports.sleep = async () => void (isBack && links.delete(url));
    expect(value(await newsroom.ask(gate)).lead.url).toBe(url);
    expect(await since(begun)).toEqual(["gate build"]);
  });

  test("drops none when more than a third are gone at once, and tells the editors once", async () => {
    const { ask, links, drafted, mark, since, notices } = await atTheGate();
    const begun = await mark();
    for (const { url } of drafted.headlines.slice(0, 7)) links.set(url ?? "", gone);
    value(await ask(gate));
    value(await ask(gate));
    expect(await since(begun)).toEqual(["gate build", "schedule tell", "gate build"]);
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toMatch(/More than a third .* Nothing was dropped\./);
    for (const { title } of drafted.headlines.slice(0, 7)) expect(notices[0]?.text).toContain(title);
  });

  test("drops six of eighteen, which is a third", async () => {
    const { ask, links, drafted, mark, since } = await atTheGate();
    const begun = await mark();
    for (const { url } of drafted.headlines.slice(0, 6)) links.set(url ?? "", gone);
    value(await ask(gate));
    expect(await since(begun)).toEqual(["gate build", ...Array.from({ length: 6 }, () => "gate remove")]);
  });

  test("keeps a story without which there would be too little news, and says so", async () => {
    const few = news().slice(0, 6);
    const { ask, links, drafted, notices } = await atTheGate(few, { minimumHeadlines: 5 });
    const [first] = drafted.headlines;
    links.set(first?.url ?? "", gone);
    const view = value(await ask(gate));
    expect(view.headlines).toHaveLength(5);
    expect(notices[0]?.text).toMatch(/too little would be left/);
  });

  test("goes on where the sources cannot be polled", async () => {
    const newsroom = await atTheGate();
    newsroom.ports.pollSources = async () => {
      throw new Error("ingest failed");
    };
    expect(value(await newsroom.ask(gate)).state).toBe("draft");
    expect(newsroom.warnings).toEqual(["an edition's sources could not be polled again"]);
  });

  test("drafts the edition where there is none yet", async () => {
    const newsroom = system(news());
    newsroom.at(before(15));
    expect(value(await newsroom.ask(gate)).headlines).toHaveLength(17);
    expect(newsroom.polled).toEqual([]);
  });

  test("leaves pages alone in mode approve: its editors are shown what doesn't open", async () => {
    const { ask, links, drafted, mark, since, notices } = await atTheGate(news(), { mode: "approve" });
    const begun = await mark();
    links.set(drafted.headlines[0]?.url ?? "", gone);
    value(await ask(gate));
    expect(await since(begun)).toEqual(["gate build", "schedule tell"]);
    expect(notices[0]?.subject).toContain("Waiting for you");
  });
});

/** One story of one source: a report at 05:00 with a long text, and what came of it at 06:30. */
const vote = (n: number, minutes: number, title: string, paragraphs: string[]) =>
  article(n, {
    sourceId: "gazette",
    title,
    url: `https://gazette.example/news/vote-${n}`,
    published: before(minutes),
    seenAt: before(minutes),
    paragraphs,
    image: { url: "https://gazette.example/vote.jpg", alt: "", width: null, height: null },
  });
const early = vote(900, 120, "Ostmere council votes tonight on the harbour bridge", [
  "The vote is tonight.",
  "Two parties are against it.",
  "It is expected at ten.",
  "A crowd waits outside.",
]);
const late = vote(901, 30, "Harbour bridge rejected: Ostmere council votes nine to six against", [
  "The bridge will not be built.",
  "The mayor spoke of a loss.",
]);
const leading = (n: number) => ({
  sourceId: ["gazette", "herald"][n % 2] ?? "",
  published: before(1200),
  paragraphs: [],
});

describe("a lead that its own story has overtaken", () => {
  const pool = () => [early, ...articles(30, leading)];

  test("is replaced where the config says so, as a decision that an editor can take back", async () => {
    const {
      ask,
      articles: seen,
      mark,
      since,
      drafted,
      decide,
    } = await atTheGate(pool(), { gate: { replaceLead: true } });
    expect(drafted.lead.title).toBe(early.title);
    const begun = await mark();
    seen.push(late);
    const view = value(await ask(gate));
    expect(view.lead).toMatchObject({ title: late.title, paragraphs: late.paragraphs, storyId: early.id });
    expect(await since(begun)).toEqual(["gate build", "gate show"]);
    expect(value(await decide({ do: "undo" })).lead.title).toBe(early.title);
  });

  test("stays where the config does not say so", async () => {
    const { ask, articles: seen } = await atTheGate(pool());
    seen.push(late);
    expect(value(await ask(gate)).lead.title).toBe(early.title);
  });

  test.each([
    ["an editor wrote its headline", { title: "The bridge, tonight" }],
    ["an editor wrote its text", { paragraphs: ["In our own words."] }],
  ])("stays where %s", async (_, words) => {
    const { ask, articles: seen, decide, mark, since } = await atTheGate(pool(), { gate: { replaceLead: true } });
    value(await decide({ do: "rewrite", story: "0", ...words }));
    const begun = await mark();
    seen.push(late);
    expect(value(await ask(gate)).lead).toMatchObject(words);
    expect(await since(begun)).toEqual(["gate build"]);
  });

  test("stays where the newer report has nothing to read, or says the same again", async () => {
    for (const newer of [
      { ...late, paragraphs: [] },
      { ...late, title: `${early.title}, again` },
      { ...late, paragraphs: early.paragraphs },
      { ...late, published: before(110) },
    ]) {
      const { ask, articles: seen } = await atTheGate(pool(), { gate: { replaceLead: true } });
      seen.push(newer);
      expect(value(await ask(gate)).lead.title).toBe(early.title);
    }
  });
});

describe("the freshness gate, after a person approved", () => {
  test("changes nothing, and tells the editors what it would have changed", async () => {
    const newsroom = await atTheGate([early, ...articles(30, leading)], { gate: { replaceLead: true } });
    const { articles: pool, links, drafted, mark, since, approve } = newsroom;
    await approve();
    const [first, second] = drafted.headlines;
    const rev = (await newsroom.editions.get(key))?.rev;
    const begun = await mark();
    newsroom.ports.pollSources = async () => {
      correct(pool, first?.storyId ?? "", { title: "Not so, says the corrected headline" });
      pool.push(late);
    };
    links.set(second?.url ?? "", gone);
    value(await newsroom.ask(gate));
    expect(await newsroom.editions.get(key)).toMatchObject({ state: "approved", rev });
    expect(await since(begun)).toEqual(["schedule tell"]);
    const [notice] = newsroom.notices;
    expect(notice?.subject).toContain("Worth a look before it goes out");
    expect(notice?.text).toMatch(/A person has approved it, so nothing was changed\./);
    expect(notice?.text).toContain(`Pages that are gone:\n\n  - ${second?.title}\n    ${second?.url}`);
    expect(notice?.text).toContain(`corrected or rewritten:\n\n  - ${first?.title}\n`);
    expect(notice?.text).toContain(`says more:\n\n  - ${late.title}\n`);
    expect(notice?.text).toContain("edition withdraw daily --date 2026-11-23");
  });

  test("says nothing where nothing would have changed", async () => {
    const { ask, approve, mark, since, notices } = await atTheGate();
    await approve();
    const begun = await mark();
    value(await ask(gate));
    expect(await since(begun)).toEqual([]);
    expect(notices).toEqual([]);
  });
});

test("an edition from a file is left alone", async () => {
  const newsroom = system(news());
  value(await newsroom.ask({ do: "draft", newsletter: "daily", text: "A text.\n\nA headline\nAnother", by: "ed" }));
  newsroom.at(before(15));
  value(await newsroom.ask(gate));
  expect(newsroom.polled).toEqual([]);
  expect(newsroom.tried).toEqual([]);
  expect((await newsroom.editions.decisions(key)).map(({ do: what }) => what)).toEqual(["draft"]);
});
