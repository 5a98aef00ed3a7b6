import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./table.ts";

type Item = Record<string, unknown>;
type Query = Omit<QueryCommandInput, "TableName" | "ExclusiveStartKey">;

/** The items of a partition: all, those whose sort keys begin alike, or those within bounds, which are included. */
export function inPartition(pk: string, range: { beginning?: string; from?: string; to?: string } = {}): Query {
  const { beginning, from, to } = range;
  const inBounds = to === undefined ? " AND SK >= :from" : " AND SK BETWEEN :from AND :to";
  const [condition, values] =
    beginning !== undefined
      ? [" AND begins_with(SK, :beginning)", { ":beginning": beginning }]
      : [
          from === undefined ? "" : inBounds,
          { ...(from !== undefined && { ":from": from }), ...(to !== undefined && { ":to": to }) },
        ];
  return { KeyConditionExpression: `PK = :pk${condition}`, ExpressionAttributeValues: { ":pk": pk, ...values } };
}

/**
 * All items of a strongly consistent Query, page by page. Only a missing LastEvaluatedKey means the end: an empty page
 * may be followed by more.
 */
export async function* queryPages({ document, name }: Table, query: Query): AsyncGenerator<Item[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const page: { Items?: Item[]; LastEvaluatedKey?: Record<string, unknown> } = await document.send(
      new QueryCommand({ ConsistentRead: true, ...query, TableName: name, ExclusiveStartKey: from }),
    );
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** The same as one array, at most `limit` items. */
export async function queryAll(
  table: Table,
  query: Query,
  { limit = Number.POSITIVE_INFINITY, newestFirst = false }: { limit?: number; newestFirst?: boolean } = {},
): Promise<Item[]> {
  const items: Item[] = [];
  const input = { ...query, ScanIndexForward: !newestFirst, ...(Number.isFinite(limit) ? { Limit: limit } : {}) };
  for await (const page of queryPages(table, input)) {
    items.push(...page);
    if (items.length >= limit) return items.slice(0, limit);
  }
  return items;
}
