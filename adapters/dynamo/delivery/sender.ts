import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { Sender } from "#domain/delivery/pace/sender.ts";
import type { Instant } from "#domain/time/instant.ts";
import { fromItem, type Table, toItem, writeIf } from "../table.ts";

const senderKeys = { PK: "SENDER", SK: "#" };

/** The sender's item: its lease, and what is known about the SES account. */
export function dynamoSender({ document, name: TableName }: Table) {
  const put = (next: Sender, condition: string, names: Record<string, string>, values: Record<string, unknown>) =>
    writeIf(
      document.send(
        new PutCommand({
          TableName,
          Item: toItem("sender", 1, senderKeys, next),
          ConditionExpression: condition,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        }),
      ),
    );
  return {
    async sender(): Promise<Sender | undefined> {
      const { Item } = await document.send(new GetCommand({ TableName, Key: senderKeys, ConsistentRead: true }));
      return Item && fromItem(Sender, "sender", 1, Item);
    },

    /** Takes the lease if it is free. False: it is taken, or the item was written since it was read. */
    takeSender: (next: Sender, now: Instant): Promise<boolean> =>
      put(
        next,
        "attribute_not_exists(PK) OR (#until < :now AND (attribute_not_exists(#number) OR #number < :number))",
        { "#until": "until", "#number": "writeNumber" },
        { ":now": now, ":number": next.writeNumber ?? 0 },
      ),

    /** Renews or releases the lease. False: another run has it, or a later write of the same run came first. */
    keepSender: (next: Sender): Promise<boolean> =>
      put(
        next,
        "#holder = :holder AND (attribute_not_exists(#number) OR #number <= :number)",
        { "#holder": "holder", "#number": "writeNumber" },
        { ":holder": next.holder, ":number": next.writeNumber ?? 0 },
      ),
  };
}
