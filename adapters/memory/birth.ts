import type { Birth } from "#domain/delivery/birth.ts";
import type { DeliveryStore } from "./store.ts";

/** The twin of adapters/dynamo/birth.ts. */
export function birthOf({ birth }: DeliveryStore) {
  return {
    tableNow: async (): Promise<Birth> => ({ ...birth.now }),
    tableKnown: async (): Promise<Birth | undefined> => birth.known && { ...birth.known },
    async adoptTable(next: Birth, before: Birth | undefined): Promise<boolean> {
      if (birth.known?.arn !== before?.arn || birth.known?.createdAt !== before?.createdAt) return false;
      birth.known = { ...next };
      return true;
    },
  };
}
