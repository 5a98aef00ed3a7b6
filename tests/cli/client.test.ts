import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { broadsheet, newFolder } from "./command-line.ts";

describe("no system", () => {
  test("runs there: what to start, exit 1, in both forms", async () => {
    const message =
      "No local system is running in nowhere. Start it with: npx --no-install broadsheet up --data nowhere";
    const args = ["edition", "list", "daily", "--data", "nowhere"];
    expect(await broadsheet(args)).toEqual({ code: 1, out: "", err: `${message}\n` });
    const { code, out } = await broadsheet([...args, "--json"]);
    expect([code, JSON.parse(out)]).toEqual([1, { ok: false, fault: { code: "bad-request", message } }]);
  });

  test("runs any more on the folder: the same", async () => {
    const data = newFolder();
    const credentials = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "of a run that ended" };
    const endpoints = { lambda: "http://127.0.0.1:1" };
    const system = { stack: "broadsheet", region: "us-east-1", endpoints, credentials };
    writeFileSync(join(data, "system.json"), JSON.stringify({ v: 1, ...system }));
    expect((await broadsheet(["source", "list", "--data", data])).err).toContain("No local system is running in");
    writeFileSync(join(data, "system.json"), JSON.stringify({ v: 1 }));
    expect((await broadsheet(["source", "list", "--data", data])).err).toContain("No local system is running in");
  });

  test("of this version wrote the folder: says so", async () => {
    const data = newFolder();
    writeFileSync(join(data, "system.json"), JSON.stringify({ v: 7 }));
    const { code, err } = await broadsheet(["source", "list", "--data", data]);
    expect(code).toBe(1);
    expect(err).toContain("has layout 7");
  });
});
