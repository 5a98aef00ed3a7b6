import { Sender } from "#domain/delivery/pace/sender.ts";
import type { Instant } from "#domain/time/instant.ts";
import { type Condition, getItem, putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const senderKeys = { PK: "SENDER", SK: "#" };

/** The sender's item: its lease, and what is known about the SES account. */
export function dynamoSender(table: Table) {
  const put = (next: Sender, only: Condition) => putItem(table, toItem("sender", 1, senderKeys, next), only);
  return {
    async sender(): Promise<Sender | undefined> {
      const item = await getItem(table, senderKeys);
      return item && fromItem(Sender, "sender", 1, item);
    },

    takeSender: (next: Sender, now: Instant): Promise<boolean> =>
      put(next, {
        if: "attribute_not_exists(PK) OR (#until < :now AND (attribute_not_exists(writeNumber) OR writeNumber < :number))",
        values: { now, number: next.writeNumber ?? 0 },
      }),

    /** Renews or releases the lease. False: another run has it, or a later write of the same run came first. */
    keepSender: (next: Sender): Promise<boolean> =>
      put(next, {
        if: "#holder = :holder AND (attribute_not_exists(writeNumber) OR writeNumber <= :number)",
        values: { holder: next.holder, number: next.writeNumber ?? 0 },
      }),
  };
}
