import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Keys that the logger writes itself: a field of that name is dropped without a word, and a reason with it. */
const reserved = /[{,]\s*(?:message|level|timestamp|service)\s*[:,}]/;

/** The arguments of each call that writes a log line. */
function logCalls(source: string): string[] {
  return [...source.matchAll(/\b(?:log|logger|note)(?:\??\.(?:info|warn|error|debug))?\(/g)].map(
    ({ 0: call, index }) => {
      let depth = 1;
      let end = index + call.length;
      for (; depth > 0 && end < source.length; end += 1) {
        if (source[end] === "(") depth += 1;
        if (source[end] === ")") depth -= 1;
      }
      return source.slice(index + call.length, end - 1);
    },
  );
}

const files = globSync("{usecases,functions,adapters}/**/*.ts").filter((file) => !/compiled|browser/.test(file));

describe("no log line has a field that the logger writes itself", () => {
  test("and the files have such lines", () => {
    const all = files.flatMap((file) => logCalls(readFileSync(file, "utf8")));
    expect(all.length).toBeGreaterThan(40);
  });

  test.each(files)("%s", (file) => {
    expect(logCalls(readFileSync(file, "utf8")).filter((args) => reserved.test(args))).toEqual([]);
  });

  test.each([
    'logger.warn("x", { message })',
    'log.error("x", { code, message: fault.message })',
    'ports.log.info("x", {\n  level: 1,\n})',
  ])("%s would be found", (line) => {
    expect(logCalls(line).some((args) => reserved.test(args))).toBe(true);
  });
});
