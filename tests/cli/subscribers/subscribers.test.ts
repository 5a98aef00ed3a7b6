import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Answers, ask, gives, json, newFolder } from "../command-line.ts";

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
    expect(ran.requests.map(({ addresses }) => (addresses as string[]).length)).toEqual([500, 500, 99]);
    expect(json(ran)).toMatchObject({
      added: 1098,
      refused: [{ line: 701, address: "broken", why: "it has no @" }],
      fault: { code: "bad-address", message: expect.stringContaining("line 701: broken") },
    });
    expect(ran.code).toBe(1);
  });

  test("an import that fails half-way says how far it came", async () => {
    let calls = 0;
    const answers: Answers = (request) => {
      calls += 1;
      return calls === 1 ? addAll(request) : { ok: false, fault: { code: "internal", message: "The table is away." } };
    };
    const file = join(newFolder(), "readers.txt");
    writeFileSync(file, Array.from({ length: 600 }, (_, n) => `r${n}@example.com`).join("\n"));
    const { code, err } = await ask(answers, ["subscriber", "add", "daily", "--file", file]);
    expect(code).toBe(1);
    expect(err).toContain("The table is away.\n500 subscribers had been added by then.");
  });

  test("a file may come by standard input", async () => {
    const input = "a@example.com\nb@example.com\n";
    const { requests, code } = await ask(addAll, ["subscriber", "add", "daily", "--file", "-"], input);
    expect(requests).toMatchObject([{ addresses: ["a@example.com", "b@example.com"] }]);
    expect(code).toBe(0);
  });

  test.each([
    [["subscriber", "add", "daily"], "Which addresses?"],
    [["subscriber", "add", "daily", "a@example.com", "--file", "x"], "not both"],
  ])("%j is misuse", async (args, message) => {
    const { code, err, requests } = await ask(addAll, args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(requests).toEqual([]);
  });

  test("the list goes through all pages and is sorted by address", async () => {
    const one = (address: string) => ({ address, status: "active", addedAt: "2026-11-23T07:00:00.000Z" });
    const answers: Answers = ({ after }) =>
      after === undefined
        ? { ok: true, subscribers: [one("b@example.com")], next: "b" }
        : { ok: true, subscribers: [one("a@example.com")], next: null };
    const { out, requests } = await ask(answers, ["subscriber", "list", "daily"]);
    expect(requests).toHaveLength(2);
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
    expect(json(await ask(gives({ subscriber }), ["subscriber", "show", "daily", "a@example.com", "--json"]))).toEqual({
      ...subscriber,
      deliveries: [],
    });
    const removed = await ask(gives({ removed: true }), ["subscriber", "remove", "daily", "a@example.com", "--json"]);
    expect(json(removed)).toEqual({ removed: true });
  });
});
