import { beforeEach, describe, expect, test } from "vitest";
import { toRequest } from "#adapters/http-api/request.ts";
import { defineConfig } from "#domain/config.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { site } from "#functions/site/app.ts";
import { sharePicture } from "#templates/pages/share-picture.ts";
import { publishEdition } from "#usecases/editions/publishing/publish.ts";
import { event, now, openPages, type Pages, sender, token } from "../../testing/open-pages.ts";

let pages: Pages;

beforeEach(async () => {
  pages = await openPages();
});

describe("editions", () => {
  const put = async (date: string, state: EditionState, frozen = false) => {
    const edition = newEdition({ newsletter: "daily", date, now, rev: 1, cutoff: null });
    await pages.editions.create({ ...edition, state, frozenAt: frozen ? now : null });
    await pages.editions.putRevision(edition, {
      rev: 1,
      at: now,
      content: {
        newsletter: "daily",
        date,
        subject: `News of ${date}`,
        preheader: "",
        lead: {
          storyId: "s1",
          title: `Lead of ${date} <script>`,
          url: "https://source.example/lead",
          paragraphs: ["First paragraph."],
          source: "Source",
          image: null,
          reasons: ["a reason for editors"],
        },
        headlines: [],
      },
      email: { subject: "s", html: "<p>{{unsubscribe}}</p>", text: "t" },
    });
    if (state === "sending" || state === "finished")
      await publishEdition(
        { editions: pages.editions, archive: pages.archive, now: () => now, languageOf: () => "en" },
        edition,
      );
  };

  test("D18: a sent one is public, without a trace of a reader", async () => {
    await put("2026-11-23", "finished", true);
    const { statusCode, body } = await pages.ask("GET", "/daily/2026-11-23");
    expect(statusCode).toBe(200);
    expect(body).toContain("Lead of 2026-11-23 &lt;script&gt;");
    expect(body).toContain("First paragraph.");
    expect(body).not.toContain("a reason for editors");
    expect(body).not.toContain("unsubscribe/");
  });

  test("D18: one without a picture of its own is shared with its newsletter's, whole and cached", async () => {
    await put("2026-11-23", "finished", true);
    const { body } = await pages.ask("GET", "/daily/2026-11-23");
    expect(body).toContain('<meta property="og:image" content="https://news.example.com/daily/share.png">');
    const picture = await pages.ask("GET", "/daily/share.png");
    expect(picture).toMatchObject({ statusCode: 200, isBase64Encoded: true, headers: { "content-type": "image/png" } });
    const bytes = Buffer.from(picture.body ?? "", "base64");
    expect(bytes.equals(Buffer.from(sharePicture()))).toBe(true);
    const known = { headers: { "if-none-match": String(picture.headers?.etag) } };
    expect((await pages.ask("GET", "/daily/share.png", known)).statusCode).toBe(304);
    expect((await pages.ask("GET", "/none/share.png")).statusCode).toBe(404);
  });

  test.each<EditionState>(["draft", "approved", "skipped", "held", "cancelled"])(
    "a %s one that no one got is not found",
    async (state) => {
      await put("2026-11-23", state);
      expect((await pages.ask("GET", "/daily/2026-11-23")).statusCode).toBe(404);
      expect((await pages.ask("GET", "/daily")).body).not.toContain("2026-11-23");
    },
  );

  test("D19: the archive has what was sent, newest first", async () => {
    await put("2026-11-21", "finished", true);
    await put("2026-11-22", "sending", true);
    await put("2026-11-23", "draft");
    const { body = "" } = await pages.ask("GET", "/daily");
    expect(body).toContain("https://news.example.com/daily/2026-11-22");
    expect(body.indexOf("2026-11-22")).toBeLessThan(body.indexOf("2026-11-21"));
    expect(body).not.toContain("2026-11-23");
  });

  test("D18: an edition links to those before and after it, and the archive to earlier months", async () => {
    for (const date of ["2026-10-30", "2026-11-21", "2026-11-22"]) await put(date, "sending", true);
    const { body } = await pages.ask("GET", "/daily/2026-11-21");
    expect(body).toContain('href="https://news.example.com/daily/2026-10-30"');
    expect(body).toContain('href="https://news.example.com/daily/2026-11-22"');
    const month = await pages.ask("GET", "/daily/2026-10");
    expect(month.body).toContain("News of 2026-10-30");
    expect(month.body).toContain('href="https://news.example.com/daily/2026-11"');
    expect(month.body).not.toContain("News of 2026-11-21");
    expect((await pages.ask("GET", "/daily/2026-09")).statusCode).toBe(404);
  });

  test("a page is read from at most two items, and no batch is counted", async () => {
    for (const date of ["2026-10-30", "2026-11-21", "2026-11-22"]) await put(date, "sending", true);
    await pages.editions.update({ newsletter: "daily", date: "2026-11-21" }, { state: "cancelled" });
    let items = 0;
    const counting: Pages["archive"] = {
      ...pages.archive,
      edition: async (key) => {
        items += 1;
        return pages.archive.edition(key);
      },
      revision: async (...of) => {
        items += 1;
        return pages.archive.revision(...of);
      },
      newest: async (...of) => {
        const found = await pages.archive.newest(...of);
        items += found.length;
        return found;
      },
      from: async (...of) => {
        const found = await pages.archive.from(...of);
        items += found.length;
        return found;
      },
    };
    const counted = site({ ...pages.portsOf(), archive: counting });
    for (const path of [
      "/",
      "/daily",
      "/daily/2026-11",
      "/daily/2026-11-21",
      "/daily/2026-11-22",
      "/daily/2026-11-20",
    ]) {
      items = 0;
      await counted.fetch(toRequest(event("GET", path)));
      expect(items, path).toBeLessThanOrEqual(2);
    }
    // The cancelled one had begun: its emails link to it.
    expect((await pages.ask("GET", "/daily/2026-11-21")).statusCode).toBe(200);
  });

  test("D18: a note is on the page and its date in the feeds, and a browser that had the page is sent it again", async () => {
    const key = { newsletter: "daily", date: "2026-11-23" };
    await put(key.date, "sending", true);
    const { headers } = await pages.ask("GET", "/daily/2026-11-23");
    const { editions, archive } = pages;
    const publish = () => publishEdition({ editions, archive, now: () => now, languageOf: () => "en" }, key);
    // The evening of the 24th in UTC is the 25th where the newsletter is.
    const abroad = defineConfig({
      newsletters: { daily: { title: "The Daily Test", ...sender, timeZone: "Asia/Tokyo" } },
    });
    pages.serveWith({ config: abroad });
    const at = "2026-11-24T18:00:00.000Z";
    await editions.update(key, { notes: [{ at, text: "It sails <at> 9." }] });
    await publish();
    const known = { headers: { "if-none-match": String(headers?.etag) } };
    const { statusCode, body } = await pages.ask("GET", "/daily/2026-11-23", known);
    expect(statusCode).toBe(200);
    expect(body).toContain('datetime="2026-11-25"');
    expect(body).toContain("It sails &lt;at&gt; 9.");
    expect(body).toContain("First paragraph.");
    expect((await pages.ask("GET", "/daily/feed.xml")).body).toContain(`<updated>${at}</updated>`);
    expect(JSON.parse((await pages.ask("GET", "/daily/feed.json")).body ?? "")).toMatchObject({
      items: [{ date_published: now, date_modified: at }],
    });
    expect((await pages.ask("GET", "/daily/sitemap.xml")).body).toContain(`<lastmod>${at}</lastmod>`);
  });

  test("D18: a page that a browser has is not sent again, until it changes", async () => {
    await put("2026-11-23", "sending", true);
    for (const path of ["/", "/daily", "/daily/2026-11-23"]) {
      const { headers } = await pages.ask("GET", path);
      expect(headers).toMatchObject({ "cache-control": expect.stringMatching(/^public, max-age=60/) });
      const etag = String(headers?.etag);
      const again = await pages.ask("GET", path, { headers: { "if-none-match": `"other", W/${etag}` } });
      expect(again).toMatchObject({ statusCode: 304, body: "" });
      expect((await pages.ask("GET", path, { headers: { "if-none-match": '"other"' } })).statusCode).toBe(200);
    }
    const { headers } = await pages.ask("GET", "/daily");
    await put("2026-11-24", "sending", true);
    const changed = await pages.ask("GET", "/daily", { headers: { "if-none-match": String(headers?.etag) } });
    expect(changed.statusCode).toBe(200);
    expect((await pages.ask("GET", `/unsubscribe/${token}`)).headers).not.toHaveProperty("etag");
  });

  test("D19: a search finds past editions by all its words, and keeps nothing", async () => {
    for (const date of ["2026-11-21", "2026-11-22"]) await put(date, "sending", true);
    const found = await pages.ask("GET", "/daily/search", { rawQueryString: "q=LEAD+2026-11-21" });
    expect(found.body).toContain("https://news.example.com/daily/2026-11-21");
    expect(found.body).not.toContain("https://news.example.com/daily/2026-11-22");
    const none = await pages.ask("GET", "/daily/search", { rawQueryString: "q=%3Cscript%3Ealert(1)" });
    expect(none.body).toContain("No edition mentions");
    expect(none.body).not.toContain("<script>alert");
    expect(none.headers).toMatchObject({ "cache-control": "no-store" });
    expect((await pages.ask("GET", "/nope/search")).statusCode).toBe(404);
  });

  test("the first page leads to the newsletters", async () => {
    expect((await pages.ask("GET", "/")).body).toContain('href="https://news.example.com/daily"');
  });

  test.each(["/weekly", "/daily/2026-13-01", "/daily/yesterday", "/daily/2026-11-20", "/a/b/c", "/__proto__"])(
    "D20: %s is a 404 in the usual layout, with an id to quote",
    async (path) => {
      const { statusCode, body } = await pages.ask("GET", path);
      expect(statusCode).toBe(404);
      expect(body).toContain("abc123");
    },
  );
});
