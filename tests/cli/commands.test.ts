import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connect } from "#cli/client.ts";
import { follow } from "#cli/send.ts";
import { bench } from "../testing/workbench-fixture.ts";
import {
  type Answers,
  ask,
  broadsheet,
  counts,
  edition,
  fakeSystem,
  gives,
  json,
  newFolder,
  spawned,
} from "./command-line.ts";

describe("each command asks the command function", () => {
  const daily = { newsletter: "daily", by: "ed" };
  const decision = (what: object) => ({ do: "decide", ...daily, decision: what });
  test.each<[string, object]>([
    ["edition build daily", { do: "build", ...daily }],
    ["edition build daily --date 2026-11-23", { do: "build", ...daily, date: "2026-11-23" }],
    ["edition build", { do: "build", ...daily }],
    ["edition pin daily 3", decision({ do: "pin", story: "3" })],
    ["edition pin daily 3 --at 0", decision({ do: "pin", story: "3", at: 0 })],
    ["edition pin daily abc 2", decision({ do: "pin", story: "abc", at: 2 })],
    ["edition remove daily 5", decision({ do: "remove", story: "5" })],
    ["edition move daily 5 --to 1", decision({ do: "move", story: "5", to: 1 })],
    ["edition move daily 5 1", decision({ do: "move", story: "5", to: 1 })],
    ["edition rewrite daily 0 --title Snow", decision({ do: "rewrite", story: "0", title: "Snow" })],
    ["edition rewrite daily --subject Snow", decision({ do: "rewrite", subject: "Snow" })],
    [
      "edition rewrite daily 0 --paragraph One --paragraph Two --preheader P",
      decision({ do: "rewrite", story: "0", paragraphs: ["One", "Two"], preheader: "P" }),
    ],
    ["edition skip daily", decision({ do: "skip" })],
    ["edition skip daily --reason Holiday", decision({ do: "skip", reason: "Holiday" })],
    ["edition skip daily Public holiday", decision({ do: "skip", reason: "Public holiday" })],
    ["edition lead daily 5", decision({ do: "lead", story: "5" })],
    ["edition restore daily abcdef", decision({ do: "restore", story: "abcdef" })],
    ["edition add daily https://a.example/1", decision({ do: "add", story: "https://a.example/1" })],
    ["edition add daily abcdef --at 3 --title T", decision({ do: "add", story: "abcdef", at: 3, title: "T" })],
    ["edition reset daily", decision({ do: "reset" })],
    ["edition reset daily 0 --field title", decision({ do: "reset", story: "0", fields: ["title"] })],
    ["edition picture daily 0 2", decision({ do: "picture", story: "0", picture: "2" })],
    ["edition picture daily 0 --drop", decision({ do: "picture", story: "0", picture: null })],
    [
      "edition picture daily 1 --focus 70,30 --alt Ferry",
      decision({ do: "picture", story: "1", focus: { x: 70, y: 30 }, alt: "Ferry" }),
    ],
    ["edition picture daily 1 --focus auto", decision({ do: "picture", story: "1", focus: null })],
    ["edition split daily 3 2 4", decision({ do: "split", story: "3", articles: ["2", "4"] })],
    ["edition join daily 3 7", decision({ do: "join", story: "3", other: "7" })],
    ["edition reset daily 0 --field picture", decision({ do: "reset", story: "0", fields: ["picture"] })],
    ["edition redo daily", decision({ do: "redo" })],
    ["edition undo daily", decision({ do: "undo" })],
    ["edition undo daily 3", decision({ do: "undo", of: 3 })],
    ["edition cancel daily", { do: "cancel", ...daily }],
    ["edition cancel", { do: "cancel", ...daily }],
    ["edition send daily --no-wait", { do: "send", ...daily }],
    ["edition send daily --no-wait --after 90 --hash abc", { do: "send", ...daily, after: 90, hash: "abc" }],
    ["edition send daily --no-wait --date-far", { do: "send", ...daily, dateFar: true }],
    ["edition withdraw daily --date 2026-11-23", { do: "withdraw", ...daily, date: "2026-11-23" }],
  ])("%s", async (line, request) => {
    const { requests, code, err, out } = await ask(gives({ edition: edition(), workbench: bench }), [
      ...line.split(" "),
      "--json",
    ]);
    expect(err).toBe("");
    expect(requests).toEqual([request]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ newsletter: "daily", subject: "Snow at last" });
  });

  test("the global options may stand anywhere, and the function's name comes from the stack's", async () => {
    const system = await fakeSystem(gives({ edition: edition(), email: null }));
    const { code } = await broadsheet(["--json", "--data", system.data, "edition", "show", "daily"]);
    expect(code).toBe(0);
    const env = { AWS_ENDPOINT_URL_LAMBDA: system.lambda, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const deployed = ["edition", "show", "daily", "--stack", "mine", "--region", "eu-west-1", "--json"];
    const ran = await spawned(deployed, { env });
    expect([ran.code, ran.err, json(ran).newsletter]).toEqual([0, "", "daily"]);
    expect(system.names).toEqual(["broadsheet-command", "mine-command"]);
    await system.close();
  });
});

describe("editions", () => {
  test("show sets the edition for a person, and nothing in it moves their cursor", async () => {
    const outlook = {
      kind: "sent",
      at: null,
      latest: null,
      needsPerson: false,
      isUrgent: false,
      text: "Sent. 9 accepted.",
    };
    const { out, code } = await ask(gives({ edition: edition(), outlook, email: null }), ["edition", "show", "daily"]);
    expect(out).toMatch(/^The edition of daily for 2026-11-23: Sent\. 9 accepted\.\n/);
    expect(code).toBe(0);
    expect(out).toContain("  0  Snow [31mat last\n     The News · 1 paragraph\n");
    expect(out).toContain("  1  Rain\n     developing · The News · also in The Other\n     It is new.");
    expect(out).not.toContain("\u001b");
  });

  test("show --html and --text write the very bytes", async () => {
    const email = { subject: "s", html: "<p>ü\r\n</p>", text: "ü {{x}}" };
    const folder = newFolder();
    const files = ["--html", join(folder, "e.html"), "--text", join(folder, "e.txt")];
    const { requests, code } = await ask(gives({ edition: edition(), email }), ["edition", "show", "daily", ...files]);
    expect(requests).toMatchObject([{ do: "show", email: true }]);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "e.html"), "utf8")).toBe(email.html);
    expect(readFileSync(join(folder, "e.txt"), "utf8")).toBe(email.text);
  });

  test("add --fetch asks the page first; what is said by hand counts before it", async () => {
    const page = {
      url: "https://g.example/1",
      title: "Ferry",
      source: "The Gull",
      summary: "",
      image: null,
      language: "en",
    };
    const answers: Answers = ({ do: name }) =>
      name === "page" ? { ok: true, page } : { ok: true, edition: edition(), workbench: bench };
    const { requests } = await ask(answers, [
      "edition",
      "add",
      "daily",
      page.url,
      "--fetch",
      "--source",
      "Gull",
      "--json",
    ]);
    expect(requests).toEqual([
      { do: "page", url: page.url },
      {
        do: "decide",
        newsletter: "daily",
        decision: { do: "add", story: page.url, title: "Ferry", source: "Gull" },
        by: "ed",
      },
    ]);
  });

  test("story lists articles and pictures by the numbers that picture and split take", async () => {
    const image = { url: "https://g.example/1.jpg", alt: "", width: null, height: null };
    const one = { id: "a".repeat(24), title: "Ferry", url: null, source: "The Gull", at: "2026-11-23T06:00:00.000Z" };
    const story = {
      ...{ storyId: one.id, place: 3, title: "Ferry", source: "The Gull", image, isChosen: false, showsPicture: true },
      ...{ articles: [{ ...one, isShown: true }], pictures: [{ image, source: "The Gull" }], others: [] },
    };
    const { out } = await ask(gives({ story }), ["edition", "story", "daily", "3"]);
    expect(out).toMatch(/Ferry: headline 3/);
    expect(out).toMatch(/1 +The Gull +Ferry \(shown\)/);
    expect(out).toMatch(/1 +The Gull +no text \(shown\) +https:\/\/g.example\/1.jpg/);
  });

  test("draft reads the file as it is, byte order mark and line ends apart", async () => {
    const file = join(newFolder(), "digest.txt");
    writeFileSync(file, "\ufeffLëad\r\n\r\nOne\n");
    const args = ["edition", "draft", "daily", "--from", file, "--subject", "S", "--replace", "--json"];
    const { requests } = await ask(gives({ edition: edition() }), args);
    expect(requests).toEqual([
      { do: "draft", newsletter: "daily", text: "Lëad\r\n\r\nOne\n", subject: "S", replace: true, by: "ed" },
    ]);
  });

  test("draft says what is wrong with a file, and asks nothing", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "latin1.txt"), Buffer.from([0x4c, 0xe9, 0x61, 0x64]));
    for (const [file, message] of [
      [join(folder, "none.txt"), "no such file or folder"],
      [folder, "it is a folder"],
      [join(folder, "latin1.txt"), "is not UTF-8"],
    ] as const) {
      const { requests, code, err } = await ask(gives({}), ["edition", "draft", "daily", "--from", file]);
      expect(err).toContain(message);
      expect(code).toBe(1);
      expect(requests).toEqual([]);
    }
  });

  test("list is a table, or JSON", async () => {
    const line = {
      date: "2026-11-23",
      state: "finished",
      subject: "Snow",
      audience: 1200,
      accepted: 1200,
      worth: null,
    };
    const { out } = await ask(gives({ editions: [line] }), ["edition", "list", "daily"]);
    expect(out).toBe(
      "DATE        STATE     READERS  ACCEPTED  SUBJECT\n2026-11-23  finished  1,200    1,200     Snow\n",
    );
    expect(json(await ask(gives({ editions: [line] }), ["edition", "list", "daily", "--json"]))).toEqual({
      editions: [line],
    });
  });

  test("cancel says who got it, who may have and who will not", async () => {
    const cancelled = (change: object) => gives({ edition: edition({ state: "cancelled", counts: counts(change) }) });
    const of = async (change: object) => (await ask(cancelled(change), ["edition", "cancel", "daily"])).out;
    expect(await of({ audience: 90, accepted: 70, unknown: 14, waiting: 6 })).toContain(
      "SES accepted it for 70 readers, 14 are unknown and may have it, 6 won't get it.",
    );
    expect(await of({ audience: 90, accepted: 70, waiting: 20 })).toContain(
      "SES accepted it for 70 readers, 20 won't get it.",
    );
    expect(await of({})).toContain("Nothing was sent.");
  });

  test("test says where the mail went", async () => {
    const { requests, out } = await ask(gives({ messageId: "m1" }), [
      "edition",
      "test",
      "daily",
      "--to",
      "me@example.com",
    ]);
    expect(requests).toMatchObject([{ do: "test", to: "me@example.com" }]);
    expect(out).toContain("me@example.com (message m1)");
  });
});

describe("send waits", () => {
  const sending = (change: object) => edition({ state: "sending", counts: counts({ audience: 100, ...change }) });

  /** The first answers `send`, each later one a `follow`; the last stays, for `show` too. */
  const inTurn = (...editions: object[]): Answers => {
    let at = 0;
    const followed = { stage: null, onTheirWay: 0, rate: null, finishAt: null, notice: null, unknown: [] };
    const times = {
      timeZone: "UTC",
      own: null,
      due: null,
      asked: null,
      approvedAt: null,
      approvedBy: null,
      changedBy: null,
    };
    const cost = { dollars: 0.01, dollarsBesides: 0.001, secondPerson: false };
    const plan = {
      ...times,
      ...cost,
      readers: 100,
      rate: 14,
      seconds: 8,
      finishAt: "2026-11-23T07:00:08.000Z",
      warning: null,
      subject: "Snow at last",
      replaces: "Then nothing goes out at 18:00 today.",
      outlook: {
        kind: "goes-out",
        at: null,
        latest: null,
        needsPerson: false,
        isUrgent: false,
        text: "Goes out within a minute.",
      },
    };
    return ({ do: command }) => {
      if (command === "plan") return { ok: true, newsletter: "daily", date: "2026-11-23", ...plan };
      const one = editions[Math.min(at, editions.length - 1)];
      if (command !== "show") at += 1;
      return command === "follow" ? { ok: true, ...followed, ...one } : { ok: true, edition: one, email: null };
    };
  };
  const send = (...editions: object[]) => ask(inTurn(...editions), ["edition", "send", "daily", "--json"]);

  test("until it is finished", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 99, skipped: 1 }) });
    const answers = inTurn(sending({ waiting: 100 }), sending({ waiting: 50, accepted: 50 }), finished);
    const { code, requests, out } = await ask(answers, ["edition", "send", "daily"]);
    expect(requests.map((request) => request.do)).toEqual(["plan", "send", "follow", "follow", "show"]);
    expect(code).toBe(0);
    expect(out).toMatch(/is sent: SES accepted it for 99 of 100 readers in [\d.]+ s; 1 skipped\./);
  });

  test("not for what is unknown: it says so and fails", async () => {
    const ran = await send(sending({ waiting: 100 }), sending({ accepted: 50, unknown: 50 }));
    expect(ran.code).toBe(1);
    expect(json(ran)).toMatchObject({
      ok: false,
      fault: { code: "delivery-problem", message: expect.stringContaining("50 deliveries unknown") },
      counts: { unknown: 50 },
    });
  });

  test("for what failed for a passing reason, which is tried again", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 100 }) });
    const { code, requests } = await send(sending({ failed: 100 }), sending({ failed: 100 }), finished);
    expect(code).toBe(0);
    expect(requests.filter((request) => request.do === "follow")).toHaveLength(2);
  });

  test("not for a held edition: it gives the reason and fails", async () => {
    const held = edition({
      state: "held",
      reason: "Held because SES paused the account. Write to it.",
      counts: counts({ audience: 9, held: 9 }),
    });
    const ran = await send(sending({ waiting: 9 }), held);
    expect(ran.code).toBe(1);
    expect(json(ran).fault.message).toContain("(SES paused the account. Write to it)");
  });

  test("and says why nothing moves, and when it will", async () => {
    const dead = "SES has taken nothing since 2026-11-23 07:00 UTC (SES could not be reached).";
    const stuck = { ...sending({ waiting: 100 }), notice: dead };
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 100 }) });
    const { err, code } = await ask(inTurn(stuck, stuck, stuck, finished), ["edition", "send", "daily"]);
    const printed =
      "The edition of daily for 2026-11-23, “Snow at last”: now, to about 100 readers, at 14 a second, " +
      "done by 2026-11-23 07:00 UTC, for about $0.01, of which $0.01 to SES.\n" +
      "Then nothing goes out at 18:00 today.";
    expect([err, code]).toEqual([`${printed}\n${dead}\n`, 0]);
  });

  test("not for the quota, once the sender is not just being woken", async () => {
    const notice = "SES's daily quota is used up: it goes on as yesterday's leave it, next at 2026-11-23 09:15 UTC.";
    const asleep = { ...sending({ waiting: 40, accepted: 60 }), notice, finishAt: "2026-11-23T11:30:00.000Z" };
    const system = await fakeSystem(inTurn(asleep));
    let clock = 0;
    const show = () => {
      clock += 6_000;
    };
    const progress = { show, close: () => undefined };
    const last = await follow(connect({ data: system.data }), edition(), progress, () => clock);
    await system.close();
    expect([last.notice, system.requests.length]).toEqual([notice, 3]);
  });

  test("through a connection that breaks: the delivery goes on meanwhile", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 1, accepted: 1 }) });
    const answers = inTurn(sending({ waiting: 1 }), finished);
    let failures = 3;
    const failing: Answers = (request) =>
      request.do === "follow" && failures-- > 0 ? { nonsense: true } : answers(request);
    expect((await ask(failing, ["edition", "send", "daily"])).code).toBe(0);
  });

  test("for nobody where a person stopped it: it says how it goes on", async () => {
    const { err } = await ask(inTurn(edition({ state: "paused", reason: "paused by ed" })), [
      "edition",
      "send",
      "daily",
    ]);
    expect(err).toContain("is paused (paused by ed)");
    expect(err).toContain("edition resume daily --date 2026-11-23");
  });

  test("not with --no-wait", async () => {
    const { requests, code } = await ask(inTurn(sending({ waiting: 100 })), ["edition", "send", "daily", "--no-wait"]);
    expect(requests.map((request) => request.do)).toEqual(["plan", "send"]);
    expect(code).toBe(0);
  });
});

describe("faults", () => {
  const fault = { code: "no-edition", message: "daily has no edition for 2026-11-23." };
  const refuses = () => ({ ok: false, fault });

  test("for a person: the sentence on standard error, nothing on standard output, exit 1", async () => {
    const { code, out, err } = await ask(refuses, ["edition", "show", "daily"]);
    expect([code, out, err]).toEqual([1, "", `${fault.message}\n`]);
  });

  test("for a program: the fault as JSON on standard output, exit 1", async () => {
    const { code, out, err } = await ask(refuses, ["edition", "show", "daily", "--json"]);
    expect([code, JSON.parse(out), err]).toEqual([1, { ok: false, fault }, ""]);
  });

  test("a function that breaks is a sentence, not a stack", async () => {
    const { code, err } = await ask(() => ({ nonsense: true }), ["edition", "list", "daily"]);
    expect(code).toBe(1);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
