import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { isClosed } from "#domain/delivery/calls/attempt.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { startTable, type TestTable } from "../../../testing/aws/dynalite.ts";
import { approved, config, key, realPorts, revision, subscriber } from "../../../testing/delivery/delivery-system.ts";

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

describe("a run", () => {
  test("without work ends at once and takes no lease, but learns the size of calls", async () => {
    await control("account", "PATCH", { rate: 14 });
    expect(await run()).toEqual({ end: "nothing to do", calls: 0, kicked: false });
    expect(await system.ports.ledger.sender()).toMatchObject({ until: "1970-01-01T00:00:00.000Z", rate: 14 });
    await frozen(30);
    expect((await batches()).map(({ ids }) => ids.length)).toEqual([14, 14, 2]);
  });

  test("beside another run leaves everything to that", async () => {
    await faults({ kind: "slow", ms: 1_500, times: null });
    await frozen(100);
    const [one, other] = await Promise.all([run(), run()]);
    expect([one.calls + other.calls, await mailed()]).toEqual([2, addresses(100)]);
    expect(await state()).toBe("finished");
  });

  test("that has to end finishes its calls, and hands the rest on", async () => {
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

  test("with a wrong clock sends nothing", async () => {
    await frozen(3);
    expect(await send({ ...system.ports, skew: () => -6_000 }, quick)).toMatchObject({ end: "stopped", calls: 0 });
    expect(await mailed()).toEqual([]);
  });

  test("that died after its claim leaves a call that watch marks as unknown", async () => {
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
