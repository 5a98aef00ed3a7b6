import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeProgram } from "#cli/program.ts";
import { broadsheet, spawned } from "./command-line.ts";

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

  test("every command is in docs/guides/commands.md or another guide", async () => {
    const guides = globSync("docs/{guides/*,runbook}.md").map((file) => readFileSync(file, "utf8"));
    const paths = walk(await makeProgram(false, ["up"]), []).map((path) => path.join(" "));
    const isNamed = (path: string) => new RegExp(`\\b${path}\\b`).test(guides.join("\n"));
    expect(paths.filter((path) => !isNamed(path))).toEqual([]);
    expect(isNamed("edition fly")).toBe(false);
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
