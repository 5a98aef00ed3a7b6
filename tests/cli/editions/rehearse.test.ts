import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Rehearsal, RehearsalFailed, rehearse } from "#cli/editions/rehearse.ts";
import { defineConfig } from "#domain/config.ts";
import { broadsheet, newFolder } from "../command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
const feeds = join(folder, "feeds");
afterAll(() => rmSync(folder, { recursive: true }));

const config = defineConfig({
  newsletters: {
    daily: {
      title: "The Daily Trial",
      from: { name: "The Daily Trial", address: "editor@trial.example" },
      postalAddress: "1 Example Street",
    },
  },
});
const at = "2026-11-23T07:00:00Z";
const news = [
  "Aldmouth opens a library in the old mill",
  "Night tram voted down in Brackley",
  "Corvane mourns the last of its bell founders",
  "Roman glass found beneath a car park",
  "Second division side beats the champions on penalties",
  "Town hall clock sold by mistake",
  "Nine hundred elms for the ring road",
  "Swimming hall heated by the bakery next invoke",
  "Ferry captain retires after forty winters",
  "School orchestra plays on through power cut",
  "Flood wall finished a year before its time",
  "Lighthouse keeper's diary solves a shipwreck",
  "Farmers bring back the grey partridge",
  "New street lamps let the stars be seen",
];

const item = (title: string, n: number) => `<item>
  <title>${title}</title>
  <link>https://gazette.example/news/${n}</link>
  <pubDate>Mon, 23 Nov 2026 0${n % 7}:1${n % 10}:00 GMT</pubDate>
  <description>&lt;p&gt;${title}, it was said.&lt;/p&gt;&lt;p&gt;The mayor spoke {{unsubscribe}}.&lt;/p&gt;&lt;p&gt;Continue reading...&lt;/p&gt;</description>
</item>`;
const rss = (title: string, language: string, items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://gazette.example</link><language>${language}</language>${items.join("\n")}</channel></rss>`;

beforeAll(() => {
  mkdirSync(join(feeds, "not a feed"), { recursive: true });
  const items = news.map(item);
  writeFileSync(join(feeds, "Gazette (old).rss"), rss("The Gazette", "en", items.slice(0, 7)));
  writeFileSync(join(feeds, "herald.xml"), rss("The Herald", "en-GB", items.slice(7)));
  writeFileSync(join(feeds, "bote.xml"), rss("Der Bote", "de", [item("Neustadt bekommt eine Seilbahn", 21)]));
  writeFileSync(join(feeds, "notes.txt"), "Not a feed at all.");
  writeFileSync(join(feeds, ".hidden"), "<rss/>");
});

const run = (over: Partial<Rehearsal> = {}) =>
  rehearse({ newsletter: "daily", feedsDir: feeds, at, outDir: join(folder, "out"), config, ...over });
const read = (out: string, name: string) => readFileSync(join(folder, out, name), "utf8");

describe("a rehearsal", () => {
  it("writes the edition of the feed files, the same bytes each time", async () => {
    const { edition, files, reports } = await run();
    await run({ outDir: join(folder, "again") });
    expect(files.map((file) => file.slice(folder.length + 5))).toEqual(["edition.html", "edition.txt", "edition.json"]);
    for (const name of ["edition.html", "edition.txt", "edition.json"])
      expect(read("again", name)).toBe(read("out", name));
    expect(JSON.parse(read("out", "edition.json"))).toEqual(edition);
    expect(edition).toMatchObject({ newsletter: "daily", date: "2026-11-23", state: "draft" });
    expect(edition.headlines.length).toBeGreaterThanOrEqual(12);
    expect(reports.map(({ source, outcome }) => [source, outcome])).toEqual([
      ["bote-xml", "polled"],
      ["gazette-old-rss", "polled"],
      ["herald-xml", "polled"],
      ["notes-txt", "failed"],
    ]);
  });

  it("shows what readers get, with a link that belongs to no reader", async () => {
    const { edition } = await run();
    const html = read("out", "edition.html");
    expect(html).toContain("https://broadsheet.example/unsubscribe");
    expect(html).toContain("The mayor spoke {{unsubscribe}}.");
    expect(edition.lead.paragraphs.join()).not.toContain("Continue reading");
    expect([edition.lead, ...edition.headlines].map(({ source }) => source)).not.toContain("Der Bote");
  });

  it.each([
    ["no time", { at: "2026-11-23" }, /not a time with a zone/],
    ["no zone", { at: "2026-11-23T07:00:00" }, /not a time with a zone/],
    ["a day that is none", { at: "2026-02-30T07:00:00Z" }, /not a time with a zone/],
    ["words", { at: "yesterday" }, /not a time with a zone/],
    ["no such folder", { feedsDir: join(folder, "nowhere") }, /no such folder/],
    ["a file for a folder", { feedsDir: join(feeds, "herald.xml") }, /not a folder/],
    ["an empty folder", { feedsDir: join(feeds, "not a feed") }, /no file/],
    ["another newsletter", { newsletter: "weekly" }, /Known: daily/],
    ["a year without news", { at: "2031-11-23T07:00:00Z" }, /too little news[\s\S]*notes\.txt/],
    ["a place that cannot be written", { outDir: join(feeds, "herald.xml", "x") }, /Can't write/],
  ])("with %s says so", async (_, over, says) => {
    const failing = expect(run(over)).rejects;
    await failing.toThrow(says);
    await expect(run(over)).rejects.toBeInstanceOf(RehearsalFailed);
  });
});

test("rehearse names a missing option", async () => {
  const args = ["--feeds", newFolder(), "--at", "2026-11-23T07:00:00Z", "--out", newFolder()];
  const { code, err } = await broadsheet(["rehearse", "daily", ...args]);
  expect(code).toBe(1);
  expect(err).toContain("has no files");
});
