import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, type ITableV2, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Config } from "./deployment.ts";

/**
 * The table. It is kept when the stack is destroyed, or goes on with another, because its data can't be recreated.
 */
export function makeTable(scope: Construct, { existing }: Config): ITableV2 {
  if (existing.table !== undefined) return TableV2.fromTableName(scope, "Table", existing.table);
  return new TableV2(scope, "Table", {
    partitionKey: { name: "PK", type: AttributeType.STRING },
    sortKey: { name: "SK", type: AttributeType.STRING },
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: "ttl",
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** Permitted actions on items, without Scan, because nothing scans. */
export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "DescribeTable";

/**
 * Allows `who` exactly these actions on the table; with `keys`, only on items of these partitions, where `*` matches
 * the rest of a key (docs/data.md).
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function allowTable(
  who: IGrantable,
  table: ITableV2,
  actions: readonly TableAction[],
  keys?: readonly string[],
): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [table.tableArn],
      ...(keys ? { conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...keys] } } } : {}),
    }),
  );
}
