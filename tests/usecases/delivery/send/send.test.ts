import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { fromLetters } from "#adapters/dynamo/batches.ts";
import { isClosed } from "#domain/delivery/calls/attempt.ts";
import { toInstant } from "#domain/time/instant.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { approved, config, key, realPorts, revision, subscriber } from "../../../testing/delivery-system.ts";
import { startTable, type TestTable } from "../../../testing/dynalite.ts";

/** The use cases over a real table and a simulated SES that fails as it is told. */
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

/** The same SES, with its calls counted. */
function counting() {
  const { ses: port } = system.ports;
  let [begun, open, peak] = [0, 0, 0];
  const sendBulk: typeof port.sendBulk = async (...args) => {
    begun += 1;
    open += 1;
    peak = Math.max(peak, open);
    return port.sendBulk(...args).finally(() => {
      open -= 1;
    });
  };
  return { ses: { ...port, sendBulk }, begun: () => begun, peak: () => peak };
}

describe("an edition", () => {
  test("reaches everybody once, in as few calls as can be", async () => {
    await frozen(120);
    expect(await run()).toEqual({ end: "idle", calls: 3, kicked: false });
    expect(await mailed()).toEqual(addresses(120));
    expect((await calls()).calls).toBe(3);
    expect(await counts()).toMatchObject({ audience: 120, accepted: 120, waiting: 0 });
    expect(await state()).toBe("finished");
    expect(await system.ports.ledger.pointers()).toEqual([]);
    expect((await batches()).every(({ messageIds }) => messageIds.every((id) => id.length > 0))).toBe(true);
  });

  test("to one reader has headers and tags of their own", async () => {
    await frozen(1);
    await run();
    const [message] = await inbox();
    const source = await (await fetch(`${ses.inboxUrl}/messages/${message?.id}.eml`)).text();
    const unfolded = source.replace(/\r\n[ \t]/g, " ");
    const oneClick = /^List-Unsubscribe: <(https:\/\/news\.example\/one-click\/[^>]+)>/m.exec(unfolded)?.[1];
    expect(oneClick).toBeDefined();
    expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(unfolded).toMatch(/^List-Id: "The Daily Trial" <daily\.news\.example>/m);
    expect(unfolded).toMatch(/^Subject: News \{x\}/m);
    expect(message?.tags).toMatchObject({ newsletter: "daily", edition: key.date, attempt: "1", delivery: "0" });
    const page = await (await fetch(`${ses.inboxUrl}/messages/${message?.id}.html`)).text();
    expect(page).toContain(oneClick?.replace("one-click", "unsubscribe"));
  });

  test("does not reach who left or was erased after the freeze, and follows who moved", async () => {
    await frozen(10);
    const { subscribers } = system.ports;
    const at = (n: number) => subscriber(n);
    const later = "2026-11-23T09:00:00.000Z";
    const moved = { ...subscriber(100), origin: at(2).id };
    await subscribers.write("daily", [
      { before: at(1), after: { ...at(1), status: "left", changedAt: later } },
      { before: undefined, after: moved },
      { before: at(2), after: { ...at(2), status: "moved", movedTo: moved.id, movedAt: later, changedAt: later } },
      // To an address that was frozen itself.
      { before: at(3), after: { ...at(3), status: "moved", movedTo: at(4).id, movedAt: later, changedAt: later } },
    ]);
    await run();
    const expected = [0, 4, 5, 6, 7, 8, 9, 100].map((n) => at(n).address).toSorted();
    expect(await mailed()).toEqual(expected);
    expect(await counts()).toMatchObject({ audience: 10, accepted: 8, skipped: 2 });
    expect(await state()).toBe("finished");
  });

  test("does not reach who paused after the freeze, and reaches who did not pause beyond its date", async () => {
    await frozen(3);
    const { subscribers } = system.ports;
    const changedAt = "2026-11-23T09:00:00.000Z";
    await subscribers.write("daily", [
      { before: subscriber(0), after: { ...subscriber(0), pausedUntil: "2026-11-24", changedAt } },
      { before: subscriber(1), after: { ...subscriber(1), pausedUntil: "2026-11-23", changedAt } },
    ]);
    await run();
    expect(await mailed()).toEqual([subscriber(1), subscriber(2)].map(({ address }) => address).toSorted());
    expect(await counts()).toMatchObject({ audience: 3, accepted: 2, skipped: 1 });
    expect(await state()).toBe("finished");
  });

  test("all of whose readers left makes no call and is finished", async () => {
    await frozen(2);
    const gone = [0, 1].map((n) => ({
      before: subscriber(n),
      after: { ...subscriber(n), status: "left" as const, changedAt: "2026-11-23T09:00:00.000Z" },
    }));
    await system.ports.subscribers.write("daily", gone);
    expect(await run()).toMatchObject({ end: "idle", calls: 0 });
    expect(await counts()).toMatchObject({ skipped: 2 });
    expect(await state()).toBe("finished");
  });

  test.each(["paused", "cancelled", "held"] as const)("that is %s stays where it is", async (stopped) => {
    await frozen(3);
    await system.ports.editions.update(key, { state: stopped });
    expect(await run()).toEqual({ end: "idle", calls: 0, kicked: false });
    expect(await mailed()).toEqual([]);
    expect((await batches())[0]).toMatchObject({ state: "ready", attempts: 0 });
  });

  test("that is late is held", async () => {
    await frozen(3);
    await system.ports.editions.update(key, { latest: "2026-01-01T00:00:00.000Z" });
    await run();
    expect(await mailed()).toEqual([]);
    expect(await state()).toBe("held");
    expect(await reason()).toMatch(/too late/);
    expect(alarms).toContain("an edition is held");
  });

  test("that this version cannot read is held, and another goes out", async () => {
    await frozen(3);
    const second = { ...key, date: "2026-11-24" };
    await system.ports.editions.putRevision(second, {
      ...revision,
      content: { ...revision.content, date: second.date },
    });
    await system.ports.editions.create({ ...approved(), date: second.date });
    await dispatch(system.ports, second, 1);
    const unreadable = new UnreadableItem("item … is batch version 2");
    const batchesOf: typeof system.ports.ledger.batches = (edition, ...rest) =>
      edition.date === key.date ? Promise.reject(unreadable) : system.ports.ledger.batches(edition, ...rest);
    await send({ ...system.ports, ledger: { ...system.ports.ledger, batches: batchesOf } }, quick);
    expect(await state()).toBe("held");
    expect(await reason()).toMatch(/version 2/);
    expect((await system.ports.editions.get(second))?.state).toBe("finished");
  });
});

describe("when SES", () => {
  test("takes a call and the answer is lost, it is unknown and never sent again by itself", async () => {
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

  test("says nothing, the call ends and is unknown", async () => {
    await faults({ kind: "slow", ms: 2_500 });
    await frozen(3);
    const impatient = realPorts(server.table, ses.url, log, 1);
    await send(impatient.ports, quick);
    impatient.close();
    expect(await counts()).toMatchObject({ unknown: 3, accepted: 0 });
    expect((await batches())[0]?.log.at(-1)?.what).toMatch(/no answer within 1 s/);
  });

  test("throttles, it is asked again, more slowly", async () => {
    await faults({ kind: "throttle", times: 2 });
    await frozen(60);
    expect(await run()).toMatchObject({ end: "idle", calls: 4 });
    expect(await mailed()).toEqual(addresses(60));
    expect((await system.ports.ledger.sender())?.slow.factor).toBeLessThan(0.8);
    expect(await state()).toBe("finished");
  });

  test("is down, everything stays ready for a little later", async () => {
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

  test("takes some and not others, those of the call wait for its events: who they are is not said", async () => {
    await faults({ kind: "partial", positions: [1], status: "MESSAGE_REJECTED" });
    await frozen(100);
    await run();
    expect(await counts()).toMatchObject({ audience: 100, accepted: 50, unknown: 50 });
    expect(await state()).toBe("sending");
    const mixed = (await batches()).find(({ state }) => state === "mixed");
    if (!mixed) throw new Error("no batch is mixed");
    expect(mixed).toMatchObject({ taken: 49, outcomes: fromLetters(".".repeat(50)) });
    // SES's events name all but the second; the answer's order is of no account.
    const places = Array.from({ length: 50 }, (_, at) => `1:${at}`).filter((place) => place !== "1:1");
    await system.ports.ledger.addSeen(mixed.key, places);
    await watch({ ...system.ports, dispatch: async () => undefined });
    expect(await run()).toMatchObject({ end: "idle", calls: 1 });
    expect(await counts()).toMatchObject({ audience: 100, accepted: 100 });
    expect(await mailed()).toEqual(addresses(100));
  });

  test("took some of a call before it was sent again, those are not called a second time", async () => {
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

  test("tells of the first call while the second is under way, somebody is told of the double", async () => {
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

  test("refuses a whole call for one reader, each is asked for alone", async () => {
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

  test("refuses our signature, the run ends and asks for help", async () => {
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

  test("allows fewer in a day than the edition has readers, it is held", async () => {
    await control("account", "PATCH", { quota: 50 });
    await frozen(60);
    await run();
    expect(await state()).toBe("held");
    expect(await reason()).toMatch(/60 readers and SES allows this account 50/);
    expect(await mailed()).toEqual([]);
  });
});

describe("a run", () => {
  test("without anything to do ends at once and takes no lease, but learns the size of calls", async () => {
    await control("account", "PATCH", { rate: 14 });
    expect(await run()).toEqual({ end: "nothing to do", calls: 0, kicked: false });
    expect(await system.ports.ledger.sender()).toMatchObject({ until: "1970-01-01T00:00:00.000Z", rate: 14 });
    await frozen(30);
    expect((await batches()).map(({ ids }) => ids.length)).toEqual([14, 14, 2]);
  });

  test("beside another leaves everything to it", async () => {
    await faults({ kind: "slow", ms: 1_500, times: null });
    await frozen(100);
    const [one, other] = await Promise.all([run(), run()]);
    expect([one.calls + other.calls, await mailed()]).toEqual([2, addresses(100)]);
    expect(await state()).toBe("finished");
  });

  test("told to end finishes what it began, and hands the rest on", async () => {
    await faults({ kind: "slow", ms: 400, times: null });
    await control("account", "PATCH", { rate: 50 });
    await frozen(150);
    const watched = counting();
    const report = await send({ ...system.ports, ses: watched.ses, mustEnd: () => watched.begun() > 0 }, quick);
    expect(report).toMatchObject({ end: "time", kicked: true });
    expect(system.kicks.count).toBe(2);
    expect((await batches()).some(({ state }) => state === "calling")).toBe(false);
    expect((await counts()).accepted).toBeGreaterThan(0);
    expect((await counts()).waiting).toBeGreaterThan(0);
    await run();
    expect(await mailed()).toEqual(addresses(150));
  });

  test("with a clock that is off sends nothing", async () => {
    await frozen(3);
    expect(await send({ ...system.ports, skew: () => -6_000 }, quick)).toMatchObject({ end: "stopped", calls: 0 });
    expect(await mailed()).toEqual([]);
  });

  test("that died after its claim leaves an unknown for watch to name", async () => {
    await frozen(3);
    const [batch] = await batches();
    if (!batch) throw new Error("nothing was frozen");
    const call = {
      at: toInstant(Date.now() - 70_000),
      until: toInstant(Date.now() - 10_000),
      positions: [0, 1, 2],
      rev: 1,
      run: "x",
    };
    await system.ports.ledger.startGroup(key, batch.key.group, call.at);
    await system.ports.ledger.saveBatch(
      { ...batch, state: "calling", attempts: 1, call },
      { attempts: 0, states: ["ready"] },
    );
    const report = await watch({ ...system.ports, dispatch: async () => undefined });
    expect(report).toMatchObject({ unknown: 1, kicked: false });
    expect(await run()).toMatchObject({ calls: 0 });
    expect(await counts()).toMatchObject({ unknown: 3, waiting: 0 });
    expect((await batches()).some(isClosed)).toBe(false);
  });

  test("has many calls under way where SES is slow, but never more than 64", { timeout: 60_000 }, async () => {
    await faults({ kind: "slow", ms: 1_000, times: null });
    await frozen(4_000);
    const watched = counting();
    expect(await send({ ...system.ports, ses: watched.ses }, quick)).toMatchObject({ end: "idle", calls: 80 });
    expect(watched.peak()).toBeGreaterThan(8);
    expect(watched.peak()).toBeLessThanOrEqual(64);
    expect((await calls()).accepted).toBe(4_000);
  });
});
