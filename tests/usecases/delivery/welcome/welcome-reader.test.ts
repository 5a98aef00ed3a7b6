import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { confirm } from "#domain/audience/consent/subscription.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { tagsOf } from "#domain/delivery/calls/tags.ts";
import { welcomeKey } from "#domain/delivery/welcome.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { listDeliveries } from "#usecases/delivery/operate/deliveries.ts";
import { historyOf } from "#usecases/delivery/operate/reader-history.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { welcomeReader } from "#usecases/delivery/welcome/welcome-reader.ts";
import { startTable, type TestTable } from "../../../testing/aws/dynalite.ts";
import {
  approved,
  config,
  key,
  realPorts,
  revision,
  siteUrl,
  subscriber,
} from "../../../testing/delivery/delivery-system.ts";

/** The use cases over a real table and the SES simulator: an edition has gone out, and readers come after it. */
let server: TestTable;
let ses: RunningSes;
let system: ReturnType<typeof realPorts>;
let alarms: string[];
/** Milliseconds that have passed for the use cases alone. */
let ahead: number;
const log = { info: () => undefined, warn: () => undefined, error: (message: string) => void alarms.push(message) };

beforeEach(async () => {
  alarms = [];
  ahead = 0;
  [server, ses] = await Promise.all([startTable(), startSes({ port: 0, account: { rate: 5000 } })]);
  system = realPorts(server.table, ses.url, log);
  system.ports.now = () => toInstant(Date.now() + ahead);
  system.ports.clock.now = () => Date.now() + ahead;
  await join(subscriber(0), subscriber(1));
  await sendEdition(key.date);
});
afterEach(async () => {
  system.close();
  await Promise.all([server.close(), ses.close()]);
});

const quick = { ...config.delivery, runSeconds: 20, callTimeoutSeconds: 2 };
const run = () => send(system.ports, quick);
const look = () => watch({ ...system.ports, dispatch: async () => undefined });
const faults = (...all: object[]) => fetch(`${ses.url}/_control/faults`, { method: "PUT", body: JSON.stringify(all) });
const Messages = z.array(z.object({ id: z.string(), to: z.unknown(), subject: z.string() }));
const inbox = async () => Messages.parse(await (await fetch(`${ses.inboxUrl}/messages`)).json());
const join = (...readers: Subscriber[]) =>
  system.ports.subscribers.write(
    "daily",
    readers.map((after) => ({ before: undefined, after })),
  );
const editionOf = (date: string) => system.ports.editions.get({ newsletter: "daily", date });
const welcome = (reader: Subscriber) => welcomeReader(system.ports, { newsletter: "daily", id: reader.id });
const mailsTo = async (reader: Subscriber) =>
  (await inbox()).filter(({ to }) => String(to) === reader.address).map(({ subject }) => subject);

async function approve(date: string) {
  const edition = { newsletter: "daily", date };
  await system.ports.editions.putRevision(edition, { ...revision, content: { ...revision.content, date } });
  await system.ports.editions.create({ ...approved(), date });
  return edition;
}
async function sendEdition(date: string) {
  await dispatch(system.ports, await approve(date), 1);
  await run();
}
async function pointerOf(reader: Subscriber, date = key.date) {
  const { frozenAt } = (await editionOf(date)) ?? {};
  return { newsletter: "daily", date, due: frozenAt ?? "", root: reader.id, askedAt: system.ports.now() };
}
const batchOf = async (reader: Subscriber, date = key.date) =>
  system.ports.ledger.batch(welcomeKey(await pointerOf(reader, date)));

test("a reader who confirms gets the newest edition once, marked, and the edition stays as it was", async () => {
  // Watch notes that the edition is finished, after which the sender no longer finds it.
  await look();
  const before = { edition: await editionOf(key.date), counts: await system.ports.editions.counts(key) };
  expect(before).toMatchObject({ edition: { state: "finished" }, counts: { audience: 2, accepted: 2 } });
  const kicks = system.kicks.count;
  await join(subscriber(7));
  expect(await welcome(subscriber(7))).toBe("welcomed");
  expect(system.kicks.count).toBe(kicks + 1);
  expect(await run()).toMatchObject({ end: "idle", calls: 1, kicked: false });
  expect(await mailsTo(subscriber(7))).toEqual(["Your first edition: News {x}"]);
  expect(await system.ports.ledger.welcomes()).toEqual([]);

  expect(await welcome(subscriber(7))).toBe("none");
  expect(await run()).toMatchObject({ end: "nothing to do" });
  expect(await mailsTo(subscriber(7))).toHaveLength(1);
  const after = { edition: await editionOf(key.date), counts: await system.ports.editions.counts(key) };
  expect(after).toEqual(before);
  expect(await historyOf(system.ports, subscriber(7))).toMatchObject([{ date: key.date, state: "accepted" }]);
  const ports = { ...system.ports, config, siteUrl };
  const listed = await listDeliveries(ports, { ...key, addresses: true, after: "welcome:0" });
  expect(listed).toMatchObject({ value: { deliveries: [{ address: subscriber(7).address, state: "accepted" }] } });
});

test("no one is welcomed with what they have, under whatever address", async () => {
  expect(await welcome(subscriber(0))).toBe("none");
  const later = toInstant(fromInstant(subscriber(1).changedAt) + 1);
  const moved = { ...subscriber(8), origin: subscriber(1).id };
  await join(moved);
  const gone = { ...subscriber(1), status: "moved" as const, movedTo: moved.id, movedAt: later, changedAt: later };
  await system.ports.subscribers.write("daily", [{ before: subscriber(1), after: gone }]);
  expect(await welcome(moved)).toBe("none");
  expect(await welcome(subscriber(9))).toBe("none");
});

test("one reader with two addresses has one welcome", async () => {
  const moved = { ...subscriber(8), origin: subscriber(7).id };
  await join(subscriber(7), moved);
  expect(await welcome(moved)).toBe("welcomed");
  expect(await welcome(subscriber(7))).toBe("welcomed");
  await run();
  expect([(await mailsTo(subscriber(7))).length, (await mailsTo(moved)).length]).toEqual([0, 1]);
});

test("who left before it went out gets none, and who moved gets it at the new address", async () => {
  await join(subscriber(7), subscriber(8));
  for (const n of [7, 8]) expect(await welcome(subscriber(n))).toBe("welcomed");
  const later = toInstant(fromInstant(subscriber(7).changedAt) + 1);
  const moved = { ...subscriber(9), origin: subscriber(8).id };
  await join(moved);
  await system.ports.subscribers.write("daily", [
    { before: subscriber(7), after: { ...subscriber(7), status: "left", changedAt: later } },
    {
      before: subscriber(8),
      after: { ...subscriber(8), status: "moved", movedTo: moved.id, movedAt: later, changedAt: later },
    },
  ]);
  await run();
  expect(await mailsTo(subscriber(7))).toEqual([]);
  expect(await batchOf(subscriber(7))).toMatchObject({ state: "done", outcomes: ["skipped"] });
  expect(await mailsTo(moved)).toHaveLength(1);
});

test("a reader who left and confirmed again is not welcomed with the same edition twice", async () => {
  await join(subscriber(7));
  await welcome(subscriber(7));
  await run();
  const left = { ...subscriber(7), status: "left" as const, changedAt: system.ports.now() };
  const back = confirm(left, toInstant(Date.now() + 10));
  if (!back) throw new Error("not subscribed again");
  await system.ports.subscribers.write("daily", [{ before: subscriber(7), after: left }]);
  await system.ports.subscribers.write("daily", [{ before: left, after: back }]);
  expect(await welcome(subscriber(7))).toBe("none");
});

describe("with another edition on its way", () => {
  const next = "2026-11-24";
  test("it is known only once its audience is frozen whether it has the reader", async () => {
    await join(subscriber(7));
    const edition = await approve(next);
    expect(await welcome(subscriber(7))).toBe("later");
    await dispatch(system.ports, edition, 1);
    expect((await editionOf(next))?.state).toBe("sending");
    expect(await welcome(subscriber(7))).toBe("none");
    await join(subscriber(8));
    expect(await welcome(subscriber(8))).toBe("welcomed");
    await run();
    expect(await mailsTo(subscriber(7))).toEqual(["News {x}"]);
    expect(await mailsTo(subscriber(8))).toEqual(["Your first edition: News {x}"]);
    expect(await batchOf(subscriber(8))).toMatchObject({ state: "done", outcomes: ["accepted"] });
  });

  test("a welcome that waited is withdrawn when the reader has that one, and waits while it is being frozen", async () => {
    await join(subscriber(7));
    expect(await welcome(subscriber(7))).toBe("welcomed");
    const edition = await approve(next);
    expect(await run()).toMatchObject({ calls: 0, kicked: false });
    const waiting = await batchOf(subscriber(7));
    expect(waiting?.state).toBe("ready");
    expect(fromInstant(waiting?.notBefore ?? "")).toBeGreaterThan(Date.now() + 10_000);
    await dispatch(system.ports, edition, 1);
    ahead += 30_000;
    await run();
    expect(await mailsTo(subscriber(7))).toEqual(["News {x}"]);
    const batch = await batchOf(subscriber(7));
    expect(batch).toMatchObject({ state: "done", outcomes: ["skipped"], attempts: 0 });
    expect(batch?.log.at(-1)?.what).toBe("withdrawn: the reader has a newer edition");
    expect(await system.ports.ledger.welcomes()).toEqual([]);
  });
});

describe("what goes wrong with a welcome", () => {
  beforeEach(async () => {
    await join(subscriber(7));
    await welcome(subscriber(7));
  });

  test("SES refuses: it is tried again in minutes, holds nothing and wakes no one; after a day it is over", async () => {
    await faults({ kind: "error", type: "SendingPausedException", times: 1 });
    expect(await run()).toMatchObject({ kicked: false });
    expect(await batchOf(subscriber(7))).toMatchObject({ state: "ready", outcomes: ["waiting"] });
    expect((await editionOf(key.date))?.state).toBe("finished");
    ahead += 310_000;
    expect((await look()).kicked).toBe(true);
    ahead += 25 * 3_600_000;
    expect((await look()).kicked).toBe(false);
    expect(await batchOf(subscriber(7))).toMatchObject({ state: "done", outcomes: ["skipped"] });
    expect(await system.ports.ledger.welcomes()).toEqual([]);
    expect(alarms).toEqual([]);
  });

  test("no answer: it is never sent again, and an event puts it right", async () => {
    await faults({ kind: "drop-after" });
    await run();
    expect(await batchOf(subscriber(7))).toMatchObject({ state: "unknown" });
    ahead += 21 * 60_000;
    await look();
    expect(await batchOf(subscriber(7))).toMatchObject({ state: "held", outcomes: ["held"] });
    expect(await run()).toMatchObject({ calls: 0, kicked: false });
    expect(alarms).toEqual([]);
    const before = await editionOf(key.date);
    const tags = tagsOf({ key: welcomeKey(await pointerOf(subscriber(7))), attempt: 1, position: 0 });
    const event = (eventType: string, more: object = {}) => ({
      id: eventType,
      body: JSON.stringify({
        ...{ source: "aws.ses", time: system.ports.now() },
        detail: {
          eventType,
          ...more,
          mail: {
            ...{ messageId: "m1", destination: [subscriber(7).address] },
            tags: {
              "ses:configuration-set": ["broadsheet"],
              ...Object.fromEntries(tags.map(({ name, value }) => [name, [value]])),
            },
          },
        },
      }),
    });
    const feedback = {
      ...system.ports,
      probes: memoryProbes(),
      ...{ configurationSet: "broadsheet", newsletters: ["daily"] },
      ...{ idOf: async () => subscriber(7).id, refuse: async (_: string, reason: string) => void alarms.push(reason) },
    };
    const bounce = { bounce: { bounceType: "Permanent", bounceSubType: "NoEmail", bouncedRecipients: [] } };
    const taken = await processEvents(feedback, [event("Send"), event("Bounce", bounce)]);
    expect([taken, alarms]).toEqual([{ failed: [], refused: 0 }, []]);
    expect(await batchOf(subscriber(7))).toMatchObject({ state: "done", outcomes: ["accepted"] });
    // Neither its state nor its counts are touched, and the reader is stopped.
    expect(await editionOf(key.date)).toEqual(before);
    expect(await system.ports.ledger.pointers()).toEqual([]);
    expect((await system.ports.subscribers.get("daily", subscriber(7).id))?.status).toBe("bounced");
    expect(await historyOf(system.ports, subscriber(7))).toMatchObject([{ after: "hard-bounce" }]);
  });

  test("a sender that stood still says that it was not sent: it goes out after all", async () => {
    const calling = await batchOf(subscriber(7));
    if (!calling) throw new Error("there is no welcome");
    const call = { at: system.ports.now(), until: system.ports.now(), positions: [0], rev: 1, run: "slow" };
    const claimed = { ...calling, state: "calling" as const, attempts: 1, call };
    await system.ports.ledger.saveBatch(claimed, { attempts: 0, states: ["ready"] });
    for (const minutes of [2, 21]) {
      ahead += minutes * 60_000;
      await look();
    }
    const held = await batchOf(subscriber(7));
    expect(held?.state).toBe("held");
    const record = { ...calling, attempts: 1, call };
    await system.ports.ledger.saveBatch(record, { attempts: 1, states: ["held"] });
    expect((await look()).kicked).toBe(true);
    await run();
    expect(await mailsTo(subscriber(7))).toHaveLength(1);
    expect(await system.ports.ledger.welcomes()).toEqual([]);
  });

  test("an unknown one is forgotten after a day", async () => {
    await faults({ kind: "drop-before" });
    await run();
    for (const minutes of [21, 25 * 60]) {
      expect(await system.ports.ledger.welcomes()).toHaveLength(1);
      ahead += minutes * 60_000;
      await look();
    }
    expect(await system.ports.ledger.welcomes()).toEqual([]);
    expect(await batchOf(subscriber(7))).toMatchObject({ state: "held" });
  });

  test("the table was restored: it is forgotten", async () => {
    await system.ports.ledger.tableKnown();
    const other = { ...(await system.ports.ledger.tableNow()), arn: "restored" };
    const ports = { ...system.ports, ledger: { ...system.ports.ledger, tableNow: async () => other } };
    expect(await send(ports, quick)).toMatchObject({ end: "restored" });
    expect(await system.ports.ledger.welcomes()).toEqual([]);
    expect(await mailsTo(subscriber(7))).toEqual([]);
  });
});
