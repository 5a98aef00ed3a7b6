import { describe, expect, test } from "vitest";
import { type CommandName, commands } from "#functions/command/contract.ts";
import type { Role } from "#functions/desk/person.ts";
import { isAllowed, isDeskCommand, lowestRole } from "#functions/desk-command/contract.ts";

describe("isAllowed", () => {
  test.each<[Role, CommandName, boolean]>([
    ["viewer", "show", true],
    ["viewer", "decide", false],
    ["viewer", "send", false],
    ["editor", "decide", true],
    ["editor", "show", true],
    ["editor", "send", false],
    ["approver", "send", true],
    ["approver", "decide", true],
    ["operator", "send", true],
  ])("%s, %s: %s", (role, command, answer) => {
    expect(isAllowed(role, command)).toBe(answer);
  });

  test("no role reads or changes readers from the desk, or is told a key", () => {
    const names = Object.keys(commands).filter((name): name is CommandName => name in commands);
    const guarded = names.filter((name) => /^subscriber |^source (key|push)$/.test(name));
    expect(guarded).not.toEqual([]);
    expect(guarded.filter((name) => isAllowed("operator", name))).toEqual([]);
  });
});

test("a command's role is the lowest that may give it", () => {
  expect(lowestRole.send).toBe("approver");
  expect(isDeskCommand("subscriber show")).toBe(false);
});
