import { describe, expect, test } from "vitest";
import { type CommandName, commands } from "#functions/command/contract.ts";
import { may, type Role, roleFor } from "#functions/desk/person.ts";

describe("may", () => {
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
    expect(may(role, command)).toBe(answer);
  });

  test("no role reads or changes readers from the desk, or is told a key", () => {
    const names = Object.keys(commands).filter((name): name is CommandName => name in commands);
    const guarded = names.filter((name) => /^subscriber |^source (key|push)$/.test(name));
    expect(guarded).not.toEqual([]);
    expect(guarded.filter((name) => may("operator", name))).toEqual([]);
  });
});

test("the role that a command asks for is the first that may give it", () => {
  expect(roleFor("send")).toBe("approver");
  expect(roleFor("subscriber show")).toBeUndefined();
});
