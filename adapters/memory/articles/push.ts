import type { PushKey } from "#domain/source/push-key.ts";
import type { DynamoPushKeys, DynamoPushReceipts } from "../../dynamo/articles/push.ts";

/** Keys: in-memory version of adapters/dynamo/articles/push.ts. */
export function memoryPushKeys(): DynamoPushKeys {
  const keys = new Map<string, PushKey>();
  return {
    get: async (sourceId) => structuredClone(keys.get(sourceId)),
    put: async (key) => void keys.set(key.sourceId, structuredClone(key)),
  };
}

/** Receipts: in-memory version of adapters/dynamo/articles/push.ts. */
export function memoryPushReceipts(): DynamoPushReceipts {
  type Kept = { receipt: Parameters<DynamoPushReceipts["open"]>[2]; ttl: number };
  const receipts = new Map<string, Kept>();
  const key = (sourceId: string, name: string) => `${sourceId}#${name}`;
  return {
    open: async (sourceId, name, receipt, expires) => {
      const known = receipts.get(key(sourceId, name));
      if (known !== undefined && known.ttl > Math.floor(receipt.startedAt / 1000)) return false;
      receipts.set(key(sourceId, name), { receipt: { ...receipt }, ttl: Math.floor(expires / 1000) });
      return true;
    },
    read: async (sourceId, name) => structuredClone(receipts.get(key(sourceId, name))?.receipt),
    update: async (sourceId, name, startedAt, change) => {
      const known = receipts.get(key(sourceId, name));
      if (known === undefined || known.receipt.startedAt !== startedAt || known.receipt.answer !== null) return false;
      known.receipt = { ...known.receipt, ...change };
      return true;
    },
  };
}
