import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { approved, key, keys } from "../../../testing/delivery/delivery-system.ts";
import {
  bounced,
  complained,
  delayed,
  delivered,
  event,
  rejected,
  unrendered,
} from "../../../testing/delivery/ses-events.ts";

const at = "2026-11-23T07:00:00.000Z";
const newsletters = ["daily", "weekly"];
const readers = ["ann@example.org", "bob@example.org", "cy@example.org"];
const idOf = (newsletter: string, address: string) => subscriberId(keys, newsletter, address);

let refused: { body: string; reason: string }[];
let alarms: string[];
let lines: unknown[];
let ports: ReturnType<typeof open>;
let batchKey: Batch["key"];

function open() {
  const store = deliveryStore();
  return {
    probes: memoryProbes(),
    configurationSet: "broadsheet",
    newsletters,
    editions: memoryEditions(store),
    ledger: memoryLedger(store),
    subscribers: memorySubscribers(),
    idOf: async (newsletter: string, address: string) => idOf(newsletter, address),
    refuse: async (body: string, reason: string) => void refused.push({ body, reason }),
    now: () => at,
    log: {
      info: (...line: unknown[]) => void lines.push(line),
      warn: (...line: unknown[]) => void lines.push(line),
      error: (what: string, ...line: unknown[]) => {
        alarms.push(what);
        lines.push(line);
      },
    },
  };
}

const subscriber = (newsletter: string, address: string, change: Partial<Subscriber> = {}): Subscriber => ({
  ...{ id: idOf(newsletter, address), newsletter, address, status: "active", consent: "test" },
  ...{ addedAt: toInstant(0), changedAt: toInstant(0), origin: null, movedTo: null, movedAt: null },
  ...change,
});
const add = (newsletter: string, address: string, change: Partial<Subscriber> = {}) =>
  ports.subscribers.write(newsletter, [{ before: undefined, after: subscriber(newsletter, address, change) }]);
const status = async (address: string, newsletter = "daily") =>
  (await ports.subscribers.get(newsletter, idOf(newsletter, address)))?.status;
const edition = (change: Partial<Edition>): Edition => ({
  ...approved(),
  ...{ state: "sending", frozenAt: at, groups: 1, size: 3, frozen: 3 },
  ...change,
});

/** An edition of the three readers, in one batch. */
async function begin(batch: Partial<Batch> = {}, change: Partial<Edition> = {}) {
  const ids = readers.map((address) => idOf("daily", address));
  batchKey = { ...key, group: "00", run: "c0ffee", due: at, first: ids[0] ?? "" };
  await ports.editions.create(edition(change));
  const call = { at, until: at, positions: [0, 1, 2], rev: 1, run: "r" };
  const accepted = {
    state: "done",
    attempts: 1,
    outcomes: fromLetters("aaa"),
    messageIds: ["m0", "m1", "m2"],
    call,
  } as const;
  await ports.ledger.writeBatches([
    { ...freshBatch(batchKey, ids), ...accepted, messageIds: [...accepted.messageIds], ...batch },
  ]);
}
const take = (...bodies: string[]) =>
  processEvents(
    ports,
    bodies.map((body, n) => ({ id: `q${n}`, body })),
  );
const told = (position: number, change: object = {}) => ({
  key: batchKey,
  position,
  to: readers[position] ?? "",
  ...change,
});

beforeEach(() => {
  refused = [];
  alarms = [];
  lines = [];
  ports = open();
});
describe("bounces and complaints", () => {
  beforeEach(async () => {
    await begin();
    for (const to of readers) await add("daily", to);
  });
  const outcome = async (position: number) =>
    (await ports.ledger.outcome(key, "00", idOf("daily", readers[position] ?? "")))?.kind;
  const counters = async () => {
    const { bounced, complained, rejected } = (await ports.editions.get(key)) ?? {};
    return { bounced, complained, rejected };
  };

  test("end mail of a newsletter that the config no longer has", async () => {
    ports.newsletters = ["weekly"];
    await take(complained(told(1)));
    expect(await status("bob@example.org")).toBe("complained");
  });

  test("end mail to the address in every newsletter, and count once even if they repeat", async () => {
    await add("weekly", "ann@example.org");
    await take(bounced("Permanent", "General", told(0)), bounced("Permanent", "General", told(0)));
    await take(bounced("Permanent", "General", told(0)));
    expect([await status("ann@example.org"), await status("ann@example.org", "weekly")]).toEqual([
      "bounced",
      "bounced",
    ]);
    expect(await status("bob@example.org")).toBe("active");
    expect(await outcome(0)).toBe("hard-bounce");
    expect(await counters()).toEqual({ bounced: 1 });
    expect(await ports.subscribers.count("daily")).toBe(2);
  });

  test.each([
    ["complaint last", () => [bounced("Permanent", "General", told(0)), complained(told(0))]],
    ["complaint first", () => [complained(told(0)), bounced("Permanent", "General", told(0))]],
  ])("a complaint outweighs a bounce: %s", async (_, events) => {
    for (const one of events()) await take(one);
    expect(await outcome(0)).toBe("complaint");
    expect(await status("ann@example.org")).toBe("complained");
  });

  test("that blame the sender stop no reader, and count for the edition", async () => {
    await begin();
    await add("daily", "ann@example.org");
    await take(bounced("Permanent", "General", told(0), at, "5.7.26"));
    expect(await status("ann@example.org")).toBe("active");
    expect((await ports.editions.get(key))?.bounced).toBe(1);
    expect((await ports.ledger.outcomes(key, "00")).map(({ kind }) => kind)).toEqual(["blocked"]);
  });

  test("of an automatic reply are ignored", async () => {
    await begin();
    await add("daily", "ann@example.org");
    await take(delivered(told(0)), bounced("Transient", "General", told(0), at, null));
    expect(await ports.ledger.outcomes(key, "00")).toEqual([]);
  });

  test("with a transient error that there is no such mailbox end mail in the second edition, not in the first", async () => {
    await begin();
    await add("daily", "ann@example.org");
    const missing = () => bounced("Transient", "General", told(0), at, "4.1.2");
    await take(missing(), missing());
    expect(await status("ann@example.org")).toBe("active");
    const first = batchKey;
    const next = { ...key, date: "2026-11-24" };
    await ports.editions.create(edition(next));
    await ports.ledger.writeBatches([freshBatch({ ...first, ...next }, [idOf("daily", "ann@example.org")])]);
    batchKey = { ...first, ...next };
    await take(missing());
    expect(await status("ann@example.org")).toBe("bounced");
  });

  test("a fault that isn't the address's leaves it active", async () => {
    await take(rejected(told(0)), unrendered(told(1)), delayed(told(2)), complained(told(2), "not-spam"));
    for (const to of readers) expect(await status(to)).toBe("active");
    expect([await outcome(0), await outcome(1), await outcome(2)]).toEqual(["reject", "rendering-failure", "delay"]);
    expect(await counters()).toEqual({ rejected: 2 });
  });

  test("from before a reader joined again end nothing", async () => {
    await add("weekly", "ann@example.org", { addedAt: "2026-11-24T00:00:00.000Z" });
    await take(complained(told(0)));
    expect([await status("ann@example.org"), await status("ann@example.org", "weekly")]).toEqual([
      "complained",
      "active",
    ]);
  });

  test("of erased readers and of those who left are ignored", async () => {
    await add("weekly", "bob@example.org", { status: "left" });
    await take(
      complained(told(1, { to: "erased@example.org" })),
      bounced("Permanent", "General", told(2, { to: "bob@example.org" })),
    );
    expect(await status("bob@example.org", "weekly")).toBe("left");
    expect(refused).toEqual([]);
  });

  test("go to the address that was mailed, where the frozen reader has moved on", async () => {
    await add("daily", "ann@new.example");
    await take(bounced("Permanent", "General", told(0, { to: "ann@new.example" })));
    expect([await status("ann@example.org"), await status("ann@new.example")]).toEqual(["active", "bounced"]);
    expect(await outcome(0)).toBe("hard-bounce");
  });

  test("of a mail outside editions stop the address too", async () => {
    await take(event("Complaint", { complaint: {} }, told(0), { tags: { mail: ["single"] } }));
    expect(await status("ann@example.org")).toBe("complained");
  });

  test("are applied though the batch is long gone", async () => {
    batchKey = { ...batchKey, run: "gone" };
    await take(complained(told(0)));
    expect(await status("ann@example.org")).toBe("complained");
    expect(refused).toHaveLength(1);
  });

  test("are completed after a crash between the outcome and the reader", async () => {
    const { write } = ports.subscribers;
    ports.subscribers.write = async () => Promise.reject(new Error("the table does not answer"));
    expect((await take(complained(told(0)))).failed).toEqual(["q0"]);
    ports.subscribers.write = write;
    expect((await take(complained(told(0)))).failed).toEqual([]);
    expect(await status("ann@example.org")).toBe("complained");
    expect(await counters()).toEqual({ complained: 1 });
  });

  test("are not lost when the subscriber is changed at the same moment", async () => {
    const { write } = ports.subscribers;
    let refusals = 2;
    ports.subscribers.write = async (...args) => (refusals-- > 0 ? [false] : write(...args));
    await take(complained(told(0)));
    expect(await status("ann@example.org")).toBe("complained");
  });

  test("leave no address in the logs", async () => {
    await take(bounced("Permanent", "General", told(0)), complained(told(1)), "bob@example.org");
    expect(JSON.stringify(lines)).not.toMatch(/@/);
  });
});

describe("soft bounces", () => {
  const days = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"];
  const soft = (date: string) => bounced("Transient", "MailboxFull", told(0, { key: { ...batchKey, date } }));
  beforeEach(async () => {
    await begin();
    await add("daily", "ann@example.org");
    for (const date of days.slice(0, 4)) await ports.editions.create(edition({ date }));
    const batches = days.map((date) => ({
      ...freshBatch({ ...batchKey, date }, [batchKey.first]),
      state: "done" as const,
      attempts: 1,
      outcomes: fromLetters("a"),
    }));
    await ports.ledger.writeBatches(batches.slice(0, 4));
  });

  test("end mail after five editions in a row, in whatever order their events come", async () => {
    for (const date of [...days.slice(0, 4)].reverse()) await take(soft(date));
    expect(await status("ann@example.org")).toBe("active");
    await take(soft("2026-11-23"));
    expect(await status("ann@example.org")).toBe("bounced");
  });

  test("a run with a gap doesn't count, nor does one edition five times", async () => {
    for (const date of [...days.slice(0, 2), ...days.slice(3)]) await take(soft(date));
    for (let n = 0; n < 5; n++) await take(soft("2026-11-23"));
    expect(await status("ann@example.org")).toBe("active");
  });

  test("end it too where the next weeks are drafted already", async () => {
    for (let day = 1; day < 20; day++) {
      const date = `2026-12-${String(day).padStart(2, "0")}`;
      await ports.editions.create(edition({ date, state: "draft", frozenAt: null, groups: null }));
    }
    for (const date of days) await take(soft(date));
    expect(await status("ann@example.org")).toBe("bounced");
  });

  test("editions that were not sent don't count in the run", async () => {
    await ports.editions.create(edition({ date: "2026-11-18", state: "skipped", frozenAt: null }));
    for (const date of days) await take(soft(date));
    expect(await status("ann@example.org")).toBe("bounced");
  });
});
