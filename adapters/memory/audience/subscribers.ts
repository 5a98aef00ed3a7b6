import { audienceMoveOf } from "#domain/audience/audience-day.ts";
import { consentEventOf } from "#domain/audience/consent/consent-event.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { DynamoErasure, DynamoSubscribers } from "../../dynamo/audience/subscribers.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { memoryAudienceDays } from "./audience-days.ts";
import { appendEvent, type ConsentStore, consentStore } from "./consent.ts";

/**
 * In-memory version of adapters/dynamo/audience/subscribers.ts.
 * @param items by newsletter and id
 * @param consents shared with the in-memory consent store
 * @param moves shared with the in-memory store that erases
 */
export function memorySubscribers(
  items = new Map<string, Subscriber>(),
  consents: ConsentStore = consentStore(),
  moves = memoryAudienceDays(),
): DynamoSubscribers {
  const key = (newsletter: string, id: string) => `${newsletter}#${id}`;
  const of = (newsletter: string) =>
    [...items.values()].filter((one) => one.newsletter === newsletter).sort((a, b) => (a.id < b.id ? -1 : 1));
  const get = (newsletter: string, id: string) => items.get(key(newsletter, id));
  const actives = (newsletter: string) => of(newsletter).filter((one) => one.status === "active").length;
  const getMany = async (newsletter: string, ids: readonly string[]) => {
    const found = new Map<string, Subscriber>();
    for (const id of ids) {
      const one = get(newsletter, id);
      if (one !== undefined) found.set(id, one);
    }
    return found;
  };
  return {
    get: async (newsletter, id) => get(newsletter, id),
    getMany,
    getSpan: getMany,
    write: async (_newsletter, changes) =>
      changes.map(({ before, after, cause }) => {
        const now = items.get(key(after.newsletter, after.id));
        if (now?.status !== before?.status || now?.changedAt !== before?.changedAt) return false;
        items.set(key(after.newsletter, after.id), deepFreeze(after));
        const event = consentEventOf(before, after, cause);
        if (event !== undefined) appendEvent(consents, after, event);
        const move = audienceMoveOf(before, after);
        if (move !== undefined) moves.count(after.newsletter, { move, at: after.changedAt });
        return true;
      }),
    async *walkShard(newsletter, shard) {
      const prefix = shard.toString(16).padStart(2, "0");
      yield* of(newsletter).filter((one) => one.id.startsWith(prefix));
    },
    page: async (newsletter, after, limit) => {
      const rest = of(newsletter).filter((one) => after === undefined || one.id > after);
      const subscribers = rest.slice(0, limit);
      return { subscribers, next: rest.length > limit ? (subscribers.at(-1)?.id ?? null) : null };
    },
    anyActive: async (newsletter) => actives(newsletter) > 0,
    count: async (newsletter) => actives(newsletter),
    audienceDays: async (newsletter, from) => moves.read(newsletter, from),
  };
}

/** In-memory version of the adapter that deletes, over the same items. */
export const memoryErasure = (items: Map<string, Subscriber>, moves = memoryAudienceDays()): DynamoErasure => ({
  erase: async (newsletter, before, at) => {
    const now = items.get(`${newsletter}#${before.id}`);
    if (now?.status !== before.status || now.changedAt !== before.changedAt) return false;
    if (before.status === "active") moves.count(newsletter, { move: "left", at });
    return items.delete(`${newsletter}#${before.id}`);
  },
});
