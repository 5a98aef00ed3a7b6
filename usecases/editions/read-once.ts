import type { EditionKey } from "#domain/edition/edition.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import type { MakingPorts } from "./ports.ts";

/**
 * The same ports, but articles, sources and earlier editions are read only once, for a request that makes an edition
 * and then shows it. The edition and its decisions, which the request changes, are always read again.
 */
export function readOnce<P extends MakingPorts>(ports: P): P {
  const { editions, articles, sources } = ports;
  return {
    ...ports,
    editions: {
      ...editions,
      list: remember((newsletter: string, limit: number, until?: LocalDate) => editions.list(newsletter, limit, until)),
      revision: remember((key: EditionKey, rev: number) => editions.revision(key, rev)),
    },
    articles: { ...articles, seenBetween: remember((from: Instant, to: Instant) => articles.seenBetween(from, to)) },
    sources: { ...sources, list: remember(() => sources.list()) },
  };
}

/** Remembers results by the arguments; missing ones are looked for again. */
function remember<A extends unknown[], R>(read: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  const known = new Map<string, Promise<R>>();
  return async (...args) => {
    const name = JSON.stringify(args);
    const before = known.get(name);
    if (before) return before;
    const reading = read(...args);
    known.set(name, reading);
    const found = await reading.catch((error: unknown) => {
      known.delete(name);
      throw error;
    });
    if (found === undefined) known.delete(name);
    return found;
  };
}
