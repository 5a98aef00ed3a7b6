import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { TableIdentity } from "#domain/delivery/table-identity.ts";
import { toInstant } from "#domain/time/instant.ts";
import { fromItem, type Table, toItem, writeIf } from "./table.ts";

const keys = { PK: "META", SK: "#" };

/** The identity of this table, and of the table its items were written in. */
export function tableIdentityOf({ document, name: TableName }: Table) {
  return {
    /** @throws when the database doesn't answer */
    async tableNow(): Promise<TableIdentity> {
      const { Table } = await document.send(new DescribeTableCommand({ TableName }));
      if (Table?.TableArn === undefined || Table.CreationDateTime === undefined) {
        throw new Error(`the table ${TableName} has no name or no age`);
      }
      return { arn: Table.TableArn, createdAt: toInstant(Table.CreationDateTime.getTime()) };
    },

    async tableKnown(): Promise<TableIdentity | undefined> {
      const { Item } = await document.send(new GetCommand({ TableName, Key: keys, ConsistentRead: true }));
      return Item && fromItem(TableIdentity, "meta", 1, Item);
    },

    /** False: another identity was stored meanwhile. */
    adoptTable(next: TableIdentity, before: TableIdentity | undefined): Promise<boolean> {
      const condition =
        before === undefined
          ? { ConditionExpression: "attribute_not_exists(PK)" }
          : {
              ConditionExpression: "#arn = :arn AND #createdAt = :createdAt",
              ExpressionAttributeNames: { "#arn": "arn", "#createdAt": "createdAt" },
              ExpressionAttributeValues: { ":arn": before.arn, ":createdAt": before.createdAt },
            };
      return writeIf(document.send(new PutCommand({ TableName, Item: toItem("meta", 1, keys, next), ...condition })));
    },
  };
}
