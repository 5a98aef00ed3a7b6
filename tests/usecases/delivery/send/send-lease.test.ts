import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters, toLetters } from "#adapters/dynamo/delivery/batches.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { config, key, subscriber } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open, type System, start } from "../../../testing/delivery/virtual-sender.ts";

/** One fault at a time around the sender, in virtual time. */

const away = () => Promise.reject(new Error("the table did not answer"));
const ledgerOf = ({ ports }: System, change: Partial<SendPorts["ledger"]>) => ({
  ledger: { ...ports.ledger, ...change },
});

describe("the lease", () => {
  test("that is not renewed stops all calls after 8 s", async () => {
    const app = open({ rate: 1 });
    await app.frozen(30);
    await app.run(ledgerOf(app, { keepSender: away }), { ...config.delivery, runSeconds: 40 });
    expect(app.departures.length).toBeGreaterThan(4);
    expect(Math.max(...app.departures.map(({ at }) => at - start))).toBeLessThan(8_000);
    expect((await app.batches()).filter(({ state }) => state !== "done" && state !== "ready")).toEqual([]);
  });

  test("that another sender took ends the run, with its calls recorded", async () => {
    const app = open({ rate: 1, ms: 500 });
    await app.frozen(30);
    const isLost = () => app.time.now() >= start + 5_000;
    const lost = {
      keepSender: async () => !isLost(),
      senders: async () =>
        isLost() ? [takeSender(undefined, "another", toInstant(app.time.now()), 15)] : app.ledger.senders(),
    };
    expect(await app.run(ledgerOf(app, lost))).toMatchObject({ end: "lease lost", kicked: true });
    expect((await app.counts()).accepted).toBe(app.departures.length);
    expect((await app.batches()).filter(({ state }) => state === "calling")).toEqual([]);
  });

  test("is given back after its last renewal, so the next sender needn't wait", async () => {
    const app = open({ rate: 500, ms: 2_500 });
    await app.frozen(3);
    const slow: SendPorts["ledger"]["keepSender"] = async (next) => {
      if (next.until > toInstant(app.time.now())) await app.time.sleep(4_000);
      return app.ledger.keepSender(next);
    };
    await app.run(ledgerOf(app, { keepSender: slow }));
    await app.until(app.time.sleep(10_000));
    expect((await app.ledger.sender())?.until).toBe(toInstant(0));
  });

  test("leaves no write under way when the run is over, for the process may be frozen then", async () => {
    const app = open({ rate: 500, ms: 2_500 });
    await app.frozen(3);
    let underWay = 0;
    const slow: SendPorts["ledger"]["keepSender"] = async (next) => {
      underWay += 1;
      if (next.until > toInstant(app.time.now())) await app.time.sleep(4_000);
      underWay -= 1;
      return app.ledger.keepSender(next);
    };
    await app.run(ledgerOf(app, { keepSender: slow }));
    expect(underWay).toBe(0);
  });

  test("is still held after its answer was lost", async () => {
    const app = open();
    await app.frozen(3);
    const repeated: SendPorts["ledger"]["takeSender"] = async (next, now) => {
      await app.ledger.takeSender(next, now);
      return app.ledger.takeSender(next, now);
    };
    await app.run(ledgerOf(app, { takeSender: repeated }));
    expect(app.mailed()).toEqual(addresses(3));
  });

  test("of a dead sender is waited for, and no call leaves in the second after it", async () => {
    const app = open();
    await app.frozen(3);
    const now = toInstant(app.time.now());
    const dead = { ...(await app.ledger.sender()), holder: "dead", until: toInstant(app.time.now() + 15_000) };
    await app.ledger.takeSender(
      { ...dead, rate: 500, quota: null, sent24: 0, readAt: now, slow: { factor: 1, since: 0 }, wakeAt: null },
      now,
    );
    await app.run();
    expect(app.mailed()).toEqual(addresses(3));
    expect((app.departures[0]?.at ?? 0) - start).toBeGreaterThan(16_100);
  });
});

describe("after a sender that stopped in the middle of its calls", () => {
  /** A dead sender's lease and its call of the first batch, as long ago as that. */
  async function dead(app: System, until: number) {
    const now = toInstant(app.time.now());
    const known = { rate: 500, quota: null, sent24: 0, readAt: now, slow: { factor: 1, since: 0 }, wakeAt: null };
    await app.ledger.takeSender({ holder: "dead", until: toInstant(until), ...known }, now);
    const [batch] = await app.batches();
    if (!batch) throw new Error("nothing was frozen");
    await app.ledger.startGroup(batch.key, batch.key.group, now);
    const call = { at: now, until: toInstant(start + 60_000), rev: 1, run: "dead", positions: [0, 1, 2] };
    const calling = { ...batch, state: "calling" as const, attempts: 1, call };
    await app.ledger.saveBatch(calling, { attempts: 0, states: ["ready"] });
  }
  const lines: [string, Record<string, unknown>][] = [];
  const log = {
    ...{ info: () => undefined, error: () => undefined },
    warn: (what: string, fields: Record<string, unknown>) => void lines.push([what, fields]),
  };
  beforeEach(() => {
    lines.length = 0;
  });

  test("the log says what is unknown, what happens to it, and which command shows more", async () => {
    const app = open();
    await app.frozen(60);
    await dead(app, start + 5_000);
    await app.run({ log });
    expect(lines).toEqual([
      [
        "the sender before this one stopped before it recorded SES's answers",
        {
          edition: "daily 2026-11-23",
          ...{ calls: 1, unknown: 3 },
          next: expect.stringMatching(
            /^SES's events resolve them within 20 minutes; what they leave open is held .* edition calls daily --date 2026-11-23$/,
          ),
        },
      ],
    ]);
    expect(app.departures.length).toBeGreaterThan(0);
  });

  test("nothing is logged if it gave its lease back, or left no call", async () => {
    const app = open();
    await app.frozen(60);
    await dead(app, 0);
    await app.run({ log });
    const other = open();
    await other.frozen(3);
    const known = { rate: 1, quota: null, sent24: 0, readAt: null, slow: { factor: 1, since: 0 }, wakeAt: null };
    await other.ledger.takeSender({ holder: "dead", until: toInstant(start + 1_000), ...known }, toInstant(start));
    await other.run({ log });
    expect(lines).toEqual([]);
  });

  test("a table that doesn't answer about it stops nothing", async () => {
    const app = open();
    await app.frozen(60);
    await dead(app, start + 5_000);
    let reads = 0;
    const groups: SendPorts["ledger"]["groups"] = async (of) => (reads++ === 0 ? away() : app.ledger.groups(of));
    await app.run({ ...ledgerOf(app, { groups }), log });
    expect(app.departures.flatMap(({ to }) => to).length).toBe(10);
  });
});

describe("a write to the ledger", () => {
  /** Takes effect, but its answer is lost; this often, for writes that bring this state. */
  const unheard = (app: System, state: string, times: number): SendPorts["ledger"]["saveBatch"] => {
    let left = times;
    return async (batch, only) => {
      const saved = await app.ledger.saveBatch(batch, only);
      if (batch.state !== state || left === 0) return saved;
      left -= 1;
      return away();
    };
  };

  test("that claimed and got no answer still holds", async () => {
    const app = open();
    await app.frozen(3);
    await app.run(ledgerOf(app, { saveBatch: unheard(app, "calling", 1) }));
    expect(app.mailed()).toEqual(addresses(3));
    expect(await app.state()).toBe("finished");
    expect((await app.batches())[0]).toMatchObject({ attempts: 1, state: "done" });
  });

  test("that was repeated isn't a double", async () => {
    const app = open();
    await app.frozen(120);
    const twice: SendPorts["ledger"]["saveBatch"] = async (batch, only) => {
      await app.ledger.saveBatch(batch, only);
      return app.ledger.saveBatch(batch, only);
    };
    await app.run(ledgerOf(app, { saveBatch: twice }));
    expect(app.mailed()).toEqual(addresses(120));
    expect([await app.state(), app.alarms]).toEqual(["finished", []]);
  });

  test("of an answer is retried as long as the run lasts", async () => {
    const app = open();
    await app.frozen(3);
    const gone: SendPorts["ledger"]["saveBatch"] = (batch, only) =>
      batch.state === "done" && app.time.now() < start + 90_000 ? away() : app.ledger.saveBatch(batch, only);
    await app.run(ledgerOf(app, { saveBatch: gone }));
    expect(await app.counts()).toMatchObject({ accepted: 3 });
    expect(app.alarms).toEqual([]);
  });

  test("of an answer that is impossible is logged as an error, once a batch", async () => {
    const app = open();
    await app.frozen(3);
    const never: SendPorts["ledger"]["saveBatch"] = (batch, only) =>
      batch.state === "done" ? away() : app.ledger.saveBatch(batch, only);
    await app.run(ledgerOf(app, { saveBatch: never }), { ...config.delivery, runSeconds: 60 });
    expect(app.alarms).toEqual(["an answer of SES was lost"]);
    expect((await app.batches())[0]).toMatchObject({ state: "calling" });
  });

  test.each(["ready", "held", "unknown"] as const)("of an answer is a fact, though the batch became %s", async (st) => {
    const app = open();
    await app.frozen(3);
    const meddling: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
      const answer = await app.ports.ses.sendBulk(call, gate);
      const [batch] = await app.batches();
      if (batch) await app.ledger.saveBatch({ ...batch, state: st }, { attempts: 1, states: ["calling"] });
      return answer;
    };
    await app.run({ ses: { ...app.ports.ses, sendBulk: meddling } });
    expect((await app.batches())[0]).toMatchObject({ state: "done", outcomes: fromLetters("aaa"), attempts: 1 });
    expect([app.mailed(), await app.state()]).toEqual([addresses(3), "finished"]);
  });

  test("of an answer that comes after a later attempt is recorded and logged as an error", async () => {
    const app = open();
    await app.frozen(3);
    const overtaken: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
      const answer = await app.ports.ses.sendBulk(call, gate);
      const [batch] = await app.batches();
      if (batch) await app.ledger.saveBatch({ ...batch, attempts: 2 }, { attempts: 1, states: ["calling"] });
      return answer;
    };
    await app.run({ ses: { ...app.ports.ses, sendBulk: overtaken } });
    expect(app.alarms).toEqual(["an answer came after its batch had gone on"]);
    const [batch] = await app.batches();
    expect(batch).toMatchObject({ state: "calling", attempts: 2, outcomes: fromLetters("...") });
    expect(batch?.log.at(-1)).toMatchObject({ attempt: 1, what: "a late answer: accepted" });
  });
});

describe("between freeze and call", () => {
  test("a reader a reader who leaves at the last moment before the status is read is skipped", async () => {
    const app = open();
    await app.frozen(3);
    const leaving: SendPorts["subscribers"]["getMany"] = async (...args) => {
      const before = subscriber(1);
      const after = { ...before, status: "left" as const, changedAt: toInstant(app.time.now()) };
      await app.subscribers.write("daily", [{ before, after }]);
      expect(args[2]).toBe(true);
      return app.subscribers.getMany(...args);
    };
    await app.run({ subscribers: { ...app.subscribers, getMany: leaving } });
    expect(app.mailed()).toEqual([0, 2].map((n) => subscriber(n).address));
    expect(await app.counts()).toMatchObject({ accepted: 2, skipped: 1 });
  });

  test.each(["cancelled", "paused"] as const)(
    "an edition that is %s finishes calls in flight, and no more",
    async (state) => {
      const app = open({ rate: 50, ms: 3_000 });
      await app.frozen(500);
      const stop = async () => {
        await app.time.sleep(5_000);
        await app.editions.update(key, { state });
      };
      void stop();
      expect(await app.run()).toMatchObject({ end: "idle" });
      expect(app.departures.length).toBeGreaterThan(2);
      expect(Math.max(...app.departures.map(({ at }) => at - start))).toBeLessThan(7_100);
      const counts = await app.counts();
      expect(counts.accepted).toBe(app.mailed().length);
      expect(counts.waiting).toBe(500 - counts.accepted);
      expect([await app.state(), app.kicks.count]).toEqual([state, 0]);
      await app.look();
      expect(await app.ledger.pointers()).toHaveLength(state === "cancelled" ? 0 : 1);
    },
  );

  test("a reader who moved is read as consistently as all others", async () => {
    const app = open();
    await app.frozen(2);
    const at = toInstant(start);
    const [old, next] = [subscriber(1), { ...subscriber(100), origin: subscriber(1).id }];
    const moved = { ...old, status: "moved" as const, movedTo: next.id, movedAt: at, changedAt: at };
    const changes = [
      { before: undefined, after: next },
      { before: old, after: moved },
    ];
    await app.subscribers.write("daily", changes);
    const asked: boolean[] = [];
    const getMany: SendPorts["subscribers"]["getMany"] = (newsletter, ids, consistent) => {
      asked.push(consistent);
      return app.subscribers.getMany(newsletter, ids, consistent);
    };
    await app.run({ subscribers: { ...app.subscribers, getMany } });
    expect(asked).toEqual([true, true]);
    expect(app.mailed()).toEqual([subscriber(0).address, next.address].toSorted());
  });

  test("a reader who moved to an address that is in the audience itself is mailed there, once", async () => {
    const app = open();
    await app.frozen(2);
    const [old, next] = [subscriber(0), subscriber(1)];
    const at = toInstant(start);
    const moved = { ...old, status: "moved" as const, movedTo: next.id, movedAt: at, changedAt: at };
    await app.subscribers.write("daily", [
      { before: old, after: moved },
      { before: next, after: { ...next, origin: old.id } },
    ]);
    await app.run();
    expect(app.mailed()).toEqual([next.address]);
    expect(await app.counts()).toMatchObject({ accepted: 1, skipped: 1 });
  });

  test("a claim is valid as long as the settings say", async () => {
    const app = open();
    await app.frozen(3);
    await app.run({}, { ...config.delivery, claimSeconds: 45 });
    const call = (await app.batches())[0]?.call;
    expect(Date.parse(call?.until ?? "") - Date.parse(call?.at ?? "")).toBe(45_000);
  });

  test("a claim has the revision that is sent", async () => {
    const app = open();
    await app.frozen(3);
    const second = await app.editions.revision(key, 1);
    if (second) await app.editions.putRevision(key, { ...second, rev: 2 });
    await app.editions.update(key, { rev: 2 });
    await app.run();
    expect((await app.batches())[0]?.call).toMatchObject({ rev: 2 });
  });

  test.each([6_000, -6_000])("with a clock that is off by %d ms, nothing is sent", async (skew) => {
    const app = open();
    await app.frozen(3);
    expect(await app.run({ skew: () => skew })).toMatchObject({ end: "stopped", calls: 0 });
    expect(app.mailed()).toEqual([]);
  });

  test("the start of a group is stored before its first claim, even if the first try fails", async () => {
    const app = open();
    await app.frozen(200);
    let tries = 0;
    const startGroup: SendPorts["ledger"]["startGroup"] = (...args) => {
      tries += 1;
      return tries === 1 ? away() : app.ledger.startGroup(...args);
    };
    const saveBatch: SendPorts["ledger"]["saveBatch"] = async (batch, only) => {
      const [group] = await app.ledger.groups(key);
      expect(group?.startedAt).not.toBeNull();
      return app.ledger.saveBatch(batch, only);
    };
    await app.run(ledgerOf(app, { startGroup, saveBatch }));
    expect([app.mailed(), await app.state()]).toEqual([addresses(200), "finished"]);
  });
});

test("a batch of which events show an unknown attempt is held, though a person sends the edition on anyway", async () => {
  const app = open();
  await app.frozen(100);
  const [first, second] = await app.batches();
  if (!first || !second) throw new Error("nothing was frozen");
  await app.ledger.addSeen(first.key, ["1:0", "1:1", "2:2"]);
  await app.editions.update(key, { anyway: true });
  await app.run();
  const [held, sent] = await app.batches();
  expect(toLetters(held?.outcomes ?? [])).toBe(`aaa${"h".repeat(47)}`);
  expect(sent?.outcomes.every((outcome) => outcome === "accepted")).toBe(true);
  expect(app.mailed()).toHaveLength(50);
  expect(await app.state()).toBe("held");
});

test("an edition that was held goes on where it stopped, and mails no one twice", async () => {
  const app = open({ rate: 50 });
  await app.frozen(300);
  const paused: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
    const answer = await app.ports.ses.sendBulk(call, gate);
    if (answer.is !== "results" || app.departures.length < 3) return answer;
    app.departures.pop();
    return { is: "error", status: 400, code: "SendingPausedException", message: "" };
  };
  await app.run({ ses: { ...app.ports.ses, sendBulk: paused } });
  expect([await app.state(), app.mailed().length]).toEqual(["held", 100]);
  await app.editions.update(key, { state: "sending", reason: null }, { state: ["held"] });
  await app.run();
  expect([app.mailed(), await app.state()]).toEqual([addresses(300), "finished"]);
});
