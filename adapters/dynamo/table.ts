import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** The one table, and a client that speaks plain objects. */
export type Table = { readonly document: DynamoDBDocumentClient; readonly name: string };

export type Keys = { readonly PK: string; readonly SK: string };

/** DynamoDB answers within milliseconds; an attempt that takes longer than this hangs. Three of them fit in a call. */
const LIMITS: TimeLimits = { attempt: 4_000, call: 12_500 };

/** Opens the table by its name. It is not created and not checked here. Every call to it ends. */
export function openTable(name: string, client?: DynamoDBClient, limits: TimeLimits = LIMITS): Table {
  const own = client ?? new DynamoDBClient(attemptLimit(limits));
  const document = DynamoDBDocumentClient.from(own, { marshallOptions: { removeUndefinedValues: true } });
  return { document: withTimeLimit(document, limits.call), name };
}

/** What is stored: the body with its keys, its type and its version; `ttl` is epoch seconds. */
export function toItem<T extends object>(type: string, v: number, keys: Keys, body: T, ttl?: number) {
  return { ...body, ...keys, type, v, ...(ttl === undefined ? {} : { ttl }) };
}

/**
 * The body of a stored item, checked. Another type or version fails loudly: an older deployment must not guess what a
 * newer one wrote.
 * @throws UnreadableItem naming the item and what is wrong with it, without its values
 */
export function fromItem<T extends z.ZodType>(
  schema: T,
  type: string,
  v: number,
  item: Record<string, unknown>,
): z.output<T> {
  const { PK, SK, type: storedType, v: storedVersion, ttl: _, ...body } = item;
  const where = `item ${String(PK)} ${String(SK)}`;
  if (storedType !== type || storedVersion !== v) {
    throw new UnreadableItem(
      `${where} is ${String(storedType)} version ${String(storedVersion)}; this version of Broadsheet reads ${type} ` +
        `version ${v}. Deploy the version that wrote it.`,
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  throw new UnreadableItem(`${where} is damaged (${faults.join(", ")}).`);
}

/** True when a write was refused because its condition did not hold. */
function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}

/** Runs a conditional write. True: written. False: its condition did not hold. */
export async function writeIf(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
