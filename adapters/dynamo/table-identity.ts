import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { TableIdentity } from "#domain/delivery/table-identity.ts";
import { toInstant } from "#domain/time/instant.ts";
import { getItem, isNew, putItem } from "./requests.ts";
import { fromItem, type Table, toItem } from "./table.ts";

const keys = { PK: "META", SK: "#" };

/** The identity of this table, and of the table its items were written in. */
export function tableIdentityOf(table: Table) {
  return {
    /** @throws when the database doesn't answer */
    async tableNow(): Promise<TableIdentity> {
      const { document, name: TableName } = table;
      const { Table } = await document.send(new DescribeTableCommand({ TableName }));
      if (Table?.TableArn === undefined || Table.CreationDateTime === undefined) {
        throw new Error(`the table ${TableName} has no name or no age`);
      }
      return { arn: Table.TableArn, createdAt: toInstant(Table.CreationDateTime.getTime()) };
    },

    async tableKnown(): Promise<TableIdentity | undefined> {
      const item = await getItem(table, keys);
      return item && fromItem(TableIdentity, "meta", 1, item);
    },

    /** False: another identity was stored meanwhile. */
    adoptTable(next: TableIdentity, before: TableIdentity | undefined): Promise<boolean> {
      const isAsRead = before && { if: "#arn = :arn AND #createdAt = :createdAt", values: { ...before } };
      return putItem(table, toItem("meta", 1, keys, next), isAsRead ?? isNew);
    },
  };
}
