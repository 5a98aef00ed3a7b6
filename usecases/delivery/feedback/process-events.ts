import type { DeliveryTag } from "#domain/delivery/calls/tags.ts";
import type { BatchKey } from "#domain/delivery/ledger/batch.ts";
import { readEvent, type SesEvent } from "#domain/delivery/resolving/event.ts";
import { hasPosition } from "#domain/delivery/resolving/evidence.ts";
import { isProbe, probeEventOf } from "#domain/delivery/resolving/probe.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import { inParallel } from "../../in-parallel.ts";
import { applyEvent } from "./apply-event.ts";
import { applyEvidence } from "./apply-evidence.ts";
import type { FeedbackPorts } from "./ports.ts";

/** One message of the queue: its id, and SES's event. */
type QueueMessage = { readonly id: string; readonly body: string };

type FeedbackReport = {
  /** Ids of messages that the queue should redeliver. */
  readonly failed: readonly string[];
  readonly refused: number;
};

/** Batches read in parallel: as many as the table's client has connections. */
const AT_ONCE = 50;

/** An event with the message it came in. */
type ReceivedEvent = SesEvent & { readonly message: QueueMessage };
/** An event of an edition's delivery. */
export type ReceivedDelivery = ReceivedEvent & { readonly delivery: DeliveryTag };

/**
 * Processes SES's events, in any order, late or repeated: what they prove about each batch, and what happened to each
 * delivery. Events that aren't ours, or that this version can't read, go to the dead-letter queue with the reason;
 * events that fail because of the table are redelivered.
 */
export async function processEvents(all: FeedbackPorts, messages: readonly QueueMessage[]): Promise<FeedbackReport> {
  const ports = { ...all, editions: readOnce(all.editions) };
  const failed: string[] = [];
  let refusals = 0;
  const refuse = async (refused: readonly QueueMessage[], reason: string) => {
    for (const { id, body } of refused) {
      await ports.refuse(body, reason).catch(() => failed.push(id));
    }
    refusals += refused.length;
    ports.log.warn("events were refused", { reason, events: refused.length });
  };
  const received: ReceivedEvent[] = [];
  for (const message of messages) {
    const event = readEvent(message.body, ports.configurationSet);
    if ("refused" in event) await refuse([message], event.refused);
    else received.push({ ...event, message });
  }
  const take = async (events: readonly ReceivedEvent[], work: () => Promise<readonly RefusedEvents[]>) => {
    const own = events.map(({ message }) => message);
    try {
      for (const { messages: refusedMessages, reason } of await work()) await refuse(refusedMessages, reason);
    } catch (error) {
      if (isUnreadableItem(error)) return refuse(own, error.message);
      ports.log.warn("events could not be taken in now", { events: own.length, error });
      failed.push(...own.map(({ id }) => id));
    }
  };
  const single = received.filter(({ delivery }) => delivery === undefined);
  const work = [
    ...byBatch(received).map(({ key, events }) => [events, () => applyBatchEvents(ports, key, events)] as const),
    ...single.map((event) => [[event], () => applyAddressEvent(ports, event)] as const),
  ];
  await inParallel(work, AT_ONCE, ([events, apply]) => take(events, apply));
  return { failed, refused: refusals };
}

/**
 * Each edition is read once a poll: at 5,000 recipients a second, reading it for every batch would exceed the 3,000
 * strong reads a second that one item allows.
 */
function readOnce(editions: FeedbackPorts["editions"]): FeedbackPorts["editions"] {
  const known = new Map<string, Promise<Edition | undefined>>();
  const lists = new Map<string, Promise<Edition[]>>();
  const once = <T>(reads: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> => {
    const reading = reads.get(name) ?? read();
    reads.set(name, reading);
    return reading;
  };
  return {
    get: (key) => once(known, `${key.newsletter} ${key.date}`, () => editions.get(key)),
    list: (newsletter, limit, until) =>
      once(lists, `${newsletter} ${limit} ${until}`, () => editions.list(newsletter, limit, until)),
    update: (key, change, only) => editions.update(key, change, only),
    addCounts: (key, counts) => editions.addCounts(key, counts),
  };
}

type RefusedEvents = { readonly messages: readonly QueueMessage[]; readonly reason: string };

/** Returns the refused messages. Their effect on an address is applied even so. */
async function applyBatchEvents(
  ports: FeedbackPorts,
  key: BatchKey,
  events: readonly ReceivedDelivery[],
): Promise<readonly RefusedEvents[]> {
  const batch = await applyEvidence(ports, key, events);
  for (const event of events) await applyEvent(ports, event, batch);
  const name = `${key.first} of ${key.newsletter} ${key.date}`;
  if (!batch) return [{ messages: events.map(({ message }) => message), reason: `the table has no batch ${name}` }];
  const outside = events.filter(({ delivery }) => !hasPosition(batch, delivery)).map(({ message }) => message);
  return outside.length === 0 ? [] : [{ messages: outside, reason: `batch ${name} has no such position` }];
}

async function applyAddressEvent(ports: FeedbackPorts, event: ReceivedEvent): Promise<readonly RefusedEvents[]> {
  const { address, messageId, trouble } = event;
  if (isProbe(address)) await ports.probes.arrived(messageId, probeEventOf(trouble?.kind), ports.now());
  else await applyEvent(ports, event, undefined);
  return [];
}

function byBatch(received: readonly ReceivedEvent[]): { key: BatchKey; events: ReceivedDelivery[] }[] {
  const batches = new Map<string, { key: BatchKey; events: ReceivedDelivery[] }>();
  for (const event of received) {
    const { delivery } = event;
    if (!delivery) continue;
    const name = Object.values(delivery.key).join(" ");
    const batch = batches.get(name) ?? { key: delivery.key, events: [] };
    batch.events.push({ ...event, delivery });
    batches.set(name, batch);
  }
  return [...batches.values()];
}
