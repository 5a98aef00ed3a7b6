import { describe, expect, test } from "vitest";
import { problemOf } from "#cli/terminal/problem.ts";
import { ask } from "../command-line.ts";

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

test("a config that isn't TypeScript is named, with the line", () => {
  const file = "/newsletter/broadsheet.config.ts";
  const error = Object.assign(new SyntaxError("Expression expected"), { stack: `file://${file}:2\nconst b = ;\n` });
  expect(problemOf(error).message).toBe(
    `Can't read ${file}, line 2: Expression expected. Fix the file and run the command again.`,
  );
  expect(problemOf(new SyntaxError("Unexpected token")).message).toBe("Unexpected token");
});

test("a package that an install without the tests' tools lacks is named, with what installs it", async () => {
  const missing = await import(String("a-package-that-no-one-installs")).catch((error: unknown) => error);
  expect(problemOf(missing)).toMatchObject({
    code: "not-installed",
    message: expect.stringMatching(
      /^Can't run this command: the package a-package-that-no-one-installs isn't.*`npm ci`/,
    ),
  });
});
