import { accountOf, Sender } from "#domain/delivery/pace/sender.ts";
import type { Instant } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { type Condition, putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const partition = "SENDER";
const senderKeys = ({ index }: Pick<Sender, "index">) => ({ PK: partition, SK: `#${index ?? ""}` });

/** The senders' items: their leases, and what is known about the SES account. */
export function dynamoSender(table: Table) {
  const put = (next: Sender, only: Condition) => putItem(table, toItem("sender", 1, senderKeys(next), next), only);
  const senders = async (): Promise<Sender[]> => {
    const items = await queryAll(table, inPartition(partition));
    return items.map((item) => fromItem(Sender, "sender", 1, item));
  };
  return {
    senders,

    sender: async (): Promise<Sender | undefined> => accountOf(await senders()),

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
