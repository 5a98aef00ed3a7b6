import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Keys, Table } from "./table.ts";

type Item = Record<string, unknown>;

/**
 * What must hold of the stored item for a write to happen. In an expression, `#name` is the field of that name, which
 * may be a word that DynamoDB reserves, and `:name` is the value of that name.
 */
export type Condition = { readonly if: string; readonly values?: Item };

/** There is no item with these keys. */
export const isNew: Condition = { if: "attribute_not_exists(PK)" };
/** There is an item with these keys. */
export const isKnown: Condition = { if: "attribute_exists(PK)" };
/** The item is new if this is its first version, 1; otherwise the stored one has the version before. */
export const isNext = (field: string, version: number): Condition =>
  version === 1 ? isNew : { if: `#${field} = :before`, values: { before: version - 1 } };

/** Strongly consistent, unless asked otherwise at half the price. */
export async function getItem({ document, name }: Table, Key: Keys, ConsistentRead = true): Promise<Item | undefined> {
  return (await document.send(new GetCommand({ TableName: name, Key, ConsistentRead }))).Item;
}

/** False: the condition did not hold. */
export const putItem = ({ document, name }: Table, Item: Item, only?: Condition): Promise<boolean> =>
  isWritten(document.send(new PutCommand({ TableName: name, Item, ...toInput(only) })));

/** Changes an item by an update expression. False: the condition did not hold. */
export function updateItem(
  { document, name }: Table,
  Key: Keys,
  { update, ...only }: { readonly update: string; readonly values?: Item; readonly if?: string },
): Promise<boolean> {
  const input = { TableName: name, Key, UpdateExpression: update, ...toInput(only, update) };
  return isWritten(document.send(new UpdateCommand(input)));
}

/** False: the condition did not hold. */
export const deleteItem = ({ document, name }: Table, Key: Keys, only?: Condition): Promise<boolean> =>
  isWritten(document.send(new DeleteCommand({ TableName: name, Key, ...toInput(only) })));

/** DynamoDB refuses maps of names and values that are empty. */
function toInput(only: Partial<Condition> = {}, update = "") {
  const names = `${update} ${only.if}`.match(/#\w+/g)?.map((name) => [name, name.slice(1)]);
  const values = Object.entries(only.values ?? {}).map(([name, value]) => [`:${name}`, value]);
  return {
    ConditionExpression: only.if,
    ...(names && { ExpressionAttributeNames: Object.fromEntries(names) }),
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}

async function isWritten(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}
