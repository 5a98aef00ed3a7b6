import { expect, test } from "vitest";
import type { Invoke } from "#cli/client.ts";
import { regionOf } from "#cli/region.ts";
import { inSystem } from "#cli/system/doctor.ts";
import { Problem } from "#cli/terminal/problem.ts";
import { board } from "../../functions/desk/answers.ts";
import { ask, broadsheet, json, spawned } from "../command-line.ts";

const healthy: Record<string, object> = {
  "source list": { sources: [] },
  "dlq list": { letters: [], counts: [{ queue: "kicks", dead: 0 }] },
  "keys list": { keys: [] },
  list: { editions: [] },
  board: { ...board(), newsletters: [] },
  health: { unreadable: [], restored: false, leaseUntil: null, quota: null },
};
const answers =
  (changes: Record<string, object> = {}) =>
  ({ do: name }: { do: string }) => ({ ok: true, ...healthy[name], ...changes[name] });

test("doctor names each fault with its fix, as text and as JSON, and exits with 1", async () => {
  const dead = answers({ "dlq list": { letters: [], counts: [{ queue: "feedback", dead: 3 }] } });
  const text = await ask(dead, ["doctor"]);
  expect(text.code).toBe(1);
  expect(text.out).toContain("3 messages of feedback are dead.");
  expect(text.out).toContain("dlq redrive feedback");
  const ran = await ask(dead, ["doctor", "--json"]);
  expect(ran.code).toBe(1);
  const { ok, findings, ...more } = json(ran);
  expect(more).toEqual({});
  expect(ok).toBe(false);
  expect(findings.map(({ id }: { id: string }) => id)).toContain("dead-letters");
  for (const finding of findings) expect(Object.keys(finding).sort()).toEqual(["cause", "fix", "id", "level", "what"]);
});

test("doctor leaves out the keys of a local system, which sends to no one", async () => {
  const keys = [{ use: "link", id: "k1", since: null, next: null, keys: 1, isOwn: false }];
  const { out } = await ask(answers({ "keys list": { keys } }), ["doctor"]);
  expect(out).not.toContain("first key");
});

test("an account or a stack that can't be reached is a finding, and the others are shown too", async () => {
  const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_REGION: "us-east-1", AWS_MAX_ATTEMPTS: "1" };
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const ran = await spawned(["doctor", "--stack", "broadsheet", "--json"], { env: { ...env, ...keys } });
  expect(ran.code).toBe(1);
  const ids = json(ran).findings.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(["example-address", "aws-unreachable"]));
  expect(ids).not.toContain("system-silent");
}, 60_000);

test.each([
  ["its function is missing", new Problem("bad-request", "There is no function broadsheet-command.")],
  ["its function answers with an error", new Error("connect ECONNREFUSED")],
])("a deployed system that doesn't answer is a finding: %s", async (_, error) => {
  const invoke: Invoke = () => Promise.reject(error);
  expect(await inSystem(invoke, ["daily"], { isDeployed: true })).toMatchObject([
    { id: "system-silent", cause: error.message },
  ]);
  await expect(inSystem(invoke, ["daily"], { isDeployed: false })).rejects.toThrow(error.message);
});

test("a newsletter that the deployment doesn't know is drift between config and stack", async () => {
  const unknown = (request: { do: string }) =>
    request.do === "list"
      ? { ok: false, fault: { code: "unknown-newsletter", message: "There is no newsletter daily." } }
      : answers()(request);
  expect((await ask(unknown, ["doctor"])).out).toContain("npx cdk deploy");
});

test("before a deployment it needs no system, and says what the sample config lacks", async () => {
  const ran = await broadsheet(["doctor", "--before-deploy", "--json", "--data", "/nowhere", "--region", "us-east-1"]);
  expect(ran.code).toBe(1);
  const ids = json(ran).findings.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(["example-address", "no-operator", "no-domain"]));
}, 30_000);

test("the region is the option's, then the config's, then the shell's, whichever variable has it", () => {
  expect(regionOf("eu-west-1", { AWS_REGION: "us-east-1" })).toBe("eu-west-1");
  expect(regionOf(undefined, { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-west-2" })).toBe("us-east-1");
  expect(regionOf(undefined, { AWS_DEFAULT_REGION: "us-west-2" })).toBe("us-west-2");
  expect(regionOf(undefined, { AWS_REGION: "" })).toBeUndefined();
});

test("status shows what comes next, the last editions and what needs a person", async () => {
  const edition = { date: "2026-11-30", state: "held", subject: "Snow", audience: 10, accepted: 4, worth: null };
  const [newsletter] = board().newsletters;
  const known = {
    list: { editions: [edition] },
    board: { ...board(), newsletters: [{ ...newsletter, name: "daily" }] },
  };
  const ran = await ask(answers(known), ["status"]);
  expect(ran.err).toBe("");
  expect(ran.code).toBe(0);
  expect(ran.out).toContain("daily:\n  2026-11-24  Goes out by itself Tue 24 Nov 07:00 Europe/London.\n  2026-11-25  ");
  expect(ran.out).toMatch(/2026-11-30 +held +4 of 10 +Snow/);
  expect(ran.out).toContain("The edition of daily for 2026-11-30 is held.");
  const shown = json(await ask(answers(known), ["status", "--json"]));
  expect(shown.newsletters).toMatchObject([{ newsletter: "daily", editions: [edition] }]);
  expect(shown.newsletters[0].next[0]).toMatchObject({ date: "2026-11-24", outlook: { kind: "goes-out" } });
});
