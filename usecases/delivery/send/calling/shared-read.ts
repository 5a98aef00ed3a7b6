import type { Clock } from "../../../ports/services.ts";
import { endsWithin } from "../deadline.ts";

/** A read that hangs delays those who came after its start by at most this long. */
const PATIENCE_MS = 100;

/**
 * One read for all who ask while the one before is on its way. It starts after each of them asked, so each gets the
 * value as of its own request or later, as by a read of its own.
 */
export function sharedRead<K, T>(clock: Clock, nameOf: (key: K) => string, read: (key: K) => Promise<T>) {
  const started = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<T>>();

  const start = async (name: string, key: K): Promise<T> => {
    const before = started.get(name);
    if (before) await endsWithin(clock, PATIENCE_MS, before).catch(() => undefined);
    waiting.delete(name);
    const reading = read(key);
    started.set(name, reading);
    const forget = () => {
      if (started.get(name) === reading) started.delete(name);
    };
    reading.then(forget, forget);
    return reading;
  };

  return (key: K): Promise<T> => {
    const name = nameOf(key);
    if (!started.has(name)) return waiting.get(name) ?? start(name, key);
    const next = waiting.get(name) ?? start(name, key);
    waiting.set(name, next);
    return next;
  };
}
