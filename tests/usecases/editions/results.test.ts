import { beforeEach, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/batches.ts";
import { setting } from "../../testing/command-setting.ts";
import { called, frozen, key } from "../../testing/frozen.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});
const ask = (fields: object = {}) => system.ask({ do: "results", newsletter: "daily", ...fields });
const exception = (id: string, kind: "hard-bounce" | "blocked") =>
  system.ledger.putOutcome(key, "00", {
    ...{ id: id.padEnd(24, "0"), kind, at: called, attempt: 1, position: 0, messageId: "m", detail: "" },
  });

test("what came of an edition is its counts, its exceptions, and why they came back", async () => {
  await frozen(system, "sending", [
    { outcomes: fromLetters("aars"), state: "done" },
    { outcomes: fromLetters("ah"), state: "held" },
  ]);
  await system.editions.addCounts(key, { bounced: 2, complained: 1 });
  await exception("1", "hard-bounce");
  await exception("2", "blocked");
  await exception("3", "blocked");
  expect(await ask()).toMatchObject({
    ok: true,
    value: {
      newsletter: "daily",
      editions: [
        { date: key.date, audience: 6, accepted: 3, bounced: 2, complained: 1, rejected: 0, held: 1, worth: null },
      ],
      causes: [
        { kind: "blocked", deliveries: 2 },
        { kind: "hard-bounce", deliveries: 1 },
      ],
    },
  });
});

test("no more editions are shown than asked for, and drafts are not among them", async () => {
  await frozen(system, "sending", [{ outcomes: fromLetters("a"), state: "done" }]);
  const edition = await system.editions.get(key);
  if (!edition) throw new Error("not stored");
  await system.editions.create({ ...edition, date: "2026-11-30", state: "draft", frozenAt: null });
  for (const date of ["2026-11-20", "2026-11-21"]) await system.editions.create({ ...edition, date });
  const dates = async (editions: number) => {
    const answer = await ask({ editions });
    if (!answer.ok) throw new Error(answer.fault.message);
    return (answer.value as { editions: { date: string }[] }).editions.map(({ date }) => date);
  };
  expect(await dates(2)).toEqual([key.date, "2026-11-21"]);
  expect(await dates(60)).toEqual([key.date, "2026-11-21", "2026-11-20"]);
});

test("a newsletter that has sent nothing says so", async () => {
  expect(await ask()).toMatchObject({ ok: false, fault: { code: "no-edition" } });
});
