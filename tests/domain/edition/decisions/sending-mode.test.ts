import { expect, test } from "vitest";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { GATE, SCHEDULE } from "#domain/edition/decisions/machine.ts";
import { sendingMode } from "#domain/edition/decisions/sending-mode.ts";

const at = "2026-11-24T12:00:00.000Z";
const rewrite = (by: string): Decision => ({ do: "rewrite", story: null, subject: "S", n: 1, at, by });
const build: Decision = { do: "build", cutoff: at, n: 1, at, by: "Ana" };

test.each([
  ["auto", true, [rewrite("Ana")], "approve"],
  ["auto", true, [rewrite("Ana"), { do: "undo", of: 1, n: 2, at, by: "Ana" }], "approve"],
  ["auto", true, [rewrite(SCHEDULE)], "auto"],
  ["auto", true, [rewrite(GATE)], "auto"],
  ["auto", true, [build], "auto"],
  ["auto", true, [], "auto"],
  ["auto", false, [rewrite("Ana")], "auto"],
  ["approve", false, [], "approve"],
  ["approve", true, [], "approve"],
] as const)("mode %s, second person %s, after %j: %s", (mode, secondPerson, log, sending) => {
  expect(sendingMode({ mode, secondPerson }, log)).toBe(sending);
});
