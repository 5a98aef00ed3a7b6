import type { SesEvent } from "./envelope.ts";

/** Delivers at most 10 events. Rejects if none was accepted; returns those that weren't. */
export type Sink = (events: readonly SesEvent[]) => Promise<readonly SesEvent[]>;

const atOnce = 10;
const attempts = 8;
/** Most waiting events; beyond that, new ones are lost, because SES's events are best effort too. */
const most = 500_000;

/**
 * Delivers events without delaying a send: `take` returns at once and never throws. Events are delivered in tens, in
 * order, retried after a pause if the queue doesn't answer, and dropped after eight tries.
 * @param types the only ones that are wanted; undefined: all
 */
export function createCourier(sink: Sink | undefined, types?: readonly string[]) {
  const waiting: { make: () => SesEvent; tries: number }[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const counts = { sent: 0, lost: 0, failed: 0 };
  let running: Promise<void> | undefined;
  let closed = false;

  const handOn = async (handle: Sink) => {
    while (waiting.length > 0 && !closed) {
      const group = waiting.splice(0, atOnce).map(({ make, tries }) => ({ make, event: make(), tries }));
      const left = await handle(group.map(({ event }) => event)).catch(() => group.map(({ event }) => event));
      counts.sent += group.length - left.length;
      const again = group.filter(({ event, tries }) => left.includes(event) && tries + 1 < attempts);
      counts.failed += left.length - again.length;
      waiting.unshift(...again.map(({ make, tries }) => ({ make, tries: tries + 1 })));
      if (again.length > 0) await pause(50 * 2 ** Math.max(...again.map(({ tries }) => tries)));
    }
    running = undefined;
  };

  const put = (events: readonly (() => SesEvent)[]) => {
    if (!sink || closed) return;
    const room = Math.max(0, most - waiting.length);
    counts.lost += Math.max(0, events.length - room);
    for (const make of events.slice(0, room)) waiting.push({ make, tries: 0 });
    running ??= handOn(sink);
  };

  return {
    /** Whether events of this type go anywhere; others needn't be made. */
    wants: (type: string): boolean => sink !== undefined && (types?.includes(type) ?? true),
    /** Queues events, to be delivered after `delay` milliseconds. */
    take(events: readonly (() => SesEvent)[], delay = 0) {
      if (events.length === 0) return;
      if (delay === 0) return put(events);
      const timer = setTimeout(() => {
        timers.delete(timer);
        put(events);
      }, delay);
      timers.add(timer);
    },
    /** Counts events that a fault lost. */
    lost: (events: number) => {
      counts.lost += events;
    },
    counts: () => ({ ...counts, waiting: waiting.length, late: timers.size }),
    /** Delivers waiting events for at most a second; late ones are dropped. */
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await Promise.race([running, pause(1000)]);
      closed = true;
    },
  };
}

export type Courier = ReturnType<typeof createCourier>;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
