import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readOpml } from "#adapters/feed-parsing/opml.ts";
import type { Invoke } from "#cli/client.ts";
import { writeOpml } from "#cli/sources/opml.ts";
import { exportSources, importSources } from "#cli/sources/source-lists.ts";
import { newSource } from "#domain/source/polling.ts";

const list = `<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
  <outline text="News"><outline type="rss" text="The Gazette &amp; Sons" xmlUrl="https://gazette.example/feed.xml" htmlUrl="https://gazette.example/"/>
    <outline text="https://herald.example/rss" XMLURL=" https://herald.example/rss "></outline></outline>
  <outline text="Twice" xmlUrl="https://gazette.example/feed.xml"/><outline text="A folder"/><outline text="Bad" xmlUrl="ftp://x.example/">
</body></opml>`;

describe("OPML", () => {
  test("is read from any folder, each feed once, sloppily written too", () => {
    expect(readOpml(list)).toEqual([
      { url: "https://gazette.example/feed.xml", title: "The Gazette & Sons" },
      { url: "https://herald.example/rss", title: undefined },
      { url: "ftp://x.example/", title: "Bad" },
    ]);
  });

  test("addresses and names are read as feed readers write them", () => {
    const outline = (attributes: string) => `<opml><body><outline ${attributes}/></body></opml>`;
    const one = (attributes: string) => readOpml(outline(attributes))?.[0];
    expect(one('text="A" xmlUrl="feed://tide.example/rss?a=1&amp;b=2"')?.url).toBe("https://tide.example/rss?a=1&b=2");
    expect(one('text="A" xmlUrl="feed:http://tide.example/rss"')?.url).toBe("http://tide.example/rss");
    for (const scheme of ["itpc", "itms-podcast", "podcasts", "feed:feed"]) {
      expect(one(`text="A" xmlUrl="${scheme}://tide.example/rss"`)?.url).toBe("https://tide.example/rss");
    }
    expect(one('text="A" xmlUrl="feed://https://tide.example/rss"')?.url).toBe("https://tide.example/rss");
    const declared = `<!DOCTYPE opml [<!ENTITY t "Tide &amp; Time">]>${outline('text="The &t;" xmlUrl="https://tide.example/"')}`;
    expect(readOpml(declared)?.[0]?.title).toBe("The Tide & Time");
    expect(one('text="A" xmlUrl="feeds://tide.example/rss"')?.url).toBe("https://tide.example/rss");
    expect(one('text="A" xmlUrl="//tide.example/rss"')?.url).toBe("https://tide.example/rss");
    expect(one('text="A" xmlUrl="tide.example"')?.url).toBe("https://tide.example");
    expect(one('text="A" xmlUrl="&lt;https://tide.example/rss&gt;"')?.url).toBe("https://tide.example/rss");
    expect(one('text="A" xmlUrl="https://tide.example/rss?x=1&amp;amp;y=2"')?.url).toBe(
      "https://tide.example/rss?x=1&y=2",
    );
    expect(one('text="A" xmlUrl="tide.example/rss"')?.url).toBe("https://tide.example/rss");
    expect(one('text="A" xmlUrl=" https://tide.example/a b "')?.url).toBe("https://tide.example/a%20b");
    expect(one('text="A" type="atom" url="https://tide.example/rss"')?.url).toBe("https://tide.example/rss");
    expect(one('text="A" type="link" url="https://tide.example/"')).toBeUndefined();
    expect(one('text="Caf&eacute; &amp;amp; Port" xmlUrl="https://tide.example/rss"')?.title).toBe("Café & Port");
  });

  test.each(["", "<rss/>", "<outline xmlUrl='https://a.example/'/>", "plain"])("%j is none", (text) => {
    expect(readOpml(text)).toBeUndefined();
  });

  test("a list that costs as much as it can is read or refused within seconds", () => {
    const outline = (attributes: string) => `<opml><body><outline ${attributes}/></body></opml>`;
    const rss = 'type="rss" xmlUrl="https://a.example/feed"';
    const hostile: [string, string | RegExp][] = [
      [`<opml><body>${"<outline>".repeat(500_000)}`, /nested too deep/],
      [`<opml>${"<outline/>".repeat(2_000_000)}`, /larger than 10 MB/],
      [outline(`${rss} title="${"&lt;a ".repeat(500_000)}"`), "https://a.example/feed"],
      [outline(`${rss} title="A${"\u0301\u0316".repeat(300_000)}"`), "https://a.example/feed"],
      [outline(`${rss} title="A${"\u00a0 ".repeat(2_000_000)}b"`), "https://a.example/feed"],
      [outline(`type="rss" xmlUrl="feed:${"feed:".repeat(1_000_000)}"`), ""],
    ];
    const before = process.cpuUsage();
    for (const [text, expected] of hostile) {
      if (typeof expected === "string") expect(readOpml(text)?.[0]?.url ?? "").toBe(expected);
      else expect(() => readOpml(text)).toThrow(expected);
    }
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(20);
  });

  test("a list whose elements never end is read, and a name has no invisible characters", () => {
    const open = Array.from(
      { length: 2000 },
      (_, n) => `<outline text="\u202e\u0007N${n}" xmlUrl="https://a.example/${n}">`,
    );
    const feeds = readOpml(`<opml><body>${open.join("")}`);
    expect(feeds).toHaveLength(2000);
    expect(feeds?.at(-1)).toEqual({ url: "https://a.example/1999", title: "N1999" });
  });

  test("a name that looks like half an entity stays as it is", () => {
    const feeds = [{ url: "https://a.example", title: "&gt<x" }];
    expect(readOpml(writeOpml("Mine", feeds))).toEqual(feeds);
  });

  test("what is written is read back", () => {
    const feed = fc.record({
      url: fc.webUrl({ withQueryParameters: true }),
      title: fc.stringMatching(/^[a-z<&">' ]{1,20}x$/),
    });
    fc.assert(
      fc.property(fc.uniqueArray(feed, { selector: ({ url }) => url }), (feeds) => {
        const wanted = feeds.map(({ url, title }) => ({ url, title: title.replace(/ +/g, " ").trim() }));
        expect(readOpml(writeOpml("All & more", feeds))).toEqual(wanted);
      }),
    );
  });
});

describe("a list of feeds", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "opml-"));
    await writeFile(join(folder, "list.opml"), list);
    await writeFile(join(folder, "page.html"), "<html></html>");
  });
  afterAll(() => rm(folder, { recursive: true }));

  const now = "2026-11-23T07:00:00.000Z";
  const known = newSource({ url: "https://herald.example/rss", title: "The Herald" }, now);
  const requests: object[] = [];
  const answers = {
    "source list": () => ({ sources: [known] }),
    "source add": ({ url = "" }: { url?: string }) => {
      if (!url.startsWith("http")) throw new Error("It is not a web address.");
      return { source: newSource({ url }, now) };
    },
  };
  /** A system that knows two commands. */
  const invoke = (async (command: keyof typeof answers, input: { url?: string }) => {
    requests.push({ command, ...input });
    return answers[command](input);
  }) as Invoke;

  test("adds what is new, leaves what is known, and says what was refused", async () => {
    const shown = await importSources({ invoke, args: [join(folder, "list.opml")], by: "ada" });
    expect(shown.json).toEqual({
      added: ["gazette-example"],
      already: 1,
      refused: [{ url: "ftp://x.example/", why: "It is not a web address." }],
    });
    expect(shown.problem?.message).toContain("1 feed of");
    expect(requests).toContainEqual({
      command: "source add",
      url: "https://gazette.example/feed.xml",
      title: "The Gazette & Sons",
      anyway: true,
      by: "ada",
    });
  });

  test.each([
    ["page.html", /not an OPML file/],
    ["missing.opml", /Can't read/],
  ])("%s is refused with a sentence", async (file, why) => {
    await expect(importSources({ invoke, args: [join(folder, file)], by: "ada" })).rejects.toThrow(why);
  });

  test("is given for other readers", async () => {
    const { text } = await exportSources({ invoke });
    expect(readOpml(text)).toEqual([{ url: "https://herald.example/rss", title: "The Herald" }]);
  });
});
