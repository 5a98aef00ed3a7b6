import { describe, expect, test } from "vitest";
import { havingIn, stillIn } from "#functions/desk/routes/editing-request.ts";
import { checkList } from "#functions/desk/views/edition/edition-check.ts";
import { previewPage, previewPolicy } from "#functions/desk/views/edition/preview.ts";
import { articles } from "../../../testing/editions/edition-fixtures.ts";
import { openStage } from "../stage.ts";

const news = () => articles(60, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));

async function onStage<T>(run: (stage: Awaited<ReturnType<typeof openStage>>, page: Pages) => Promise<T>): Promise<T> {
  const stage = await openStage(news());
  try {
    return await run(stage, pagesOf(stage.url));
  } finally {
    await stage.close();
  }
}

type Pages = ReturnType<typeof pagesOf>;
function pagesOf(url: string) {
  const text = async (path = "", who = "Ana") =>
    (await fetch(url + path, { headers: { cookie: `who=${who}` } })).text();
  const form = (fields: Record<string, string>, who = "Ana") =>
    fetch(url, {
      method: "POST",
      headers: { cookie: `who=${who}` },
      body: new URLSearchParams({ token: "the-token", ...fields }),
      redirect: "manual",
    });
  const script = async (body: unknown, have = "") => {
    const headers = { "x-desk-token": "the-token", "x-desk-have": have, "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.json() as Promise<{
      fault: { code: string } | null;
      parts: Record<string, { html: string; hash: string }>;
    }>;
  };
  const rows = (markup: string) => [...markup.matchAll(/id="row-(\w+)"/g)].map(([, id]) => id ?? "");
  return { text, form, script, rows };
}

describe("the desk without its script", () => {
  test("opens on an edition that is filled, each story with its reason, and its forms do everything (C1)", async () => {
    await onStage(async (stage, { text, form, rows }) => {
      const before = await text();
      expect(rows(before)).toHaveLength(18);
      expect(before.match(/<summary>[A-Z][^<]+\.<\/summary>/g)?.length).toBeGreaterThanOrEqual(18);
      expect(before).toContain(">Not drafted</span>");
      const [, , third = "", fourth = ""] = rows(before);
      const moved = await form({ do: "move:1", story: fourth });
      expect([moved.status, moved.headers.get("location")]).toEqual([303, `/desk/daily/2026-11-23#row-${fourth}`]);
      await form({ do: "lead", story: third });
      await form({ do: "remove", story: rows(before)[5] ?? "" });
      await form({ do: "rewrite", story: third, title: "My words", "was-title": "x", url: "u", "was-url": "u" });
      await form({ do: "rewrite", subject: "A subject", "was-subject": "", preheader: "p", "was-preheader": "p" });
      const after = await text();
      expect(rows(after).slice(0, 3)).toEqual([third, rows(before)[0], fourth]);
      expect(after).toContain("My words");
      expect(rows(after)).not.toContain(rows(before)[5]);
      const log = await stage.editions.decisions({ newsletter: "daily", date: "2026-11-23" });
      expect(log.map((one) => one.do)).toEqual(["build", "move", "move", "remove", "rewrite", "rewrite"]);
      expect(log.at(-1)).toMatchObject({ subject: "A subject", by: "Ana" });
      expect(log.at(-1)).not.toHaveProperty("preheader");
      await form({ do: "undo:4" });
      expect(rows(await text())).toContain(rows(before)[5]);
    });
  });

  test("shows what was refused, escaped", async () => {
    await onStage(async (_stage, { text, form }) => {
      const refused = await form({ do: "move:1", story: "<script>" });
      const page = await refused.text();
      expect(refused.status).toBe(404);
      expect(page).toContain("There is no story “&lt;script&gt;”");
      expect(page).not.toContain("<script>");
      // A link can't make the desk say anything.
      expect(await text("?said=Approved%20by%20Ana")).not.toContain("Approved by Ana");
    });
  });

  test("shows a story's articles and a pasted page on pages of their own, and takes their forms (C9)", async () => {
    await onStage(async (stage, { text, form, rows }) => {
      const [lead = "", first = "", second = ""] = rows(await text());
      const page = await text(`/story/${first}`);
      expect(page).toContain("Picture and articles");
      expect(page).toContain(`<option value="${lead}">Lead: `);
      expect(await text(`/story/${first}`, "Vera")).not.toContain('name="do"');
      expect((await form({ do: "join", story: first, other: second })).status).toBe(303);
      expect((await form({ do: "summary", story: lead, summary: "No place for it." })).status).toBe(409);
      expect((await form({ do: "summary", story: first, summary: "One sentence of an editor's own." })).status).toBe(
        303,
      );
      expect(
        (await form({ do: "picture", story: first, picture: "", "was-picture": "https://x.example/1.jpg" })).status,
      ).toBe(303);
      const log = await stage.editions.decisions({ newsletter: "daily", date: "2026-11-23" });
      expect(log.map((one) => one.do)).toEqual(["build", "join", "summary", "picture"]);
      const focus = (x: string, y: string) => form({ do: "picture", story: lead, x, y, "was-focus": "50,50" });
      for (const [x, y] of [
        ["", "50"],
        ["50", ""],
        ["50.5", "1"],
        ["101", "1"],
        ["NaN", "1"],
      ] as const) {
        expect([x, y, (await focus(x, y)).status]).toEqual([x, y, 400]);
      }
      expect(log.at(-1)).toMatchObject({ image: null });
      const read = await fetch(`${stage.url}/page`, {
        method: "POST",
        body: new URLSearchParams({ token: "the-token", url: "https://gull.example/ferry" }),
      });
      expect(await read.text()).toContain(
        'name="title" lang="en" dir="auto" maxlength="300" required value="Ferry returns"',
      );
    });
  });

  test("gives a viewer the page without a button, and refuses their decisions (C29)", async () => {
    await onStage(async (stage, { text, form }) => {
      const page = await text("", "Vera");
      expect(page).not.toMatch(/data-do=|name="do"/);
      const refused = await form({ do: "remove", story: "1" }, "Vera");
      expect(refused.status).toBe(403);
      expect(await refused.text()).toContain("needs the role editor; you are viewer");
      expect((await fetch(`${stage.url}/test`, { method: "POST", headers: { cookie: "who=Vera" } })).status).toBe(403);
      expect(await stage.editions.decisions({ newsletter: "daily", date: "2026-11-23" })).toEqual([]);
    });
  });
});

describe("the desk with its script", () => {
  test("answers a decision with the parts that changed, each once", async () => {
    await onStage(async (stage, { text, script, rows }) => {
      const page = await text();
      const have = [...page.matchAll(/data-part="(\w+)" data-hash="(\w+)"/g)].map(
        ([, name, hash]) => `${name}:${hash}`,
      );
      const body = { key: "12345678", decision: { do: "move", story: rows(page)[4], to: 1 } };
      const answer = await script(body, have.join(" "));
      expect(answer.fault).toBeNull();
      expect(Object.keys(answer.parts)).toEqual(expect.arrayContaining(["rows", "head", "history", "measures"]));
      expect(answer.parts).not.toHaveProperty("tray");
      expect(rows(answer.parts.rows?.html ?? "")[1]).toBe(rows(page)[4]);
      await script(body);
      expect(await stage.editions.decisions({ newsletter: "daily", date: "2026-11-23" })).toHaveLength(2);
      expect((await script({ key: "12345679", decision: { do: "explode" } })).fault?.code).toBe("bad-request");
    });
  });

  test("polls without a response body while nothing happens", async () => {
    await onStage(async (stage, { form }) => {
      await form({ do: "build" });
      const poll = async (query: string) => {
        const answer = await fetch(`${stage.url}/parts?${query}`, { headers: { "x-desk-token": "t" } });
        return answer.json() as Promise<{ parts: object }>;
      };
      expect(await poll("decisions=1&rev=1&state=draft")).toMatchObject({ parts: {} });
      expect(Object.keys((await poll("decisions=0&rev=0&state=draft")).parts).length).toBeGreaterThan(5);
      expect(stillIn({ decisions: "x", rev: "1", state: "draft" })).toBeUndefined();
      expect(havingIn("rows:abc tray: :x")).toEqual({ rows: "abc" });
    });
  });
});

test("an edition that isn't drafted has its preview, and looking at it drafts nothing", async () => {
  await onStage(async (stage, { text, rows }) => {
    const page = await text();
    const title = new RegExp(`id="row-${rows(page)[0]}"[^>]*data-title="([^"]+)"`).exec(page)?.[1] ?? "-";
    expect(await text("/preview/600")).toContain(title);
    expect(await text("/preview/text")).toContain(title);
    expect(await stage.editions.get({ newsletter: "daily", date: "2026-11-23" })).toBeUndefined();
  });
});

describe("the preview (C15, C16)", () => {
  const email = {
    subject: "Snow & ice <at> last, and what follows for everybody who is out",
    html: `<html><head><style>@media (prefers-color-scheme:dark){p{color:#fff}}</style></head><body><div style="display:none;x:y">Plus: rain &amp; wind\u2007\uFEFF\u034F \u2007</div><a class="h" href="https://evil.example">go</a><img src="https://evil.example/p.png" alt="A"></body></html>`,
    text: "Line one\nhttps://evil.example\n<b>",
  };

  test("has no link that leads anywhere, in any view", () => {
    for (const view of ["600", "375", "320", "dark", "forced", "no-images", "no-style"] as const) {
      const page = previewPage(view, email, "Daily");
      expect(page).not.toMatch(/<a\b[^>]*\shref=/);
      expect(page).toContain(">go</a>");
    }
    expect(previewPolicy).toMatch(/^sandbox allow-same-origin; default-src 'none'/);
    expect(previewPolicy).not.toMatch(/allow-scripts|https:/);
  });

  test("shows the email as each kind of mail program does", () => {
    expect(previewPage("dark", email, "Daily")).toContain("@media (min-width:0px)");
    // An editor's dark device doesn't darken the light views.
    for (const view of ["600", "375", "no-images"] as const) {
      expect(previewPage(view, email, "Daily")).toContain("@media (max-width:0px)");
      expect(previewPage(view, email, "Daily")).toContain("color-scheme:light!important");
    }
    expect(previewPage("no-style", email, "Daily")).not.toContain("color:#fff");
    expect(previewPage("no-images", email, "Daily")).not.toContain("evil.example/p.png");
    expect(previewPage("text", email, "Daily")).toContain("Line one\nhttps://evil.example\n&lt;b&gt;");
    const inbox = previewPage("inbox", email, "Daily");
    expect(inbox).toContain("Snow &amp; ice &lt;at&gt; last, and what follows f…");
    expect(inbox).toContain(">Plus: rain &amp; wind</p>");
  });
});

test("each finding says whether it stops the edition, and leads to what it is about (C18)", () => {
  const finding = { point: "B2", final: false, message: "It is <long>." };
  const { markup } = checkList({
    newsletter: "daily",
    date: "2026-11-23",
    rev: 1,
    hash: "a".repeat(64),
    at: "2026-11-23T07:00:00.000Z",
    ready: false,
    links: null,
    message: null,
    findings: [
      { ...finding, level: "warning", at: { part: "subject" } },
      { ...finding, level: "blocker", at: { part: "headline", n: 3, story: "abc" } },
    ],
  });
  expect(markup).toContain("1 blocker, 1 warning");
  expect(markup.indexOf('href="#row-abc"')).toBeGreaterThan(0);
  expect(markup.indexOf('href="#row-abc"')).toBeLessThan(markup.indexOf('href="#subject-edition"'));
  expect(markup).toContain("It is &lt;long&gt;.");
});
