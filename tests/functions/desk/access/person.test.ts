import { describe, expect, test } from "vitest";
import { command } from "#functions/command/answer.ts";
import { type CommandName, commands } from "#functions/command/contract.ts";
import type { Role } from "#functions/desk/access/person.ts";
import { isAllowed, isDeskCommand, lowestRole, signedCommand } from "#functions/desk-command/contract.ts";

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

  test("no role reads or changes readers from the desk, or gets a key", () => {
    const names = Object.keys(commands).filter((name): name is CommandName => name in commands);
    const guarded = names.filter((name) => /^subscriber |^source (key|push)$/.test(name));
    expect(guarded).not.toEqual([]);
    expect(guarded.filter((name) => isAllowed("operator", name))).toEqual([]);
  });
});

test("every command of the desk takes its author's signature, and only those that change something keep it", async () => {
  const person = { id: "sub-1", name: "Ana", role: "operator" as const };
  for (const name of Object.keys(lowestRole).filter(isDeskCommand)) {
    const signed = signedCommand({ person, command: { do: name, by: "Someone else", byId: "sub-2" } });
    expect(signed).toEqual({ do: name, by: "Ana", byId: "sub-1" });
    const { do: _, ...input } = signed;
    const run = command(commands[name] as (typeof commands)["list"], async () => ({
      ok: true,
      value: { editions: [] },
    }));
    const outcome = await run(input);
    expect([name, outcome.ok ? "" : outcome.fault.message]).toEqual([name, expect.not.stringMatching(/Unrecognized/)]);
  }
});

test("a command's role is the lowest that may give it", () => {
  expect(lowestRole.send).toBe("approver");
  expect(isDeskCommand("subscriber show")).toBe(false);
});
