import type { EditionKey } from "#domain/edition/edition.ts";
import type { Heartbeat } from "#domain/notices/heartbeat.ts";
import type { NoticeStore } from "#usecases/ports/editions.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { editionName } from "../store.ts";

/** In-memory version of adapters/dynamo/editions/notices.ts. */
export function memoryNotices(): NoticeStore {
  const heartbeats = new Map<string, Heartbeat>();
  const marked = new Set<string>();
  const add = (key: EditionKey, heartbeat: Heartbeat): boolean => {
    if (heartbeats.has(editionName(key))) return false;
    heartbeats.set(editionName(key), deepFreeze(heartbeat));
    return true;
  };
  return {
    heartbeat: async (key) => heartbeats.get(editionName(key)),
    saveHeartbeat: async (key, heartbeat) => add(key, heartbeat),
    isNoticed: async (key, kind) => marked.has(`${editionName(key)} ${kind}`),
    markNoticed: async (key, kind) => void marked.add(`${editionName(key)} ${kind}`),
  };
}
