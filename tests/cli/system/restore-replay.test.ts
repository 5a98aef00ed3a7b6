import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ask, broadsheet, json, newFolder } from "../command-line.ts";

const at = "2026-11-29T10:00:00.000Z";
const line = (fields: object) => ({
  timestamp: Date.parse(at),
  message: JSON.stringify({ level: "INFO", timestamp: at, service: "site", ...fields }),
});
const fileWith = (content: unknown): string => {
  const file = join(newFolder(), "file.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};
const log = (events: object[]) => fileWith({ events, searchedLogStreams: [] });

describe("restore replay", () => {
  test("reads what the AWS CLI prints, a page at a time, and adds up", async () => {
    const lines = Array.from({ length: 250 }, (_, n) =>
      line({ message: "unsubscribed", newsletter: "daily", id: `${n}` }),
    );
    const others = [line({ message: "something else", newsletter: "daily", id: "9" }), { message: "START RequestId" }];
    const suppressed = fileWith({
      SuppressedDestinationSummaries: [
        { EmailAddress: "bram@example.org", Reason: "BOUNCE", LastUpdateTime: "2026-11-29T12:00:00+01:00" },
        { EmailAddress: "cleo@example.org", Reason: "COMPLAINT", LastUpdateTime: 1_796_000_000.5 },
      ],
    });
    const asked: Record<string, unknown>[] = [];
    const answer = (request: Record<string, unknown>) => {
      asked.push(request);
      return { ok: true, left: 10, bounced: 1, complained: 0, unchanged: 2 };
    };
    const args = ["restore", "replay", "--log", log([...lines, ...others]), "--suppressed", suppressed];
    const ran = await ask(answer, args);
    expect(ran.err).toBe("");
    expect(ran.out).toContain("Read 250 unsubscriptions and 2 suppressed addresses.");
    expect(ran.out).toContain("Took in again: 30 left, 3 bounced, 0 complained. 6 needed nothing.");
    expect(asked.map(({ left, stopped }) => [Object(left).length, Object(stopped).length])).toEqual([
      [200, 0],
      [50, 0],
      [0, 2],
    ]);
    expect(asked[0]).toMatchObject({ do: "restore replay", by: "ed", dryRun: false });
    expect(Object(asked[0]?.left)[0]).toEqual({ newsletter: "daily", id: "0", at });
    expect(asked[2]?.stopped).toEqual([
      { address: "bram@example.org", complained: false, at: "2026-11-29T11:00:00.000Z" },
      { address: "cleo@example.org", complained: true, at: "2026-11-30T00:53:20.500Z" },
    ]);
  });

  test("a dry run says that it was one", async () => {
    const events = log([line({ message: "unsubscribed", newsletter: "daily", id: "1" })]);
    const answer = () => ({ ok: true, left: 1, bounced: 0, complained: 0, unchanged: 0 });
    const ran = await ask(answer, ["restore", "replay", "--log", events, "--dry-run", "--json"]);
    expect(json(ran)).toMatchObject({ dryRun: true, read: { unsubscriptions: 1, suppressed: 0 }, left: 1 });
  });

  test.each([
    ["is not JSON", "unsubscribed daily 1"],
    ["is something else", { messages: [] }],
  ])("a file that %s is refused", async (_, content) => {
    const ran = await broadsheet(["restore", "replay", "--log", fileWith(content)]);
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining("isn't what the AWS CLI prints")]);
  });

  test("without a file it says what it needs", async () => {
    const ran = await broadsheet(["restore", "replay"]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("Give --log, --suppressed or both.")]);
  });
});
