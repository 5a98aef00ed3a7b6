import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { send } from "#usecases/delivery/send/send.ts";
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

describe("an edition", () => {
  test("reaches everybody once, in as few calls as can be", async () => {
    await frozen(120);
    expect(await run()).toEqual({ end: "idle", calls: 3, kicked: false });
    expect(await mailed()).toEqual(addresses(120));
    expect((await calls()).calls).toBe(3);
    expect(await counts()).toMatchObject({ audience: 120, accepted: 120, waiting: 0 });
    expect(await state()).toBe("finished");
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

  test("D12: does not reach who left or was erased after the freeze, and follows who moved", async () => {
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
