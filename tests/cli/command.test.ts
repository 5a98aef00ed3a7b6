import { describe, expect, test } from "vitest";
import { bench } from "../testing/editions/workbench-fixture.ts";
import { ask, broadsheet, edition, fakeSystem, gives, json, spawned } from "./command-line.ts";

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
