import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { broadsheet, counts, edition, fakeSystem, newFolder, type Ran, spawned } from "./command-line.ts";

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

type Answers = Parameters<typeof fakeSystem>[0];

/** Runs one command against a system that answers so; gives what was asked of it too. */
async function ask(answers: Answers, args: readonly string[], input?: string) {
  const system = await fakeSystem(answers);
  close = system.close;
  const line = [...args, "--data", system.data, "--by", "ed"];
  const ran = await (input === undefined ? broadsheet(line) : spawned(line, { input }));
  return { ...ran, asked: system.asked, names: system.names };
}
const json = ({ out }: Pick<Ran, "out">) => JSON.parse(out);
const gives = (value: object) => () => ({ ok: true, ...value });

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
    ["edition undo daily", decision({ do: "undo" })],
    ["edition undo daily 3", decision({ do: "undo", of: 3 })],
    ["edition cancel daily", { do: "cancel", ...daily }],
    ["edition cancel", { do: "cancel", ...daily }],
    ["edition send daily --no-wait", { do: "send", ...daily }],
  ])("%s", async (line, request) => {
    const { asked, code, err, out } = await ask(gives({ edition: edition() }), [...line.split(" "), "--json"]);
    expect(err).toBe("");
    expect(asked).toEqual([request]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ newsletter: "daily", subject: "Snow at last" });
  });

  test("the global options may stand anywhere, and the function's name comes from the stack's", async () => {
    const system = await fakeSystem(gives({ edition: edition(), email: null }));
    close = system.close;
    const { code } = await broadsheet(["--json", "--data", system.data, "edition", "show", "daily"]);
    expect(code).toBe(0);
    const env = { AWS_ENDPOINT_URL_LAMBDA: system.lambda, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const deployed = ["edition", "show", "daily", "--stack", "mine", "--region", "eu-west-1", "--json"];
    const ran = await spawned(deployed, { env });
    expect([ran.code, ran.err, json(ran).newsletter]).toEqual([0, "", "daily"]);
    expect(system.names).toEqual(["broadsheet-command", "mine-command"]);
  });
});

describe("editions", () => {
  test("show sets the edition for a person, and nothing in it moves their cursor", async () => {
    const { out, code } = await ask(gives({ edition: edition(), email: null }), ["edition", "show", "daily"]);
    expect(code).toBe(0);
    expect(out).toContain("The edition of daily for 2026-11-23: draft");
    expect(out).toContain("  0  Snow [31mat last\n     The News · 1 paragraph\n");
    expect(out).toContain("  1  Rain\n     developing · The News · also in The Other\n     It is new.");
    expect(out).not.toContain("\u001b");
  });

  test("show --html and --text write the very bytes", async () => {
    const email = { subject: "s", html: "<p>ü\r\n</p>", text: "ü {{x}}" };
    const folder = newFolder();
    const files = ["--html", join(folder, "e.html"), "--text", join(folder, "e.txt")];
    const { asked, code } = await ask(gives({ edition: edition(), email }), ["edition", "show", "daily", ...files]);
    expect(asked).toMatchObject([{ do: "show", email: true }]);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "e.html"), "utf8")).toBe(email.html);
    expect(readFileSync(join(folder, "e.txt"), "utf8")).toBe(email.text);
  });

  test("draft reads the file as it is, byte order mark and line ends apart", async () => {
    const file = join(newFolder(), "digest.txt");
    writeFileSync(file, "\ufeffLëad\r\n\r\nOne\n");
    const args = ["edition", "draft", "daily", "--from", file, "--subject", "S", "--replace", "--json"];
    const { asked } = await ask(gives({ edition: edition() }), args);
    expect(asked).toEqual([
      { do: "draft", newsletter: "daily", text: "Lëad\r\n\r\nOne\n", subject: "S", replace: true, by: "ed" },
    ]);
  });

  test("draft says what is wrong with a file, and asks nothing", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "latin1.txt"), Buffer.from([0x4c, 0xe9, 0x61, 0x64]));
    for (const [file, message] of [
      [join(folder, "none.txt"), "there is no such file"],
      [folder, "it is a folder"],
      [join(folder, "latin1.txt"), "is not UTF-8"],
    ] as const) {
      const { asked, code, err } = await ask(gives({}), ["edition", "draft", "daily", "--from", file]);
      expect(err).toContain(message);
      expect(code).toBe(1);
      expect(asked).toEqual([]);
    }
  });

  test("list is a table, or JSON", async () => {
    const line = { date: "2026-11-23", state: "finished", subject: "Snow", audience: 1200, accepted: 1200 };
    const { out } = await ask(gives({ editions: [line] }), ["edition", "list", "daily"]);
    expect(out).toBe(
      "DATE        STATE     READERS  ACCEPTED  SUBJECT\n2026-11-23  finished  1,200    1,200     Snow\n",
    );
    await close?.();
    expect(json(await ask(gives({ editions: [line] }), ["edition", "list", "daily", "--json"]))).toEqual({
      editions: [line],
    });
  });

  test("test says where the mail went", async () => {
    const { asked, out } = await ask(gives({ messageId: "m1" }), [
      "edition",
      "test",
      "daily",
      "--to",
      "me@example.com",
    ]);
    expect(asked).toMatchObject([{ do: "test", to: "me@example.com" }]);
    expect(out).toContain("me@example.com (m1)");
  });
});

describe("send waits", () => {
  const sending = (change: object) => edition({ state: "sending", counts: counts({ audience: 100, ...change }) });

  /** The first answers `send`, each later one a `show`; the last stays. */
  const inTurn = (...editions: object[]): Answers => {
    let at = 0;
    return () => {
      const answer = { ok: true, edition: editions[Math.min(at, editions.length - 1)], email: null };
      at += 1;
      return answer;
    };
  };
  const send = (...editions: object[]) => ask(inTurn(...editions), ["edition", "send", "daily", "--json"]);

  test("until it is finished", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 99, skipped: 1 }) });
    const answers = inTurn(sending({ waiting: 100 }), sending({ waiting: 50, accepted: 50 }), finished);
    const { code, asked, out } = await ask(answers, ["edition", "send", "daily"]);
    expect(asked.map((request) => request.do)).toEqual(["send", "show", "show"]);
    expect(code).toBe(0);
    expect(out).toMatch(/is sent: SES took it for 99 of 100 readers in [\d.]+ s; 1 skipped\./);
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
    const { code, asked } = await send(sending({ failed: 100 }), sending({ failed: 100 }), finished);
    expect(code).toBe(0);
    expect(asked).toHaveLength(3);
  });

  test("not for a held edition: it gives the reason and fails", async () => {
    const held = edition({
      state: "held",
      reason: "SES paused the account.",
      counts: counts({ audience: 9, held: 9 }),
    });
    const ran = await send(sending({ waiting: 9 }), held);
    expect(ran.code).toBe(1);
    expect(json(ran).fault.message).toContain("SES paused the account");
  });

  test("not with --no-wait", async () => {
    const { asked, code } = await ask(inTurn(sending({ waiting: 100 })), ["edition", "send", "daily", "--no-wait"]);
    expect(asked).toHaveLength(1);
    expect(code).toBe(0);
  });
});

describe("subscribers", () => {
  const addAll: Answers = ({ addresses }) => {
    const all = addresses as string[];
    const refused = all.flatMap((address, at) => (address.includes("@") ? [] : [{ at, why: "it has no @" }]));
    return { ok: true, added: all.length - refused.length, already: 0, refused };
  };

  test("a file is added in pieces of 500; a bad line is named by its number and stops no other", async () => {
    const lines = Array.from({ length: 1100 }, (_, n) => `r${n}@example.com`);
    lines[700] = "broken";
    lines[3] = "";
    const file = join(newFolder(), "readers.txt");
    writeFileSync(file, lines.join("\r\n"));
    const ran = await ask(addAll, ["subscriber", "add", "daily", "--file", file, "--json"]);
    expect(ran.asked.map(({ addresses }) => (addresses as string[]).length)).toEqual([500, 500, 99]);
    expect(json(ran)).toMatchObject({
      added: 1098,
      refused: [{ line: 701, address: "broken", why: "it has no @" }],
      fault: { code: "bad-address", message: expect.stringContaining("line 701: broken") },
    });
    expect(ran.code).toBe(1);
  });

  test("a file may come by standard input", async () => {
    const input = "a@example.com\nb@example.com\n";
    const { asked, code } = await ask(addAll, ["subscriber", "add", "daily", "--file", "-"], input);
    expect(asked).toMatchObject([{ addresses: ["a@example.com", "b@example.com"] }]);
    expect(code).toBe(0);
  });

  test.each([
    [["subscriber", "add", "daily"], "Whom?"],
    [["subscriber", "add", "daily", "a@example.com", "--file", "x"], "not both"],
  ])("%j is misuse", async (args, message) => {
    const { code, err, asked } = await ask(addAll, args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(asked).toEqual([]);
  });

  test("the list goes through all pages and is sorted by address", async () => {
    const one = (address: string) => ({ address, status: "active", addedAt: "2026-11-23T07:00:00.000Z" });
    const answers: Answers = ({ after }) =>
      after === undefined
        ? { ok: true, subscribers: [one("b@example.com")], next: "b" }
        : { ok: true, subscribers: [one("a@example.com")], next: null };
    const { out, asked } = await ask(answers, ["subscriber", "list", "daily"]);
    expect(asked).toHaveLength(2);
    expect(out).toContain("a@example.com  active  2026-11-23\nb@example.com  active  2026-11-23\n\n2 of 2 active");
  });

  test("one is shown and removed", async () => {
    const subscriber = {
      address: "a@example.com",
      status: "left",
      consent: "vouched for by ed, 2026-11-20",
      addedAt: "2026-11-20T07:00:00.000Z",
      changedAt: "2026-11-23T07:00:00.000Z",
    };
    expect(json(await ask(gives({ subscriber }), ["subscriber", "show", "daily", "a@example.com", "--json"]))).toEqual(
      subscriber,
    );
    await close?.();
    const removed = await ask(gives({ removed: true }), ["subscriber", "remove", "daily", "a@example.com", "--json"]);
    expect(json(removed)).toEqual({ removed: true });
  });
});

describe("sources", () => {
  const report = (change: object) => ({
    source: "example",
    title: "Example",
    url: "https://example.com/feed.xml",
    outcome: "polled",
    fresh: 3,
    changed: 0,
    same: 0,
    refused: [],
    error: null,
    ...change,
  });
  const failed = report({ source: "bad", outcome: "failed", fresh: 0, error: "https://bad.example answered 500." });

  test("ingest says what each gave; one that fails is named and is not the command's failure", async () => {
    const { out, code } = await ask(gives({ reports: [report({}), failed] }), ["ingest"]);
    expect(out).toMatch(/example\s+polled\s+3/);
    expect(out).toContain("bad: https://bad.example answered 500.");
    expect(code).toBe(0);
  });

  test("ingest fails when nothing could be read", async () => {
    const ran = await ask(gives({ reports: [failed] }), ["ingest", "bad", "--json"]);
    expect(ran.asked).toMatchObject([{ do: "ingest", source: "bad" }]);
    expect(ran.code).toBe(1);
    expect(json(ran)).toMatchObject({ ok: false, fault: { code: "fetch-failed" }, reports: [{ source: "bad" }] });
  });

  test("add passes on what is given", async () => {
    const fault = { code: "bad-request", message: "no" };
    const args = ["source", "add", "https://example.com/", "--id", "ex", "--title", "Ex", "--weight", "2"];
    const { asked } = await ask(() => ({ ok: false, fault }), args);
    expect(asked).toEqual([
      { do: "source add", url: "https://example.com/", id: "ex", title: "Ex", weight: 2, by: "ed" },
    ]);
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
