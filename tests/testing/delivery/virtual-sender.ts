import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { type DeliveryStore, deliveryStore } from "#adapters/memory/store.ts";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import type { BulkCall, Gate } from "#domain/delivery/calls/call.ts";
import { tagsOf } from "#domain/delivery/calls/tags.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { createTime } from "../../simulation/world/time.ts";
import { approved, config, key, revision, subscriber } from "./delivery-system.ts";

/** The use cases in virtual time, with one fault at a time, which the test chooses. */
export const start = Date.UTC(2026, 10, 23, 7);

export type Departure = { readonly at: number; readonly date: string; readonly to: readonly string[] };

export function open({ rate = 500, ms = 60, groups = 1, canary = false } = {}) {
  const time = createTime(start);
  const store: DeliveryStore = deliveryStore();
  const subscribers = memorySubscribers();
  const departures: Departure[] = [];
  const alarms: string[] = [];
  const say = (what: string) => void alarms.push(what);
  const kicks = { count: 0 };
  let runs = 0;
  const clock = { now: time.now, mono: time.now, sleep: time.sleep };
  const sendBulk = async (call: BulkCall, gate: Gate): Promise<SesAnswer | { is: "window" }> => {
    const verdict = gate();
    if (verdict === "wait") return { is: "window" };
    if (verdict === "late") return { is: "not-sent", why: "late" };
    const date = call.entries[0]?.tags.find(({ name }) => name === "edition")?.value ?? "";
    departures.push({ at: time.now(), date, to: call.entries.map(({ to }) => to) });
    await time.sleep(ms);
    return { is: "results", results: call.entries.map(() => ({ status: "SUCCESS", messageId: "m", error: null })) };
  };
  const ports: SendPorts = {
    clock,
    editions: memoryEditions(store),
    ledger: memoryLedger(store),
    subscribers,
    ses: { sendBulk, account: async () => ({ rate, quota: null, sent24: 0 }) },
    composeCall: (_edition, { email }, readers) => ({
      ...{ from: "e", replyTo: "e", email, headers: [] },
      entries: readers.map((reader) => ({
        to: reader.subscriber.address,
        values: {},
        headers: [],
        tags: tagsOf(reader),
      })),
    }),
    kick: async () => {
      kicks.count += 1;
    },
    newRun: () => `run${++runs}`,
    skew: () => 0,
    mustEnd: () => false,
    log: { info: () => undefined, warn: () => undefined, error: say },
  };
  const editions = memoryEditions(store);
  const ledger = memoryLedger(store);
  const now = () => toInstant(time.now());
  const backlog = async () => ({ waiting: 0, dead: 0 });

  /** Lets time pass until the work is done. */
  async function until<T>(work: Promise<T>, milliseconds = 3_600_000): Promise<T | undefined> {
    let over = false;
    const result = work.finally(() => {
      over = true;
    });
    result.catch(() => undefined);
    await time.run(time.now() + milliseconds, () => over);
    return over ? result : undefined;
  }
  /** Freezes an edition of that date for all readers. */
  async function edition(date: string, change: Partial<Edition> = {}) {
    const [at, own] = [now(), { ...key, date }];
    await editions.putRevision(own, { ...revision, content: { ...revision.content, date } });
    await editions.create({ ...approved(), date, createdAt: at, approvedAt: at, dueAt: at, ...change });
    const counting = { ...subscribers, count: async () => groups * 10_000 };
    await dispatch(
      {
        ...ports,
        editions,
        ledger,
        subscribers: counting,
        warmUps: memoryWarmUps(),
        publish: async () => {},
        countUse: async () => {},
        now,
      },
      own,
      1,
      canary,
    );
  }
  return {
    now,
    ...{ time, store, ports, subscribers, departures, alarms, kicks, editions, ledger, until },
    mailed: () => departures.flatMap(({ to }) => to).toSorted(),
    run: (change: Partial<SendPorts> = {}, settings = config.delivery) =>
      until(send({ ...ports, ...change }, settings)),
    look: (dispatching = async () => {}) =>
      until(
        watch({
          ...ports,
          editions,
          ledger,
          dispatch: dispatching,
          now,
          backlog,
          settings: config.delivery,
          notify: async () => {},
          leaveHeartbeat: async () => true,
        }),
      ),
    counts: (of = key) => editions.counts(of),
    state: async () => (await editions.get(key))?.state,
    batches: async () => {
      const all = await ledger.groups(key);
      return (await Promise.all(all.map(({ group, run }) => ledger.batches(key, group, run)))).flat();
    },
    /** Freezes this many readers in calls of this size. */
    async frozen(readers: number, size?: number) {
      const changes = Array.from({ length: readers }, (_, n) => ({ before: undefined, after: subscriber(n) }));
      await subscribers.write(key.newsletter, changes);
      const at = now();
      const known = { rate: size ?? rate, quota: null, sent24: 0, readAt: at, wakeAt: null };
      const sender = { ...known, holder: "before", until: toInstant(0), slow: { factor: 1, since: 0 } };
      await ledger.takeSender(sender, at);
      await edition(key.date);
      kicks.count = 0;
    },
    edition,
  };
}
export type System = ReturnType<typeof open>;

export const addresses = (readers: number) =>
  Array.from({ length: readers }, (_, n) => subscriber(n).address).toSorted();
