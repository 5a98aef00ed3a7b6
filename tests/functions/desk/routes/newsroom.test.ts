import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fault } from "#domain/outcome.ts";
import { type Answers, answers, answerTo, board, boardDay, now, outlook, plan } from "../answers.ts";
import { type Browser, type Desk, openDesk } from "../open-desk.ts";

let desk: Desk;
let known: Answers;
let refuse: ((request: Record<string, unknown>) => object | undefined) | undefined;
let viewer: Browser;
let editor: Browser;
beforeAll(async () => {
  desk = await openDesk((request) => refuse?.(request) ?? answerTo(known, request));
  desk.clock.ahead = Date.parse(now) - Date.now();
  [viewer, editor] = [desk.browser(), desk.browser()];
  await viewer.signIn("viewer");
  await editor.signIn("editor");
});
afterAll(() => desk.close());
beforeEach(() => {
  known = answers();
  refuse = undefined;
  desk.requests.length = 0;
});
const tokenIn = (page: string) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";

test("sources: failing ones come first with their error, and their texts are escaped", async () => {
  const { body } = await editor.get("/desk/-/sources");
  expect(body).toMatch(/2 sources, <b>1 failing<\/b>/);
  expect(body.indexOf("It answers with 503.")).toBeLessThan(body.indexOf("https://times.example/feed.xml"));
  expect(body).not.toContain("<b>Post</b>");
});

test("sources: an editor adds, checks, renames and removes; a viewer is refused by the server", async () => {
  const token = tokenIn((await editor.get("/desk/-/sources")).body);
  desk.requests.length = 0;
  await editor.post("/desk/-/sources", { token, do: "add", url: " https://new.example/feed " });
  await editor.post("/desk/-/sources", { token, do: "check", source: "times" });
  await editor.post("/desk/-/sources", { token, do: "rename", source: "times", title: " The Evening Times " });
  await editor.post("/desk/-/sources", { token, do: "remove", source: "times" });
  const by = "The editor";
  expect(desk.requests.filter((one) => one.do !== "source list")).toEqual([
    { do: "source add", url: "https://new.example/feed", by },
    { do: "ingest", source: "times", by },
    { do: "source rename", source: "times", title: "The Evening Times", by },
    { do: "source remove", source: "times", by },
  ]);
  const theirs = tokenIn((await viewer.get("/desk/-/sources")).body);
  const refused = await viewer.post("/desk/-/sources", { token: theirs, do: "remove", source: "times" });
  expect(refused.status).toBe(403);
  expect(refused.body).toContain("needs the role editor; you are viewer");
});

test("sources: a form with its current name gives a source another name", async () => {
  const { body } = await editor.get("/desk/-/sources?rename=times");
  expect(body).toMatch(
    /<input type="hidden" name="do" value="rename"><input type="hidden" name="source" value="times">/,
  );
  expect(body).toMatch(/<input name="title" required maxlength="80"[^>]*value="[^"]+"/);
  expect(body).toContain("Rename source");
});

test("sources: what cannot be added is said in words", async () => {
  refuse = (request) => (request.do === "source add" ? fault("bad-request", "That is not a web address.") : undefined);
  const token = tokenIn((await editor.get("/desk/-/sources")).body);
  const { status, body } = await editor.post("/desk/-/sources", { token, do: "add", url: "x" });
  expect(status).toBe(400);
  expect(body).toContain("That is not a web address.");
});

test("the log shows who did what, before and after, of one edition or of all", async () => {
  const { body } = await viewer.get("/desk/-/log?newsletter=daily&date=2026-11-24");
  expect(desk.requests).toEqual([{ do: "log", newsletter: "daily", date: "2026-11-24", by: "The viewer" }]);
  expect(body).toMatch(/Edith<\/bdi><\/b> rewrite subject.*<del>A<\/del> <ins>B<\/ins>/s);
  expect(body).toContain("npx --no-install broadsheet log daily --date 2026-11-24");
});

test("editions: the newest with their readers, and how many there are now, without an address", async () => {
  known.list.editions.push({
    date: "2026-11-23",
    state: "draft",
    subject: "<i>Rain</i>",
    audience: 1200,
    accepted: 1180,
    worth: { yes: 42, no: 8 },
  });
  const { body } = await viewer.get("/desk/daily/editions");
  expect(text(body)).toContain("The Daily 12,340 readers");
  expect(body).toContain("1,180");
  expect(text(body)).toMatch(/Worth reading .* 84 % of 50/);
  expect(body).toContain("&lt;i&gt;Rain&lt;/i&gt;");
  expect(body).not.toContain("@");
  expect((await viewer.get("/desk/nightly/editions")).status).toBe(404);
});

const text = (page: string) => page.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

describe("results", () => {
  const words = (page: string) => page.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

  test("are one command: each number of an edition with its part, and what is usual", async () => {
    const { body } = await viewer.get("/desk/daily/results");
    expect(desk.requests).toEqual([{ do: "results", newsletter: "daily", by: "The viewer" }]);
    expect(words(body)).toContain("Delivered 12,295 99.6 % of the audience");
    expect(words(body)).toContain("Bounced 27 0.22 % of the accepted");
    expect(words(body)).toMatch(/Bounced 27 .* Usually 0\.17 %/);
    expect(words(body)).toContain("Unsubscribed 12 0.10 % of the audience");
    expect(words(body)).toContain("Worth reading 262 84.0 % of those who answered");
    expect(words(body)).toContain("60 joined, 17 left");
    expect(words(body)).toContain("Of those who left: 12 unsubscribed, 4 bounced, 1 removed by an operator");
    expect(words(body)).toContain("Bounced: no such mailbox 20");
    expect(body).not.toContain("News of 2026-11-23 <b>");
  });

  test("each chart says in words what it shows, marks its edition without colour, and has no style of its own", async () => {
    known.results.of = "2026-11-20";
    const { body } = await viewer.get("/desk/daily/results?date=2026-11-20");
    expect(desk.requests).toMatchObject([{ do: "results", date: "2026-11-20" }]);
    const charts = body.match(/<svg class="trend".*?<\/svg>/gs) ?? [];
    expect(charts).toHaveLength(7);
    for (const chart of charts) {
      expect(chart).toMatch(/role="img" aria-label="[^"]+edition by edition: [^"]+\."/);
      expect(chart.match(/<g/g)).toHaveLength(14);
      expect(chart.match(/class="mark"/g)).toHaveLength(1);
      expect(chart).toMatch(/<g class="chosen"><title>Fri 20 Nov: .*?class="mark"/);
      expect(chart).not.toMatch(/NaN|undefined|Infinity| style=/);
    }
    expect(charts[3]).toContain("<title>Mon 16 Nov: not known</title>");
    expect(charts[3]?.match(/class="unknown"/g)).toHaveLength(7);
    expect(body).toMatch(/<tr class="chosen"><th scope="row"><a href="[^"]*date=2026-11-20" aria-current="true">/);
  });

  test("leave out what no edition has, and tell what isn't counted from zero", async () => {
    known.results.editions = known.results.editions.map((one) => ({ ...one, worth: null, audienceChange: null }));
    const { body } = await viewer.get("/desk/daily/results");
    expect(body).not.toMatch(/<h3>(Worth reading|Unsubscribed)/);
    expect(words(body)).toContain("Joined and left –");
  });

  test("of the first edition, and of none at all, are pages too", async () => {
    known.results.editions = known.results.editions.slice(0, 1);
    known.results.causes = [];
    const { body } = await viewer.get("/desk/daily/results");
    expect(words(body)).toContain("This edition Delivered");
    expect(words(body)).toContain("Nothing to compare with yet");
    // One bar is as wide as one of fourteen.
    expect(new Set(body.match(/viewBox="0 0 \d+ 57"/g))).toEqual(new Set(['viewBox="0 0 280 57"']));
    expect(body.match(/<rect x="263" y="0.0" width="14"/g)).not.toBeNull();
    expect(words(body)).toContain("Nothing came back");
    refuse = ({ do: name }) => (name === "results" ? fault("no-edition", "daily has sent no edition yet.") : undefined);
    const none = await viewer.get("/desk/daily/results");
    expect(none.status).toBe(200);
    expect(none.body).toContain("No edition was sent yet");
    expect((await viewer.get("/desk/daily/results?date=2026-01-01")).status).toBe(404);
    expect((await viewer.get("/desk/none/results")).status).toBe(404);
  });
});

describe("home", () => {
  test("is one command, and says today, tomorrow, the last fortnight and the days ahead", async () => {
    const { body } = await viewer.get("/desk");
    expect(desk.requests.map((request) => request.do)).toEqual(["board"]);
    expect(text(body)).toMatch(/Today Tuesday 24 November Draft Snow &lt;at&gt; last Goes out/);
    expect(text(body)).toMatch(/Tomorrow Wednesday 25 November Not drafted/);
    expect(body.match(/<ol class="fortnight">.*<\/ol>/s)?.[0].match(/<li/g)).toHaveLength(14);
    expect(text(body)).toMatch(/15 Nov Skipped 16 Nov 12,322 9 bounced 9 min/);
    expect(text(body)).toMatch(/Fri 27 Nov 07:00 Sat 28 Nov no edition/);
    expect(text(body)).toContain("12 sources , all healthy");
    expect(text(body)).toMatch(/No problems Today: to come/);
    expect(text(body)).toMatch(/Today Draft 07:00, in 3 h .*Tomorrow Not drafted/);
    expect(body).toContain("<title>Last 14 days: 13 sent, 1 without an edition</title>");
    expect(body).not.toContain('class="problems"');
    expect(body).toMatch(/<details class="paper-more" data-key="paper-daily" open>/);
  });

  test("of a large newsroom is a row for each newsletter, which opens, after the problems of all", async () => {
    const held = board({
      title: "Le Soir",
      language: "fr",
      next: [
        {
          plan: plan({
            outlook: outlook({ kind: "stopped", isUrgent: true, text: "Held: 9 deliveries are unclear." }),
          }),
          edition: boardDay("2026-11-24", { state: "held", held: 9, subject: `Ils disent "non"` }),
        },
      ],
    });
    const papers = Array.from({ length: 8 }, (_, n) => (n === 6 ? held : board()).newsletters);
    known.board = { ...board(), newsletters: papers.flat().map((one, n) => ({ ...one, name: `paper${n}` })) };
    const { body } = await viewer.get("/desk");
    expect(body.match(/<section class="card paper"/g)).toHaveLength(8);
    expect(body).not.toMatch(/<details class="paper-more"[^>]* open/);
    expect(text(body)).toMatch(
      /1 problem Today: 7 to come, 1 stopped Today&#39;s edition of Le Soir has stopped Held: 9 deliveries/,
    );
    expect(body.indexOf("has stopped")).toBeLessThan(body.indexOf('<section class="card paper"'));
    expect(body).toContain('<bdi lang="fr">Ils disent «\u202fnon\u202f»</bdi>');
  });

  test.each([
    ["draft", 0, "Edit Send"],
    ["skipped", 0, "View Reopen…"],
    ["cancelled", 0, "View Reopen…"],
    ["cancelled", 50, "View Delivery"],
    ["paused", 50, "View Delivery"],
  ] as const)(
    "an edition that is %s, with an audience of %i, links to its pages by what they offer",
    async (...row) => {
      const [state, audience, links] = row;
      known.board = board({ next: [{ plan: plan(), edition: boardDay("2026-11-24", { state, audience }) }] });
      expect(text((await viewer.get("/desk")).body)).toContain(`${links} Last 14 days`);
    },
  );

  test("raises what needs a person: held, unknown, failing sources", async () => {
    const past = [
      boardDay("2026-11-20", { state: "halted", outlook: outlook({ kind: "stopped", text: "Halted: refused." }) }),
      boardDay("2026-11-21", { held: 7 }),
      boardDay("2026-11-22", { unknown: 50, held: 8 }),
      boardDay("2026-11-23", { state: "held", outlook: outlook({ kind: "stopped", text: "Held: too many bounces." }) }),
    ];
    const failing = [{ id: "post", title: "<b>Post</b>", failures: 3, error: "503" }];
    const paused = outlook({ kind: "stopped", needsPerson: true, text: "Paused by Edith." });
    known.board = board({ past, ahead: [{ date: "2026-11-28", outlook: paused, note: null }] }, failing);
    const { body } = await viewer.get("/desk");
    expect(text(body)).toMatch(
      /Halted The Daily , Fri 20 Nov : Refused\..*Held The Daily , Sat 21 Nov : 7 deliveries wait for a decision\./,
    );
    expect(text(body)).toMatch(
      /Unknown The Daily , Sun 22 Nov : 50 deliveries have no known outcome, 8 held\. Held The Daily , Mon 23 Nov : Too many bounces\./,
    );
    expect(body).toContain('href="/desk/daily/2026-11-22/send"');
    expect(text(body)).toMatch(/6 problems .* The Daily , Sat 28 Nov : Paused by Edith\..* Sat 28 Nov stopped/);
    expect(text(body)).toMatch(/Failing &lt;b&gt;Post&lt;\/b&gt;/);
  });
});
