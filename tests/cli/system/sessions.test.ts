import { expect, test } from "vitest";
import { ask, gives, json } from "../command-line.ts";

const ann = { id: "u-1", name: "Ann", email: "ann@example.com", signedInAt: "2026-11-23T07:05:09.000Z" };
const bo = { id: "u-2", name: "Bo", email: null, signedInAt: "2026-11-22T22:00:00.000Z" };

test("desk sessions list says who is signed in, since when", async () => {
  const ran = await ask(gives({ sessions: [ann, bo] }), ["desk", "sessions", "list"]);
  expect([ran.code, ran.requests]).toEqual([0, [{ do: "desk sessions list" }]]);
  expect(ran.out.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["NAME", "ADDRESS", "ID", "SIGNED IN (UTC)"],
    ["Ann", "ann@example.com", "u-1", "2026-11-23 07:05"],
    ["Bo", "u-2", "2026-11-22 22:00"],
    [""],
  ]);
  const none = await ask(gives({ sessions: [] }), ["desk", "sessions", "list"]);
  expect(none.out).toBe("No one is signed in.\n");
});

test("desk sessions list --json is what the command function said", async () => {
  const ran = await ask(gives({ sessions: [ann] }), ["desk", "sessions", "list", "--json"]);
  expect(json(ran)).toMatchObject({ sessions: [ann] });
});

test("desk sessions end ends them in the operator's name, and says how to keep the person out", async () => {
  const ran = await ask(gives({ ended: [ann, ann] }), ["desk", "sessions", "end", "ann@example.com"]);
  expect([ran.code, ran.requests]).toEqual([0, [{ do: "desk sessions end", person: "ann@example.com", by: "ed" }]]);
  expect(ran.out).toMatch(/^2 sessions of Ann ended\. .*take their role away/);
});

test("desk sessions end of someone who isn't signed in says where to look", async () => {
  const ran = await ask(gives({ ended: [] }), ["desk", "sessions", "end", "Cy"]);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/No one .* is signed in: Cy\. .*desk sessions list/);
});

test("desk sessions end of two people of one name fails with what to do", async () => {
  const message = '2 people at the desk are called "Ann". Name one by address or id: desk sessions list.';
  const ran = await ask(
    () => ({ ok: false, fault: { code: "bad-request", message } }),
    [...["desk", "sessions", "end", "Ann"]],
  );
  expect([ran.code, ran.out]).toEqual([1, ""]);
  expect(ran.err).toContain(message);
});

test("desk sessions end wants a person", async () => {
  const ran = await ask(gives({}), ["desk", "sessions", "end"]);
  expect([ran.code, ran.requests]).toEqual([2, []]);
});
