import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ask, gives, json, newFolder } from "../command-line.ts";

const finding = (level: string, message: string) => ({
  point: "B30",
  level,
  final: false,
  message,
  at: { part: "headline", n: 3, story: "s3" },
});
const check = (findings: object[], links: object[] | null = null) => ({
  check: {
    ...{ newsletter: "daily", date: "2026-11-23", rev: 4, hash: "5e1f", at: "2026-11-23T07:00:00.000Z" },
    ...{ ready: findings.length === 0, findings, links },
  },
});
const link = (outcome: string) => ({ url: "https://news.example/", outcome, why: "answers" });

describe("edition check", () => {
  test("asks for links to be tried, unless they are not to be", async () => {
    const { requests } = await ask(gives(check([])), ["edition", "check", "daily"]);
    expect(requests).toEqual([{ do: "check", newsletter: "daily", links: true }]);
    const without = await ask(gives(check([])), "edition check daily --no-links --date 2026-11-23".split(" "));
    expect(without.requests).toEqual([{ do: "check", newsletter: "daily", date: "2026-11-23", links: false }]);
  });

  test("exits with 0 if nothing stops the edition, and prints the findings", async () => {
    const found = check([finding("warning", "The link of headline 3 answers 404.")], [link("works"), link("dead")]);
    const { out, code } = await ask(gives(found), ["edition", "check", "daily"]);
    expect(code).toBe(0);
    expect(out).toContain("revision 4: 0 blockers, 1 warning");
    expect(out).toContain("Warnings\n  B30  The link of headline 3 answers 404.");
    expect(out).toContain("1 of 2 links work.");
  });

  test("exits with 1 if something does, in text and in JSON", async () => {
    const found = check([finding("blocker", "Headline 3 says “TK”.")]);
    const text = await ask(gives(found), ["edition", "check", "daily"]);
    expect(text.code).toBe(1);
    expect(text.out).toContain("Blockers: fix these before sending\n  B30  Headline 3 says “TK”.");
    expect(text.err).toContain("1 blocker");
    const data = await ask(gives(found), ["edition", "check", "daily", "--json"]);
    expect(data.code).toBe(1);
    expect(json(data)).toMatchObject({ ok: false, fault: { code: "blocked" }, findings: [{ level: "blocker" }] });
  });

  test("compares a message, byte for byte, and fails where it is not this edition", async () => {
    const file = join(newFolder(), "got.eml");
    writeFileSync(file, Buffer.from("Subject: Sn\u00f6\r\n\r\n", "latin1"));
    const message = (rev: number | null) => ({
      check: { ...check([]).check, message: { hash: "5e1f", rev, differs: rev === 4 ? [] : ["html"], findings: [] } },
    });
    const same = await ask(gives(message(4)), ["edition", "check", "daily", "--message", file]);
    expect(same.requests).toMatchObject([{ message: "Subject: Snö\r\n\r\n" }]);
    expect([same.code, same.out]).toEqual([0, expect.stringContaining("is revision 4 of this edition, byte for byte")]);
    const other = await ask(gives(message(null)), ["edition", "check", "daily", "--message", file]);
    expect([other.code, other.err]).toEqual([
      1,
      expect.stringContaining("is not a revision of this edition. It differs from revision 4 in: html."),
    ]);
    const none = await ask(gives(message(4)), ["edition", "check", "daily", "--message", `${file}.gone`]);
    expect([none.code, none.err]).toEqual([1, expect.stringContaining("Can't read")]);
  });
});
