import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"));
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(read("package.json"));
const { app } = z.object({ app: z.string() }).parse(read("cdk.json"));

/** What both sh and Windows' cmd.exe read alike: plain words, one after the other by `&&`. */
const portable = /^[\w.:/=-]+( ([\w.:/=-]+|&&))*$/;

describe("npm scripts and cdk.json run on Linux, macOS and Windows: they need no shell's own syntax", () => {
  test.each([...Object.entries(scripts), ["cdk.json's app", app]])("%s", (_, command) => {
    expect(command).toMatch(portable);
    // An assignment before a command is sh's alone.
    expect(command).not.toMatch(/(^|&& )\w+=/);
  });

  test.each(["A=1 node x", "node x; node y", "node 'x'", "node $X", "node x | y", "rm *.js", "./x > y", "node ~/x"])(
    "and %s would be found",
    (command) => {
      expect(portable.test(command) && !/(^|&& )\w+=/.test(command)).toBe(false);
    },
  );
});
