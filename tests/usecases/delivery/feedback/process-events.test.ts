import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { approved, key, keys } from "../../../testing/delivery/delivery-system.ts";
import { complained, event, sent } from "../../../testing/delivery/ses-events.ts";

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
const seen = async () => [...(await ports.ledger.seen(batchKey))].sort();

beforeEach(() => {
  refused = [];
  alarms = [];
  lines = [];
  ports = open();
});
describe("bad input", () => {
  test("becomes a dead letter with the reason, and the rest of the poll is processed", async () => {
    await begin({ state: "unknown", outcomes: fromLetters("..."), messageIds: [] });
    const report = await take("{", event("Send", {}, told(0), { source: "my.app" }), sent(told(1)));
    expect(report).toEqual({ failed: [], refused: 2 });
    expect(refused.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("not an SES event"),
      expect.stringContaining("aws.ses"),
    ]);
    expect(await seen()).toEqual(["1:1:m1"]);
  });

  test("an event about a probe is noted by its mail, and counts for no reader", async () => {
    const body = JSON.parse(
      event("Bounce", { bounce: { bounceType: "Permanent" } }, told(0), { tags: { mail: ["single"] } }),
    );
    body.detail.mail = { ...body.detail.mail, messageId: "p1", destination: ["bounce@simulator.amazonses.com"] };
    expect(await take(JSON.stringify(body))).toEqual({ failed: [], refused: 0 });
    expect(await ports.probes.events("p1")).toEqual(["bounce"]);
    expect(lines).toEqual([]);
  });

  test("an item of another version is refused, and not tried again and again", async () => {
    await begin();
    const unreadable = new UnreadableItem("item E# is batch version 9");
    ports.ledger.batch = async () => Promise.reject(unreadable);
    expect(await take(sent(told(0)))).toEqual({ failed: [], refused: 1 });
    expect(refused[0]?.reason).toContain("version 9");
  });

  test("a message that can't be refused is retried", async () => {
    ports.refuse = async () => Promise.reject(new Error("SQS does not answer"));
    expect((await take("{")).failed).toEqual(["q0"]);
  });

  test("a table that doesn't answer retries its batch's events, and no others", async () => {
    await begin({ state: "unknown", outcomes: fromLetters("..."), messageIds: [] });
    const other = { ...batchKey, first: idOf("daily", "bob@example.org") };
    const { batch } = ports.ledger;
    ports.ledger.batch = async (which, consistent) =>
      which.first === other.first ? Promise.reject(new Error("no answer")) : batch(which, consistent);
    expect((await take(sent(told(0)), sent(told(1, { key: other })))).failed).toEqual(["q1"]);
    expect(await seen()).toEqual(["1:0:m0"]);
  });

  test("a position that the batch does not have", async () => {
    await begin();
    await take(complained(told(7)));
    expect(refused).toMatchObject([{ reason: expect.stringContaining("position") }]);
  });
});
