import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { DeliveryOutcome, OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { nextWrite, type Sender, takeSender } from "#domain/delivery/pace/sender.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
let empty: TestTable;
let shared: TestTable;
beforeAll(async () => {
  [server, empty, shared] = await Promise.all([startTable(), startTable(), startTable()]);
});
afterAll(async () => {
  await Promise.all([server.close(), empty.close(), shared.close()]);
});

let number = 0;
const due = "2026-11-23T07:00:00.000Z";
const id = (n: number) => n.toString(16).padStart(24, "0");
const instant = (second: number) => `2026-11-23T07:00:${String(second).padStart(2, "0")}.000Z`;

describe.each([
  ["dynamo", () => dynamoLedger(server.table), () => dynamoLedger(empty.table), () => dynamoLedger(shared.table)],
  ["memory", () => memoryLedger(), () => memoryLedger(), () => memoryLedger()],
])("the ledger in %s", (_, open, openEmpty, openShared) => {
  let ledger: ReturnType<typeof dynamoLedger>;
  let key = { newsletter: "", date: "2026-11-23" };
  beforeEach(() => {
    number += 1;
    key = { newsletter: `l${number}`, date: "2026-11-23" };
    ledger = open();
  });
  const batch = (first: number, size: number, run = "won") =>
    freshBatch(
      { ...key, group: "00", run, due, first: id(first) },
      Array.from({ length: size }, (_, at) => id(first + at)),
    );
  const commit = (run: string): GroupCommit => ({
    group: "00",
    run,
    batches: 1,
    readers: 3,
    committedAt: due,
    startedAt: null,
    closedAt: null,
    counts: null,
  });

  test("lists the welcomes there are to send, one for each reader and edition, until each is over", async () => {
    const of = async () => (await ledger.welcomes()).filter(({ newsletter }) => newsletter === key.newsletter);
    const welcome = (n: number, askedAt = due) => ({ ...key, due, root: id(n), askedAt });
    await ledger.pointWelcome(welcome(2));
    await ledger.pointWelcome(welcome(1));
    await ledger.pointWelcome(welcome(2, instant(9)));
    expect(await of()).toEqual([welcome(1), welcome(2, instant(9))]);
    await ledger.unpointWelcome(welcome(2));
    await ledger.unpointWelcome(welcome(2));
    expect(await of()).toEqual([welcome(1)]);
  });

  test("gives back what a run wrote, in order, and nothing of another run", async () => {
    const batches = Array.from({ length: 60 }, (_, at) => batch(at * 10, 10));
    await ledger.writeBatches([...batches.toReversed(), batch(1, 5, "lost")]);
    await ledger.writeBatches(batches);
    expect(await ledger.batches(key, "00", "won")).toEqual(batches);
    expect(await ledger.batches(key, "00", "wo")).toEqual([]);
    expect(await ledger.batch(batch(10, 10).key)).toEqual(batch(10, 10));
    expect(await ledger.batch(batch(11, 10).key)).toBeUndefined();
  });

  test("gives the batches that are due at one moment", async () => {
    const later = (one: Batch): Batch => ({ ...one, key: { ...one.key, due: instant(9) } });
    await ledger.writeBatches([batch(10, 5), later(batch(20, 5)), batch(30, 5), batch(40, 5, "lost")]);
    const due = batch(10, 5).key.due;
    expect(await ledger.batches(key, "00", "won", due)).toEqual([batch(10, 5), batch(30, 5)]);
    expect(await ledger.batches(key, "00", "won", instant(9))).toEqual([later(batch(20, 5))]);
    expect(await ledger.batches(key, "00", "won", instant(8))).toEqual([]);
  });

  test("the first commit of a group wins", async () => {
    expect(await ledger.commitGroup(key, commit("won"))).toBe(true);
    expect(await ledger.commitGroup(key, commit("lost"))).toBe(false);
    expect(await ledger.commitGroup(key, { ...commit("x"), group: "01" })).toBe(true);
    expect((await ledger.groups(key)).map(({ group, run }) => [group, run])).toEqual([
      ["00", "won"],
      ["01", "x"],
    ]);
  });

  test("a group that a person reopened can't be closed on an earlier read", async () => {
    await ledger.commitGroup(key, commit("won"));
    const counts = { ...noCounts, audience: 3, held: 3 };
    await ledger.closeGroup(key, "00", instant(1), counts);
    await ledger.reopenGroup(key, "00");
    expect(await ledger.groups(key)).toEqual([{ ...commit("won"), opens: 1 }]);
    expect(await ledger.closeGroup(key, "00", instant(2), counts)).toBe(false);
    expect(await ledger.closeGroup(key, "00", instant(2), counts, 1)).toBe(true);
    await ledger.reopenGroup(key, "00");
    expect(await ledger.closeGroup(key, "00", instant(3), counts, 1)).toBe(false);
    expect(await ledger.groups(key)).toEqual([{ ...commit("won"), opens: 2 }]);
  });

  test("the table says which one it is, and keeps which one it was written in", async () => {
    const fresh = openEmpty();
    const now = await fresh.tableNow();
    expect(now).toEqual({ arn: expect.stringMatching(/./), createdAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(await fresh.tableNow()).toEqual(now);
    expect(await fresh.tableKnown()).toBeUndefined();
    expect(await fresh.adoptTable(now, now)).toBe(false);
    expect(await fresh.adoptTable({ ...now, arn: "old" }, undefined)).toBe(true);
    expect(await fresh.adoptTable(now, undefined)).toBe(false);
    expect(await fresh.tableKnown()).toEqual({ ...now, arn: "old" });
    expect(await fresh.adoptTable(now, { ...now, arn: "older" })).toBe(false);
    expect(await fresh.adoptTable(now, { ...now, arn: "old" })).toBe(true);
    expect(await fresh.tableKnown()).toEqual(now);
  });

  test("a batch keeps which earlier call delivered what to which reader", async () => {
    const earlier = [{ attempt: 1, at: instant(1), rev: 1, positions: [0, 2] }];
    const called = { ...batch(1, 3), earlier };
    await ledger.writeBatches([called]);
    expect(await ledger.batch(called.key)).toEqual(called);
  });

  test("a group starts once and closes once", async () => {
    expect(await ledger.startGroup(key, "00", instant(1))).toBe(false);
    await ledger.commitGroup(key, commit("won"));
    expect(await ledger.startGroup(key, "00", instant(1))).toBe(true);
    expect(await ledger.startGroup(key, "00", instant(2))).toBe(false);
    const counts = { ...noCounts, audience: 3, accepted: 3 };
    expect(await ledger.closeGroup(key, "00", instant(3), counts)).toBe(true);
    expect(await ledger.closeGroup(key, "00", instant(4), noCounts)).toBe(false);
    expect(await ledger.groups(key)).toEqual([
      { ...commit("won"), startedAt: instant(1), closedAt: instant(3), counts },
    ]);
  });

  test("a batch is written only over the attempts and states expected", async () => {
    const fresh = batch(1, 3);
    const claimed = { ...fresh, state: "calling" as const, attempts: 1 };
    expect(await ledger.saveBatch(claimed, { attempts: 0, states: ["ready"] })).toBe(false);
    await ledger.writeBatches([fresh]);
    expect(await ledger.saveBatch(claimed, { attempts: 1, states: ["ready"] })).toBe(false);
    expect(await ledger.saveBatch(claimed, { attempts: 0, states: ["ready"] })).toBe(true);
    expect(await ledger.saveBatch(claimed, { attempts: 0, states: ["ready"] })).toBe(false);
    expect(await ledger.saveBatch({ ...claimed, attempts: 2 }, { attempts: 1, states: ["ready", "unknown"] })).toBe(
      false,
    );
    expect(
      await ledger.saveBatch(
        { ...claimed, outcomes: fromLetters("aaa") },
        { attempts: 1, states: ["ready", "calling"] },
      ),
    ).toBe(true);
    expect((await ledger.batch(fresh.key))?.outcomes).toEqual(fromLetters("aaa"));
  });

  test("a batch is written only over the outcomes that it was made from, where those are given", async () => {
    const held = { ...batch(30, 3), state: "held" as const, attempts: 1, outcomes: fromLetters("hhh") };
    await ledger.writeBatches([held]);
    const only = { attempts: 1, states: ["held" as const], outcomes: fromLetters("hhh") };
    expect(await ledger.saveBatch({ ...held, outcomes: fromLetters("ahh") }, only)).toBe(true);
    expect(await ledger.saveBatch({ ...held, outcomes: fromLetters("hah") }, only)).toBe(false);
    expect((await ledger.batch(held.key))?.outcomes).toEqual(fromLetters("ahh"));
  });

  test("a late copy of a freeze's write changes nothing that was recorded since", async () => {
    const [fresh, other] = [batch(0, 3), batch(10, 3)];
    await ledger.writeBatches([fresh]);
    const called = { ...fresh, state: "done" as const, attempts: 1, outcomes: fromLetters("aaa") };
    await ledger.saveBatch(called, { attempts: 0, states: ["ready"] });
    await ledger.writeBatches([fresh, other]);
    expect(await ledger.batch(fresh.key)).toEqual(called);
    expect(await ledger.batch(other.key)).toEqual(other);
  });

  test("finds the batch around a reader", async () => {
    await ledger.writeBatches([batch(10, 5), batch(20, 5), batch(12, 5, "lost")]);
    const around = async (n: number) => {
      const { first: _first, ...place } = batch(10, 5).key;
      return (await ledger.batchAround(place, id(n)))?.key.first;
    };
    expect(await around(9)).toBeUndefined();
    expect(await around(10)).toBe(id(10));
    expect(await around(19)).toBe(id(10));
    expect(await around(99)).toBe(id(20));
  });

  test("lists the editions being sent, the earliest due first", async () => {
    const own = async () => (await ledger.pointers()).filter(({ newsletter }) => newsletter === key.newsletter);
    await ledger.point({ ...key, dueAt: instant(9) });
    await ledger.point({ ...key, date: "2026-11-22", dueAt: instant(1) });
    await ledger.point({ ...key, dueAt: instant(9) });
    expect((await own()).map(({ date }) => date)).toEqual(["2026-11-22", "2026-11-23"]);
    await ledger.unpoint({ ...key, dueAt: instant(9) });
    await ledger.unpoint({ ...key, dueAt: instant(9) });
    expect((await own()).map(({ date }) => date)).toEqual(["2026-11-22"]);
  });

  test("keeps what was seen as a set: any order, twice the same, each batch its own", async () => {
    const [one, other] = [batch(10, 5).key, batch(20, 5).key];
    expect(await ledger.seen(one)).toEqual(new Set());
    expect(await ledger.seenInGroup(key, "00", "won")).toEqual(new Map());
    await ledger.addSeen(one, ["2:1", "1:0"]);
    await ledger.addSeen(one, ["1:0", "1:4"]);
    await ledger.addSeen(one, []);
    await ledger.addSeen(other, ["1:0"]);
    await ledger.addSeen(batch(10, 5, "wo").key, ["1:3"]);
    expect(await ledger.seen(one)).toEqual(new Set(["1:0", "1:4", "2:1"]));
    expect(await ledger.seenInGroup(key, "00", "won")).toEqual(
      new Map([
        [id(10), new Set(["1:0", "1:4", "2:1"])],
        [id(20), new Set(["1:0"])],
      ]),
    );
    expect(await ledger.batches(key, "00", "won")).toEqual([]);
  });

  test("a graver outcome replaces a lesser one, in whatever order they come", async () => {
    const outcome = (kind: OutcomeKind, n = 1): DeliveryOutcome => ({
      ...{ id: id(n), kind, at: due, attempt: 1, position: 0, messageId: "m", detail: "" },
    });
    expect(await ledger.outcome(key, "00", id(1))).toBeUndefined();
    const put = (kind: OutcomeKind) => ledger.putOutcome(key, "00", outcome(kind));
    const order = ["delay", "soft-bounce", "rendering-failure", "reject", "hard-bounce", "complaint"] as const;
    for (const kind of order) expect([kind, await put(kind), await put(kind)]).toEqual([kind, true, false]);
    for (const kind of order) expect(await put(kind)).toBe(false);
    expect(await ledger.outcome(key, "00", id(1))).toEqual(outcome("complaint"));
    await ledger.putOutcome(key, "00", outcome("hard-bounce", 0));
    await ledger.putOutcome(key, "01", outcome("delay", 3));
    expect(await ledger.outcomes(key, "00")).toEqual([outcome("hard-bounce", 0), outcome("complaint")]);
  });

  test("a double is noted once, and a person's word on resending is kept", async () => {
    const double = { key: batch(10, 5).key, attempt: 2, positions: [1, 3], noticedAt: due };
    expect(await ledger.noteDouble(double)).toBe(true);
    expect(await ledger.noteDouble({ ...double, noticedAt: instant(9) })).toBe(false);
    expect(await ledger.noteDouble({ ...double, attempt: 3 })).toBe(true);
    const own = (await ledger.doubles()).filter(({ key: { newsletter } }) => newsletter === key.newsletter);
    expect(own).toEqual([double, { ...double, attempt: 3 }]);
    await ledger.allowResend({ at: instant(1), by: "ed" });
    await ledger.allowResend({ at: instant(2), by: "jo" });
    expect(await ledger.resendAllowed()).toEqual({ at: instant(2), by: "jo" });
  });

  test("one sender has the lease until it ends or gives it back", async () => {
    const one = openEmpty();
    expect(await one.sender()).toBeUndefined();
    const a = takeSender(undefined, "a", instant(0), 15);
    expect(await one.takeSender(a, instant(0))).toBe(true);
    expect(await one.takeSender(takeSender(a, "b", instant(15), 15), instant(15))).toBe(false);
    const renewed: Sender = { ...a, until: instant(20), rate: 14, wakeAt: instant(9) };
    expect(await one.keepSender(renewed)).toBe(true);
    expect(await one.takeSender(takeSender(renewed, "b", instant(16), 15), instant(16))).toBe(false);
    expect(await one.takeSender(takeSender(renewed, "b", instant(21), 15), instant(21))).toBe(true);
    expect(await one.keepSender(renewed)).toBe(false);
    expect(await one.sender()).toEqual({ ...nextWrite(renewed), holder: "b", until: instant(36) });
  });

  test("each of several senders has a lease of its own, and the account shows the departures of all", async () => {
    const one = openShared();
    const hist = (n: number) => ({ at: 100, n: [n] });
    const shares = { senders: 4, rate: 5_000, since: instant(0), until: instant(15) };
    const first: Sender = { ...takeSender(undefined, "a", instant(0), 15), rate: 20_000, hist: hist(7), shares };
    const third: Sender = { ...takeSender(undefined, "c", instant(0), 15, 2), hist: hist(5) };
    const mailed = [{ newsletter: key.newsletter, date: key.date, accepted: 5, refused: 1 }];
    expect(await one.takeSender(third, instant(0))).toBe(true);
    expect(await one.sender()).toBeUndefined();
    expect(await one.takeSender(first, instant(0))).toBe(true);
    expect(await one.takeSender(takeSender(third, "d", instant(1), 15, 2), instant(1))).toBe(false);
    expect(await one.keepSender(nextWrite({ ...third, mailed }))).toBe(true);
    expect(await one.senders()).toEqual([first, nextWrite({ ...third, mailed })]);
    expect(await one.sender()).toEqual({ ...first, hist: hist(12) });
    expect(await one.keepSender({ ...nextWrite(first), index: 2 })).toBe(false);
  });

  test("a write of the lease that arrives late changes nothing: not one repeated, not a lease takeSender before", async () => {
    const one = openEmpty();
    const a = takeSender(await one.sender(), "a", instant(37), 15);
    expect(await one.takeSender(a, instant(37))).toBe(true);
    const early = nextWrite({ ...a, until: instant(53) });
    const late = nextWrite({ ...early, until: instant(55) });
    expect(await one.keepSender(late)).toBe(true);
    expect(await one.keepSender(early)).toBe(false);
    expect(await one.keepSender(late)).toBe(true);
    expect((await one.sender())?.until).toBe(instant(55));
    const over = nextWrite({ ...late, until: instant(36) });
    await one.keepSender(over);
    expect(await one.takeSender(a, instant(37))).toBe(false);
    expect(await one.sender()).toEqual(over);
    expect(await one.takeSender(takeSender(over, "b", instant(56), 15), instant(56))).toBe(true);
  });
});
