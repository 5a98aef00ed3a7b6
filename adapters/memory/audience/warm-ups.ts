import type { WarmUp } from "#domain/audience/warm-up.ts";
import type { DynamoWarmUps } from "../../dynamo/audience/warm-ups.ts";
import { deepFreeze } from "../deep-freeze.ts";

/** In-memory version of adapters/dynamo/audience/warm-ups.ts. */
export const memoryWarmUps = (items = new Map<string, WarmUp>()): DynamoWarmUps => ({
  get: async (newsletter) => items.get(newsletter),
  put: async (newsletter, warmUp) => {
    if ((items.get(newsletter)?.changes ?? 0) !== warmUp.changes - 1) return false;
    items.set(newsletter, deepFreeze(warmUp));
    return true;
  },
});
