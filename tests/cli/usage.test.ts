import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problemOf } from "#cli/problem.ts";
import { makeProgram } from "#cli/program.ts";
import { broadsheet, newFolder, spawned } from "./command-line.ts";

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

describe("misuse is exit 2 and a sentence", () => {
  test.each([
    [["fly"], "unknown command 'fly'"],
    [["edition", "sned", "daily"], "Did you mean send?"],
    [["edition", "pin", "daily"], "missing required argument 'story'"],
    [["edition", "show", "daily", "--date", "2026-02-30"], "not a calendar date such as 2026-11-23"],
    [["edition", "show", "daily", "--date", "tomorrow"], "not a calendar date"],
    [["edition", "pin", "daily", "1", "--at", "first"], "0 is the lead"],
    [["edition", "pin", "daily", "1", "first"], "0 is the lead"],
    [["edition", "move", "daily", "1"], "Where to?"],
    [["edition", "rewrite", "daily"], "What should change?"],
    [["edition", "rewrite", "daily", "--title", "x"], "Which story?"],
    [["edition", "draft", "daily"], "--from <file>"],
    [["edition", "test", "daily"], "--to <address>"],
    [["edition", "show", "daily", "extra"], "too many arguments"],
    [["edition", "show", "daily", "--wat"], "unknown option '--wat'"],
    [["source", "add", "https://example.com", "--weight", "0"], "number above 0"],
    [["rehearse", "daily"], "required option"],
    [["edition", "list", "daily", "--stack", "a", "--data", "b"], "not both"],
  ])("%j", async (args, message) => {
    const { code, out, err } = await broadsheet(args);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, ""]);
    const inJson = await broadsheet([...args, "--json"]);
    expect(JSON.parse(inJson.out)).toMatchObject({ ok: false, fault: { code: "bad-request" } });
    expect([inJson.code, inJson.err]).toEqual([2, ""]);
  });
});

test("source check of what is not there or no feed fails with a sentence", async () => {
  const file = join(newFolder(), "page.html");
  writeFileSync(file, "<p>Hello</p>");
  for (const target of ["nothing.xml", file]) {
    const { code, out } = await broadsheet(["source", "check", target, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, fault: { code: "not-a-feed" } });
  }
});

test("source check of an address that is not public says that it is refused", async () => {
  const { code, out } = await broadsheet(["source", "check", "http://127.0.0.1:1/", "--json"]);
  expect([code, JSON.parse(out)]).toMatchObject([1, { ok: false, fault: { code: "fetch-refused" } }]);
});

test("source check prints what a feed file holds", async () => {
  const file = join(newFolder(), "feed.json");
  const items = [{ id: "1", url: "https://example.com/1", title: "One", date_published: "2026-11-23T07:00:00Z" }];
  writeFileSync(file, JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Example", items }));
  const { code, out } = await broadsheet(["source", "check", file, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    source: { title: "Example", format: "json" },
    articles: [{ title: "One", url: "https://example.com/1", published: "2026-11-23T07:00:00.000Z", doubts: [] }],
    refused: [],
  });
});

test("source check of a feed without articles prints it and fails", async () => {
  const file = join(newFolder(), "feed.json");
  writeFileSync(file, JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Example", items: [] }));
  const { code, out, err } = await broadsheet(["source", "check", file]);
  expect([code, out]).toEqual([1, "Example: JSON Feed, 0 articles\n"]);
  expect(err).toMatch(/feed\.json has no articles\. Check that it is the right feed\./);
});

test("rehearse says what it lacks", async () => {
  const args = ["--feeds", newFolder(), "--at", "2026-11-23T07:00:00Z", "--out", newFolder()];
  const { code, err } = await broadsheet(["rehearse", "daily", ...args]);
  expect(code).toBe(1);
  expect(err).toContain("has no files");
});

describe("help", () => {
  const walk = (command: { name(): string; commands: readonly object[] }, path: string[]): string[][] =>
    command.commands.length === 0
      ? [path]
      : command.commands.flatMap((one) => {
          const child = one as typeof command;
          return child.name() === "help" ? [] : walk(child, [...path, child.name()]);
        });

  test("every command has one: a verb first, no full stop, an example, and where the shared options are", async () => {
    const program = await makeProgram(false, ["up"]);
    const leaves = walk(program, []);
    expect(leaves.map((path) => path.join(" "))).toEqual(
      expect.arrayContaining(["up", "source check", "ingest", "edition send", "rehearse", "subscriber remove"]),
    );
    for (const group of ["source", "edition", "subscriber"]) {
      expect((await broadsheet([group, "--help"])).out).toContain(`$ npx --no-install broadsheet ${group} `);
    }
    for (const path of leaves) {
      const { code, out, err } = await broadsheet([...path, "--help"]);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain(`$ npx --no-install broadsheet ${path.join(" ")}`);
      if (path[0] !== "up") expect(out).toContain("Options of all commands: see broadsheet --help");
      expect(out).not.toContain("--stack <name>");
      const [, description = ""] = out.split("\n\n");
      expect(description).toMatch(/^[A-Z][a-z]+ .*[^.]$/s);
    }
  });

  test("the options that all commands share are on the first page only", async () => {
    const { out } = await broadsheet(["--help"]);
    for (const option of ["--data", "--stack", "--region", "--by", "--json", "--version"])
      expect(out).toContain(option);
    expect((await broadsheet(["edition", "--help"])).out).not.toContain("--region");
  });

  test("the commands of an edition are grouped by what they do", async () => {
    const { out } = await broadsheet(["edition", "--help"]);
    const headings = out.split("\n").filter((line) => /^[A-Z][a-z ]+:$/.test(line));
    expect(headings).toEqual([
      "Options:",
      "Make an edition:",
      "Inspect an edition:",
      "Edit an edition:",
      "Approve and send:",
      "Manage a delivery:",
      "Examples:",
    ]);
    expect(out).not.toContain("[options] [newsletter]");
  });
});

test("the version is that of the package", async () => {
  const { code, out } = await broadsheet(["--version"]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});

test("run by a shell, the exit code is the command's", async () => {
  expect(await spawned(["fly"])).toMatchObject({ code: 2, err: expect.stringContaining("unknown command 'fly'") });
});

test("a config that is no TypeScript is named, with the line", () => {
  const file = "/newsletter/broadsheet.config.ts";
  const error = Object.assign(new SyntaxError("Expression expected"), { stack: `file://${file}:2\nconst b = ;\n` });
  expect(problemOf(error).message).toBe(
    `Can't read ${file}, line 2: Expression expected. Fix the file and run the command again.`,
  );
  expect(problemOf(new SyntaxError("Unexpected token")).message).toBe("Unexpected token");
});

test("an older Node is told which one is needed", async () => {
  const folder = newFolder();
  // Stands in for an old Node: the same one, saying that it is another.
  const old = join(folder, "old.cjs");
  writeFileSync(old, 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });');
  const { code, err } = await spawned(["--help"], { env: { NODE_OPTIONS: `--require ${old}` } });
  expect(code).toBe(1);
  expect(err).toContain("Broadsheet needs Node 24 or newer; this is Node 20.20.2");
});
