import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { done } from "#domain/outcome.ts";
import { setting } from "../../../testing/command-setting.ts";
import { frozen, key } from "../../../testing/delivery/frozen.ts";

let system: ReturnType<typeof setting>;
const dispatch = async () => {
  return done({ state: "sending" as const, audience: 3 });
};
beforeEach(() => {
  system = setting();
});
const ask = (what: string, fields: object = {}) =>
  system.ask({ do: what, newsletter: "daily", by: "ed", ...fields }, { dispatch });
const audit = () => system.audit.day("2026-11-23");
describe("correct", () => {
  test("makes another revision, and says in the audit log who did", async () => {
    await frozen(system, "sending", [{ outcomes: fromLetters("..") }]);
    expect(await ask("correct", { text: "Snow.\n\nTrains stop" })).toMatchObject({ value: { edition: { rev: 2 } } });
    expect((await system.editions.revision(key, 2))?.content.lead.paragraphs).toEqual(["Snow."]);
    expect(await audit()).toMatchObject([
      { did: "edition correct", by: "ed", note: "revision 2, for readers who haven't been mailed yet" },
    ]);
  });
});
