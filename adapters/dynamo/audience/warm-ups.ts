import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { WarmUp } from "#domain/audience/warm-up.ts";
import { fromItem, type Keys, type Table, toItem, writeIf } from "../table.ts";

const warmUpKeys = (newsletter: string): Keys => ({ PK: `WARMUP#${newsletter}`, SK: "#" });

/** The state of each newsletter's warm-up: one item, changed by imports, freezes and operators. */
export function dynamoWarmUps(table: Table) {
  const { document, name: TableName } = table;
  return {
    async get(newsletter: string): Promise<WarmUp | undefined> {
      const { Item } = await document.send(
        new GetCommand({ TableName, Key: warmUpKeys(newsletter), ConsistentRead: true }),
      );
      return Item && fromItem(WarmUp, "warm-up", 1, Item);
    },

    /** False: it has changed since it was read. */
    put(newsletter: string, warmUp: WarmUp): Promise<boolean> {
      const only =
        warmUp.changes === 1
          ? { ConditionExpression: "attribute_not_exists(PK)" }
          : {
              ConditionExpression: "#changes = :before",
              ExpressionAttributeNames: { "#changes": "changes" },
              ExpressionAttributeValues: { ":before": warmUp.changes - 1 },
            };
      const Item = toItem("warm-up", 1, warmUpKeys(newsletter), warmUp);
      return writeIf(document.send(new PutCommand({ TableName, Item, ...only })));
    },
  };
}
export type DynamoWarmUps = ReturnType<typeof dynamoWarmUps>;
