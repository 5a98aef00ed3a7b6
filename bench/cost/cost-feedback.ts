import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import type { BulkCall } from "#domain/delivery/calls/call.ts";
import { toInstant } from "#domain/time/instant.ts";
import { trigger } from "#functions/feedback/contract.ts";
import { eventsOf } from "#local/ses/events/envelope.ts";
import type { Message } from "#local/ses/mail/message.ts";
import type { Account } from "#local/ses/state/account.ts";
import { key, keys } from "#tests/testing/delivery/delivery-system.ts";
import { createDoneBatches } from "#usecases/delivery/feedback/done-batches.ts";
import type { FeedbackPorts } from "#usecases/delivery/feedback/ports.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import type { openMeter, Units } from "../meter.ts";
import { type ExpectedEvent, type Poll, pollsOf } from "./cost-events.ts";

export const MILLION = 1_000_000;
/** One in this many readers bounces. */
const BOUNCES_EVERY = 67;
const set = "broadsheet";

export type Meter = ReturnType<typeof openMeter>;
/** What processing events consumed. */
export type Taken = Units & { polls: number; events: number };

/** Recipients a second, the sender's memory, and the number of Lambda pollers that read the events. */
export type Rate = { readonly rate: number; readonly gigabytes: number; readonly pollers: number };
export const rates: readonly [Rate, Rate] = [
  { rate: 200, gigabytes: 0.5, pollers: 5 },
  { rate: 5_000, gigabytes: 1.77, pollers: trigger.maxConcurrency },
];

export const idOf = (call: number, at: number) =>
  `0100019aa0000000-${String(call).padStart(8, "0")}-0000-4000-8000-${String(at).padStart(12, "0")}-000000`;

export type SentCall = { call: BulkCall; at: number };

/** Processes the bounces alone, then the other events at each rate. */
export async function takeInAll(meter: Meter, sent: readonly SentCall[]) {
  const polls = (one: Rate, isPublished: (event: ExpectedEvent) => boolean) =>
    pollsOf(
      sent.map(({ call }) => call.entries.length),
      one,
      isPublished,
    );
  const isBounce = ({ call, position, nth }: ExpectedEvent) => nth === 1 && bounces(call + 1, position);
  const bounced = await takeIn(meter, sent, polls(rates[0], isBounce), rates[0].pollers);
  const confirmations: (Rate & Taken)[] = [];
  for (const rate of rates) {
    const others = polls(rate, (event) => !isBounce(event));
    confirmations.push({ ...rate, ...(await takeIn(meter, sent, others, rate.pollers)) });
  }
  return { bounces: bounced, confirmations };
}

async function takeIn(
  meter: Meter,
  sent: readonly SentCall[],
  polls: Iterable<Poll>,
  processes: number,
): Promise<Taken> {
  let fault: unknown;
  const note = (_: string, fields?: { error?: unknown; reason?: unknown }) => {
    fault = fields?.error ?? fields?.reason;
  };
  const log = { info: () => undefined, warn: note, error: console.error };
  const all = Array.from({ length: processes }, () => feedbackPorts(meter.table, log));
  const taken = { polls: 0, events: 0 };
  for (const poll of polls) {
    const ports = all[poll.process];
    if (!ports) throw new Error("There is no such process.");
    const messages = poll.events.map((event) => messageOf(sent, event));
    let failed = messages;
    // As the queue does, which brings failed events again.
    for (let attempt = 0; failed.length > 0 && attempt < trigger.attempts; attempt += 1) {
      const report = await processEvents(ports, failed);
      if (report.refused > 0) throw new NotProcessed(report.refused, fault);
      failed = failed.filter(({ id }) => report.failed.includes(id));
    }
    if (failed.length > 0) throw new NotProcessed(failed.length, fault);
    taken.polls += 1;
    taken.events += messages.length;
  }
  return { ...taken, ...meter.reset() };
}

/** Events were refused, or failed in as many attempts as the queue makes. */
class NotProcessed extends Error {
  override readonly name = "NotProcessed";
  constructor(events: number, cause: unknown) {
    super(
      `Can't count what events cost: ${events} events could not be processed (${cause}). If the table gave no answer in ` +
        "time, run this again when the machine is less busy; anything else is a fault of feedback.",
      { cause },
    );
  }
}

/**
 * The counted readers stand for a million, so as many of their batches are witnesses as of a million readers' batches.
 */
function editionsOfMillion(table: Table) {
  const editions = dynamoEditions(table);
  const get: typeof editions.get = async (key) => {
    const edition = await editions.get(key);
    return edition && { ...edition, frozen: MILLION };
  };
  return { ...editions, get };
}

const feedbackPorts = (table: Table, log: FeedbackPorts["log"]) => ({
  probes: memoryProbes(),
  configurationSet: set,
  newsletters: [key.newsletter],
  editions: editionsOfMillion(table),
  ledger: createDoneBatches(Date.now).over(dynamoLedger(table)),
  subscribers: dynamoSubscribers(table),
  idOf: async (newsletter: string, address: string) => subscriberId(keys, newsletter, address),
  refuse: async () => undefined,
  now: () => toInstant(Date.now()),
  log,
});

const account: Account = {
  ...{ rate: rates[0].rate, quota: -1, burstSeconds: 1, plan: "NONE", sandbox: false, sending: true, verifyAll: true },
  ...{ enforcement: "HEALTHY", region: "us-east-1", id: "000000000000" },
};

const bounces = (number: number, position: number) => (number * 50 + position) % BOUNCES_EVERY === 0;

function messageOf(sent: readonly SentCall[], { call: at, position, nth }: ExpectedEvent) {
  const one = sent[at];
  const entry = one?.call.entries[position];
  if (!one || !entry) throw new Error("There is no such delivery.");
  const message: Message = {
    n: 0,
    call: {
      ...{ v: 1, at: one.at, operation: "SendBulkEmail", from: one.call.from, replyTo: [], content: "", subject: "" },
      ...{ configurationSet: set, entries: [] },
    },
    entry: {
      ...{ id: idOf(at + 1, position), to: [entry.to], cc: [], bcc: [], values: {}, headers: [] },
      tags: Object.fromEntries(entry.tags.map(({ name, value }) => [name, value])),
      fate: bounces(at + 1, position) ? "bounced" : "delivered",
    },
  };
  const event = eventsOf(message, account, undefined)[nth];
  if (!event) throw new Error("SES tells of two things: that it took a message, and its outcome.");
  return { id: event.id, body: JSON.stringify(event) };
}
