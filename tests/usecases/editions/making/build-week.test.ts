import { beforeEach, describe, expect, test } from "vitest";
import { calendarsOf } from "#domain/config/calendars.ts";
import { InvalidConfig } from "#domain/config/invalid-config.ts";
import { defineConfig } from "#domain/config.ts";
import type { EditionContent, Headline, Lead } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { decide } from "#usecases/editions/decide/decide.ts";
import { build } from "#usecases/editions/making/build.ts";
import { system, value } from "../../../testing/editions/editions-system.ts";

/** A weekly that is made from what a daily sent. */
const common = { postalAddress: "1 Street" };
const daily = { title: "The Daily", from: { name: "Ed", address: "ed@example.com" }, ...common };
const weekly = {
  title: "The Week",
  from: { newsletter: "daily" },
  days: ["sat" as const],
  minimumHeadlines: 1,
  ...common,
};
const config = defineConfig({ newsletters: { daily, weekly } });
const saturday = "2026-11-28T06:45:00.000Z";

const lead = (storyId: string, title: string, paragraphs = ["One paragraph of it.", "And another one."]): Lead => ({
  ...{
    storyId,
    title,
    url: `https://gazette.example/${storyId}`,
    paragraphs,
    source: "gazette",
    image: null,
    reasons: [],
  },
});
const headline = (storyId: string, title: string, alsoIn: string[] = []): Headline => ({
  ...{
    storyId,
    title,
    url: `https://herald.example/${storyId}`,
    source: "herald",
    alsoIn,
    developing: false,
    reasons: [],
  },
});

let news: ReturnType<typeof system>;
let ports: typeof news.ports;
beforeEach(() => {
  news = system([]);
  news.at(saturday);
  ports = { ...news.ports, config, calendar: calendarsOf(config, () => "") };
});

/** An edition that was sent at seven of its date. */
async function sent(
  date: string,
  leads: Lead,
  headlines: Headline[],
  newsletter = "daily",
  state: "finished" | "cancelled" = "finished",
) {
  const at = `${date}T07:00:00.000Z`;
  const edition = newEdition({ newsletter, date, now: at, rev: 1, cutoff: `${date}T06:45:00.000Z` });
  await news.editions.create({ ...edition, state, frozenAt: state === "finished" ? at : null });
  const content: EditionContent = {
    newsletter,
    date,
    subject: leads.title ?? "",
    preheader: "",
    lead: leads,
    headlines,
  };
  await news.editions.putRevision(edition, { rev: 1, at, content, email: { subject: "", html: "", text: "" } });
}

async function aWeek() {
  await sent("2026-11-23", lead("flood", "Flood warning for the coast"), [
    headline("tram", "City council buys forty trams"),
    headline("rain", "More rain expected along the coast", ["gazette", "courier"]),
  ]);
  await sent("2026-11-24", lead("bridge", "Old bridge closes for a year"), [
    headline("flood2", "Flood reaches the harbour", ["courier"]),
    headline("school", "New school opens its doors"),
  ]);
  await sent("2026-11-26", lead("vote", "Parliament votes on the budget", ["Only one paragraph."]), [
    headline("coast", "Coast villages clean up after the flood"),
  ]);
}

const made = async (date = "2026-11-28") => value(await build(ports, { newsletter: "weekly", date, by: "ed" }));

describe("a newsletter made from another's editions", () => {
  test("has the lead of leads, then all the rest, each with its day", async () => {
    await aWeek();
    const view = await made();
    expect(["flood", "bridge"]).toContain(view.lead.storyId);
    expect(view.lead.paragraphs).toEqual(["One paragraph of it.", "And another one."]);
    const listed = [view.lead, ...view.headlines].map(({ storyId, day }) => `${storyId} ${day}`);
    expect(listed.toSorted()).toEqual([
      "bridge 2026-11-24",
      "coast 2026-11-26",
      "flood 2026-11-23",
      "flood2 2026-11-24",
      "rain 2026-11-23",
      "school 2026-11-24",
      "tram 2026-11-23",
      "vote 2026-11-26",
    ]);
    expect(view.lead.reasons).toContain(`It led the edition of ${view.lead.day}.`);
    expect(view.headlines.find(({ storyId }) => storyId === "rain")?.alsoIn).toEqual(["gazette", "courier"]);
    const revision = await news.editions.revision({ newsletter: "weekly", date: "2026-11-28" }, view.rev);
    expect(revision?.email.text).toContain("Tuesday · herald");
    expect(revision?.email.html).toContain("Monday");
  });

  test("leaves out what was not sent, what was sent before the week, and what its own last edition had", async () => {
    await aWeek();
    await sent("2026-11-25", lead("secret", "Never sent to anyone"), [], "daily", "cancelled");
    await sent("2026-11-20", lead("old", "News of another week"), []);
    await made();
    const key = { newsletter: "weekly", date: "2026-11-28" };
    await news.editions.update(key, { state: "finished", frozenAt: "2026-11-28T07:00:00.000Z" });
    const stories = (await news.editions.revision(key, 1))?.content;
    const ids = [stories?.lead, ...(stories?.headlines ?? [])].map((one) => one?.storyId);
    expect(ids).not.toContain("secret");
    expect(ids).not.toContain("old");
    await sent("2026-11-30", lead("dam", "Dam holds after a night of worry"), [
      headline("tram", "City council buys forty trams"),
    ]);
    await sent("2026-12-01", lead("port", "Port opens again to all ships"), [
      headline("ferry", "Ferry to the islands resumes"),
    ]);
    news.at("2026-12-05T06:45:00.000Z");
    const next = await made("2026-12-05");
    expect([next.lead, ...next.headlines].map(({ storyId }) => storyId).toSorted()).toEqual(["dam", "ferry", "port"]);
  });

  test("shows a story that ran twice once, as the lead it was", async () => {
    await sent("2026-11-23", lead("flood", "Flood warning for the coast"), [
      headline("tram", "City council buys forty trams"),
    ]);
    await sent("2026-11-24", lead("bridge", "Old bridge closes for a year"), [
      headline("flood", "Flood warning for the coast lifted"),
    ]);
    const view = await made();
    const runs = [view.lead, ...view.headlines].filter(({ storyId }) => storyId === "flood");
    expect(runs.map(({ title, day }) => [title, day])).toEqual([["Flood warning for the coast", "2026-11-23"]]);
  });

  test("is an edition like any other: an editor moves, rewrites and removes, and another lead of a day leads then", async () => {
    await aWeek();
    const first = (await made()).lead.storyId ?? "";
    const decision = { do: "remove", story: first } as const;
    const after = value(await decide(ports, { newsletter: "weekly", date: "2026-11-28", decision, by: "ed" }));
    expect(after.lead.storyId).not.toBe(first);
    expect(["flood", "bridge", "vote"]).toContain(after.lead.storyId);
  });

  test("is skipped in a week with too little news", async () => {
    expect(await build(ports, { newsletter: "weekly", date: "2026-11-28", by: "ed" })).toMatchObject({
      ok: false,
      fault: { code: "no-candidates" },
    });
  });
});

describe("its config", () => {
  const faults = (newsletters: Parameters<typeof defineConfig>[0]["newsletters"]) => {
    try {
      defineConfig({ newsletters });
      return [];
    } catch (error) {
      if (error instanceof InvalidConfig) return error.faults.map(({ path, problem }) => `${path}: ${problem}`);
      throw error;
    }
  };

  test("takes the sender of the other, unless it names its own", () => {
    expect(config.newsletters.weekly?.from).toEqual({ name: "Ed", address: "ed@example.com", newsletter: "daily" });
    const own = { newsletter: "daily", name: "Anna", address: "anna@example.com" };
    expect(defineConfig({ newsletters: { daily, weekly: { ...weekly, from: own } } }).newsletters.weekly?.from).toEqual(
      own,
    );
  });

  test("names a newsletter that there is, that reads sources, and that is in its language", () => {
    expect(faults({ daily, weekly: { ...weekly, from: { newsletter: "dayly" } } })).toEqual([
      "newsletters.weekly.from.newsletter: there is no such newsletter",
    ]);
    const from = { newsletter: "weekly", ...daily.from };
    expect(faults({ daily, weekly, monthly: { ...weekly, from } })).toEqual([
      "newsletters.monthly.from.newsletter: that one is made from another newsletter too; name the one that reads sources",
    ]);
    expect(faults({ daily, weekly: { ...weekly, language: "de" } })).toEqual([
      "newsletters.weekly.from.newsletter: that one is in another language",
    ]);
    expect(faults({ weekly: { ...weekly, from: { ...from, newsletter: "daily" } } })).toEqual([
      "newsletters.weekly.from.newsletter: there is no such newsletter",
    ]);
  });
});
