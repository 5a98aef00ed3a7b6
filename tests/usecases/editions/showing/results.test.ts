import { beforeEach, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { usual } from "#domain/edition/views/results.ts";
import { setting } from "../../../testing/command-setting.ts";
import { called, frozen, key } from "../../../testing/delivery/frozen.ts";

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
        {
          date: key.date,
          audience: 6,
          accepted: 3,
          delivered: 1,
          bounced: 2,
          complained: 1,
          rejected: 0,
          held: 1,
          worth: null,
        },
      ],
      of: key.date,
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

test("who joined and left between two editions belongs to the first of them", async () => {
  await frozen(system, "sending", [{ outcomes: fromLetters("a"), state: "done" }]);
  const edition = await system.editions.get(key);
  if (!edition) throw new Error("not stored");
  await system.editions.create({ ...edition, date: "2026-11-17" });
  const reader = (n: number, change: Partial<Subscriber> = {}): Subscriber => ({
    ...{ id: String(n).padStart(24, "0"), newsletter: "daily", address: `${n}@example.com`, status: "active" },
    ...{ consent: "confirmed", addedAt: called, changedAt: called, origin: null, movedTo: null, movedAt: null },
    ...change,
  });
  const joins = (n: number, changedAt: string) => ({ before: undefined, after: reader(n, { changedAt }) });
  await system.subscribers.write("daily", [
    joins(1, "2026-11-17T00:00:00.000Z"),
    joins(2, "2026-11-23T23:59:59.000Z"),
    joins(3, "2026-11-24T00:00:00.000Z"),
  ]);
  const before = reader(3, { changedAt: "2026-11-24T00:00:00.000Z" });
  const after = reader(3, { status: "left", changedAt: "2026-11-30T00:00:00.000Z" });
  await system.subscribers.write("daily", [{ before, after }]);
  expect(await ask()).toMatchObject({
    value: {
      editions: [
        { date: key.date, audienceChange: { joined: 1, left: 1 } },
        { date: "2026-11-17", audienceChange: { joined: 2, left: 0 } },
      ],
    },
  });
});

test("the causes are of the edition asked about, and a date without results says so", async () => {
  await frozen(system, "sending", [{ outcomes: fromLetters("a"), state: "done" }]);
  await exception("1", "hard-bounce");
  const edition = await system.editions.get(key);
  if (!edition) throw new Error("not stored");
  await system.editions.create({ ...edition, date: "2026-11-25" });
  expect(await ask()).toMatchObject({ value: { of: "2026-11-25", causes: [] } });
  expect(await ask({ date: key.date })).toMatchObject({ value: { of: key.date, causes: [{ kind: "hard-bounce" }] } });
  expect(await ask({ date: "2026-11-01" })).toMatchObject({ ok: false, fault: { code: "no-edition" } });
});

test.each([
  [[], null],
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])("what is usual of %j is %s", (values, middle) => {
  expect(usual(values)).toBe(middle);
});

test("a newsletter that has sent nothing says so", async () => {
  expect(await ask()).toMatchObject({ ok: false, fault: { code: "no-edition" } });
});
