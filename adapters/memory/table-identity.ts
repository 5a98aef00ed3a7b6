import type { TableIdentity } from "#domain/delivery/table-identity.ts";
import type { DeliveryStore } from "./store.ts";

/** In-memory version of adapters/dynamo/table-identity.ts. */
export function tableIdentityOf({ birth }: DeliveryStore) {
  return {
    tableNow: async (): Promise<TableIdentity> => ({ ...birth.now }),
    tableKnown: async (): Promise<TableIdentity | undefined> => birth.known && { ...birth.known },
    async adoptTable(next: TableIdentity, before: TableIdentity | undefined): Promise<boolean> {
      if (birth.known?.arn !== before?.arn || birth.known?.createdAt !== before?.createdAt) return false;
      birth.known = { ...next };
      return true;
    },
  };
}
