import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { functionsIn } from "./functions.ts";

/** Lines. A file is split by what it hides long before; a handler that is longer does what a use case should. */
const MOST = { file: 300, handler: 40, function: 100, statements: 60 };

/** Functions that are one long list: split, they would be harder to read. */
const lists: Readonly<Record<string, string>> = {
  "functions/desk/office/sending/question.ts confirmationOf": "the question of each action, one case for each",
  "functions/site/openapi.ts openApi": "the OpenAPI document",
  "infra/monitoring/dashboard.ts makeDashboard": "the dashboard's widgets, row by row",
};

const production = execFileSync("git", ["ls-files", "*.ts", "*.js"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && !/^(tests|docs)\//.test(file));
const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n").length;
const longerThan = (most: number, files: readonly string[]) =>
  files.map((file) => ({ file, lines: linesOf(file) })).filter(({ lines }) => lines > most);

describe("sizes", () => {
  test("no production file is longer than 300 lines", () => {
    expect(production.length).toBeGreaterThan(500);
    expect(longerThan(MOST.file, production)).toEqual([]);
  });

  test("a handler reads its event and calls the use case, within 40 lines", () => {
    const handlers = production.filter((file) => /^functions\/[\w-]+\/handler\.ts$/.test(file));
    expect(handlers.length).toBeGreaterThan(10);
    expect(longerThan(MOST.handler, handlers)).toEqual([]);
  });

  test("no function is longer than 100 lines with all that is in it, and 60 without the functions in it", () => {
    const functions = production.flatMap((file) => functionsIn(file, readFileSync(file, "utf8")));
    expect(functions.length).toBeGreaterThan(3000);
    const long = functions
      .filter(({ lines, own }) => lines > MOST.function || own > MOST.statements)
      .filter(({ file, name }) => !(`${file} ${name}` in lists));
    expect(long.map(({ file, name, lines, own }) => `${file} ${name}: ${lines}, ${own} without functions`)).toEqual([]);
  }, 60_000);

  test("a function's own lines are those of no function in it", () => {
    const text = "function outer() {\n  const inner = () => {\n    return 1;\n  };\n  return inner;\n}\n";
    expect(functionsIn("domain/a.ts", text)).toEqual([
      { file: "domain/a.ts", name: "inner", lines: 3, own: 3 },
      { file: "domain/a.ts", name: "outer", lines: 6, own: 3 },
    ]);
  });
});
