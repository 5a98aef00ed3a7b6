import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { startTable, type TestTable } from "../../../../testing/aws/dynalite.ts";
import {
  approved,
  config,
  key,
  realPorts,
  revision,
  subscriber,
} from "../../../../testing/delivery/delivery-system.ts";

/** The use cases over a real table and a simulated SES that fails on request. */
let server: TestTable;
let ses: RunningSes;
let system: ReturnType<typeof realPorts>;
const alarms: string[] = [];
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (message: string) => {
    alarms.push(message);
  },
};

beforeEach(async () => {
  alarms.length = 0;
  [server, ses] = await Promise.all([startTable(), startSes({ port: 0, account: { rate: 5000 } })]);
  system = realPorts(server.table, ses.url, log);
});
afterEach(async () => {
  system.close();
  await Promise.all([server.close(), ses.close()]);
});

const quick = { ...config.delivery, runSeconds: 20, callTimeoutSeconds: 2 };
const run = (settings = quick) => send(system.ports, settings);
const control = async (what: string, method: string, body: unknown) => {
  const answer = await fetch(`${ses.url}/_control/${what}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
};
const faults = (...all: object[]) => control("faults", "PUT", all);
const Messages = z.array(z.object({ id: z.string(), to: z.unknown(), tags: z.record(z.string(), z.string()) }));
const inbox = async () => Messages.parse(await (await fetch(`${ses.inboxUrl}/messages`)).json());
const mailed = async () => (await inbox()).map(({ to }) => String(to)).toSorted();
const Summary = z.object({ calls: z.number(), accepted: z.number() });
const calls = async () => Summary.parse(await (await fetch(`${ses.url}/_control/summary`)).json());
const addresses = (readers: number) => Array.from({ length: readers }, (_, n) => subscriber(n).address).toSorted();

async function frozen(readers: number) {
  const { ports } = system;
  const changes = Array.from({ length: readers }, (_, n) => ({ before: undefined, after: subscriber(n) }));
  await ports.subscribers.write("daily", changes);
  await ports.editions.putRevision(key, revision);
  await ports.editions.create(approved());
  await dispatch(ports, key, 1);
}
const state = async () => (await system.ports.editions.get(key))?.state;
const reason = async () => (await system.ports.editions.get(key))?.reason;
const counts = () => system.ports.editions.counts(key);
const batches = async () => {
  const groups = await system.ports.ledger.groups(key);
  return (await Promise.all(groups.map(({ group, run }) => system.ports.ledger.batches(key, group, run)))).flat();
};

describe("when SES", () => {
  test("accepts a call and the answer is lost, it is unknown and never resent automatically", async () => {
    await faults({ kind: "drop-after" });
    await frozen(100);
    await run();
    expect(await counts()).toMatchObject({ accepted: 50, unknown: 50 });
    await run();
    await watch({ ...system.ports, dispatch: async () => undefined });
    await run();
    expect(await mailed()).toEqual(addresses(100));
    expect(await state()).toBe("sending");
  });

  test("doesn't answer, the call ends and is unknown", async () => {
    await faults({ kind: "slow", ms: 2_500 });
    await frozen(3);
    const impatient = realPorts(server.table, ses.url, log, 1);
    await send(impatient.ports, quick);
    impatient.close();
    expect(await counts()).toMatchObject({ unknown: 3, accepted: 0 });
    expect((await batches())[0]?.log.at(-1)?.what).toMatch(/no answer within 1 s/);
  });

  test("throttles, the call is retried, more slowly", async () => {
    await faults({ kind: "throttle", times: 2 });
    await frozen(60);
    expect(await run()).toMatchObject({ end: "idle", calls: 4 });
    expect(await mailed()).toEqual(addresses(60));
    expect((await system.ports.ledger.sender())?.slow.factor).toBeLessThan(0.8);
    expect(await state()).toBe("finished");
  });

  test("is down, everything stays ready and is retried a little later", async () => {
    await frozen(3);
    const nowhere = realPorts(server.table, "http://127.0.0.1:9", log);
    const down = { ...system.ports.ses, sendBulk: nowhere.ports.ses.sendBulk };
    expect(await send({ ...system.ports, ses: down }, { ...quick, runSeconds: 3 })).toMatchObject({ end: "time" });
    nowhere.close();
    const [batch] = await batches();
    expect(batch).toMatchObject({ state: "ready", outcomes: fromLetters("...") });
    const last = batch?.log.at(-1);
    expect(last?.what).toMatch(/could not be reached: ECONNREFUSED/);
    expect(Date.parse(batch?.notBefore ?? "") - Date.parse(last?.at ?? "")).toBe(5_000);
    expect(await run()).toMatchObject({ end: "idle", calls: 1 });
    expect(await mailed()).toEqual(addresses(3));
  });

  test("accepts some and not others, the call waits for its events: the answer doesn't say which", async () => {
    await faults({ kind: "partial", positions: [1], status: "MESSAGE_REJECTED" });
    await frozen(100);
    await run();
    expect(await counts()).toMatchObject({ audience: 100, accepted: 50, unknown: 50 });
    expect(await state()).toBe("sending");
    const mixed = (await batches()).find(({ state }) => state === "mixed");
    if (!mixed) throw new Error("no batch is mixed");
    expect(mixed).toMatchObject({ taken: 49, outcomes: fromLetters(".".repeat(50)) });
    // SES's events name all except the second; the answer's order doesn't matter.
    const places = Array.from({ length: 50 }, (_, at) => `1:${at}`).filter((place) => place !== "1:1");
    await system.ports.ledger.addSeen(mixed.key, places);
    await watch({ ...system.ports, dispatch: async () => undefined });
    expect(await run()).toMatchObject({ end: "idle", calls: 1 });
    expect(await counts()).toMatchObject({ audience: 100, accepted: 100 });
    expect(await mailed()).toEqual(addresses(100));
  });

  test("accepts some and not others, its failures are retried as soon as messages prove the answer's order", async () => {
    await faults({ kind: "partial", positions: [1], status: "MESSAGE_REJECTED" });
    await frozen(100);
    await run();
    const mixed = (await batches()).find(({ state }) => state === "mixed");
    if (!mixed) throw new Error("no batch is mixed");
    const places = [0, 2, 3, 4, 5].map((at) => `1:${at}:${mixed.answered?.[at]}`);
    await system.ports.ledger.addSeen(mixed.key, places);
    await watch({ ...system.ports, dispatch: async () => undefined });
    expect(await run()).toMatchObject({ end: "idle", calls: 1 });
    expect(await counts()).toMatchObject({ audience: 100, accepted: 100 });
    expect(await mailed()).toEqual(addresses(100));
    const after = await system.ports.ledger.batch(mixed.key);
    expect(after?.answered).toBeUndefined();
    expect(new Set(after?.messageIds).size).toBe(50);
  });

  test("accepted some of a call before it was resent, those are not called a second time", async () => {
    await frozen(5);
    const [batch] = await batches();
    if (!batch) throw new Error("nothing was frozen");
    const call = { at: toInstant(0), until: toInstant(0), positions: [0, 1, 2, 3, 4], rev: 1, run: "dead" };
    await system.ports.ledger.saveBatch(
      { ...batch, attempts: 1, call, resends: 1 },
      { attempts: 0, states: ["ready"] },
    );
    await system.ports.ledger.addSeen(batch.key, ["1:0", "1:3"]);
    expect(await run()).toMatchObject({ end: "idle", calls: 1 });
    expect(await mailed()).toHaveLength(3);
    const [after] = await batches();
    expect(after).toMatchObject({ state: "done", outcomes: fromLetters("aaaaa"), call: { positions: [1, 2, 4] } });
    expect(after?.earlier).toEqual([{ attempt: 1, at: call.at, rev: 1, positions: [0, 3] }]);
    expect(await state()).toBe("finished");
  });

  test("reports the first call while the second is under way, an operator is alerted about the double", async () => {
    await frozen(2);
    const [batch] = await batches();
    if (!batch) throw new Error("nothing was frozen");
    const call = { at: toInstant(0), until: toInstant(0), positions: [0, 1], rev: 1, run: "dead" };
    await system.ports.ledger.saveBatch(
      { ...batch, attempts: 1, call, resends: 1 },
      { attempts: 0, states: ["ready"] },
    );
    const { sendBulk, account } = system.ports.ses;
    const late: typeof sendBulk = async (...asked) => {
      await system.ports.ledger.addSeen(batch.key, ["1:1"]);
      return sendBulk(...asked);
    };
    await send({ ...system.ports, ses: { account, sendBulk: late } }, quick);
    expect(await system.ports.ledger.doubles()).toMatchObject([{ key: batch.key, attempt: 2, positions: [1] }]);
    expect(alarms).toContain("SES took deliveries twice");
  });

  /** One batch of an unanswered call that is called again, while events of the first call arrive. */
  const calledAgain = async (outcomes: string, seenInCall: readonly string[]) => {
    await frozen(3);
    const [batch] = await batches();
    if (!batch) throw new Error("nothing was frozen");
    const call = { at: toInstant(0), until: toInstant(0), positions: [0, 1, 2], rev: 1, run: "dead" };
    const { sendBulk, account } = system.ports.ses;
    await system.ports.ledger.saveBatch(
      { ...batch, attempts: 1, call, resends: 1, outcomes: fromLetters(outcomes) },
      { attempts: 0, states: ["ready"] },
    );
    const late: typeof sendBulk = async (...asked) => {
      await system.ports.ledger.addSeen(batch.key, seenInCall);
      return sendBulk(...asked);
    };
    return { batch, ports: { ...system.ports, ses: { account, sendBulk: late } } };
  };

  test("accepted a reader before, who is held while others are called, the record doesn't forget it", async () => {
    const { ports } = await calledAgain("h..", ["1:0"]);
    await send(ports, quick);
    expect(await batches()).toMatchObject([{ state: "done", attempts: 2, outcomes: fromLetters("aaa") }]);
    expect(await state()).toBe("finished");
    expect(await mailed()).toHaveLength(2);
    expect(alarms).toEqual([]);
  });

  test("refuses readers, and proves that it had accepted one of them before, the record says so", async () => {
    const { ports } = await calledAgain("...", ["1:0"]);
    await faults({ kind: "partial", positions: [0, 1, 2], status: "MESSAGE_REJECTED" });
    await send(ports, quick);
    expect(await batches()).toMatchObject([{ state: "done", attempts: 2, outcomes: fromLetters("arr") }]);
  });

  test("proves a reader accepted after the sender read the batch, the reader isn't called", async () => {
    const { batch, ports } = await calledAgain("a..", []);
    const { saveBatch } = ports.ledger;
    let isFirst = true;
    ports.ledger.saveBatch = async (after, only) => {
      const now = await ports.ledger.batch(batch.key);
      if (isFirst && now) await saveBatch({ ...now, outcomes: fromLetters("aa.") }, { attempts: 1, states: ["ready"] });
      isFirst = false;
      return saveBatch(after, only);
    };
    await send(ports, quick);
    expect(await batches()).toMatchObject([{ state: "done", attempts: 2, call: { positions: [2] } }]);
    expect(await mailed()).toHaveLength(1);
  });

  test("refuses a whole call because of one reader, each is sent alone", async () => {
    const spoiler = subscriber(2).address;
    await faults({ kind: "error", type: "BadRequestException", to: spoiler, times: null });
    await frozen(5);
    await run();
    expect(await mailed()).toEqual(addresses(5).filter((address) => address !== spoiler));
    expect(await counts()).toMatchObject({ accepted: 4, refused: 1 });
    expect(await state()).toBe("finished");
  });

  test.each([
    [{ kind: "error", type: "SendingPausedException", times: null }, /paused/],
    [{ kind: "error", type: "AccountSuspendedException", times: null }, /suspended/],
    [
      { kind: "error", type: "MessageRejected", message: "Email address is not verified.", times: null },
      /not verified/,
    ],
    [
      {
        kind: "error",
        status: 404,
        type: "NotFoundException",
        message: "Configuration set x does not exist.",
        times: null,
      },
      /does not find/,
    ],
    [{ kind: "error", status: 403, type: "AccessDeniedException", times: null }, /denied/],
  ])("will not send at all (%#), the edition is held and says why", async (fault, why) => {
    await faults(fault);
    await frozen(120);
    await run();
    expect(await state()).toBe("held");
    expect(await reason()).toMatch(why);
    expect(await counts()).toMatchObject({ waiting: 120 });
    expect(alarms).toContain("an edition is held");
  });

  test("refuses our signature, the run ends with an error for the operator", async () => {
    await faults({
      kind: "error",
      status: 403,
      type: "SignatureDoesNotMatch",
      message: "Signature expired",
      times: null,
    });
    await frozen(3);
    expect(await run()).toMatchObject({ end: "stopped", kicked: false });
    expect(await state()).toBe("sending");
    expect(alarms).toContain("the sender's run is ended");
  });

  test("has no quota left today, the rest waits and the sender sleeps", async () => {
    await control("account", "PATCH", { quota: 160 });
    await frozen(120);
    await run();
    const second = { ...key, date: "2026-11-24" };
    await system.ports.editions.putRevision(second, {
      ...revision,
      content: { ...revision.content, date: second.date },
    });
    await system.ports.editions.create({ ...approved(), date: second.date });
    await dispatch(system.ports, second, 1);
    expect(await run()).toMatchObject({ end: "quota", calls: 0, kicked: false });
    expect((await calls()).accepted).toBe(120);
    const wakeAt = (await system.ports.ledger.sender())?.wakeAt ?? "";
    expect(Date.parse(wakeAt) - Date.now()).toBeGreaterThan(10 * 60_000);
    const report = await watch({ ...system.ports, dispatch: async () => undefined });
    expect(report.kicked).toBe(false);
  });

  test("allows fewer a day than the edition has readers, it is held", async () => {
    await control("account", "PATCH", { quota: 50 });
    await frozen(60);
    await run();
    expect(await state()).toBe("held");
    expect(await reason()).toMatch(/60 readers and SES allows this account 50/);
    expect(await mailed()).toEqual([]);
  });
});
