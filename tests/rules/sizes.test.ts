import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Lines. A file is split by what it hides long before; a handler that is longer does what a use case should. */
const MOST = { file: 300, handler: 40 };

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
});
