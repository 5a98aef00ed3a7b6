import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** The table, and a client for plain objects. */
export type Table = { readonly document: DynamoDBDocumentClient; readonly name: string };

export type Keys = { readonly PK: string; readonly SK: string };

/** DynamoDB answers within milliseconds, so a longer attempt hangs. Three attempts fit into a call. */
const LIMITS: TimeLimits = { attempt: 4_000, call: 12_500 };

/** Opens the table by its name, without creating or checking it. Every call has a time limit. */
export function openTable(name: string, client?: DynamoDBClient, limits: TimeLimits = LIMITS): Table {
  const own = client ?? new DynamoDBClient(attemptLimit(limits));
  const document = DynamoDBDocumentClient.from(own, { marshallOptions: { removeUndefinedValues: true } });
  return { document: withTimeLimit(document, limits.call), name };
}

/** An item: the body with its keys, type and version; `ttl` is in epoch seconds. */
export function toItem<T extends object>(type: string, v: number, keys: Keys, body: T, ttl?: number) {
  return { ...body, ...keys, type, v, ...(ttl === undefined ? {} : { ttl }) };
}

/**
 * The checked body of a stored item. Another type or version is an error, because an older deployment must not guess
 * what a newer one wrote.
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
  return fromStored(schema, body, where);
}

/**
 * A stored value, checked. Fields that this version doesn't know are left out: after a rollback, a newer version wrote
 * them, and it would have raised the item's version if an older one could not do without (docs/data.md).
 * @throws UnreadableItem
 */
export function fromStored<T extends z.ZodType>(schema: T, value: unknown, where: string): z.output<T> {
  const first = schema.safeParse(value);
  const issues = first.error?.issues ?? [];
  const isOnlyNewer = issues.length > 0 && issues.every(({ code }) => code === "unrecognized_keys");
  const parsed = isOnlyNewer ? schema.safeParse(withoutUnknown(value, issues)) : first;
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  throw new UnreadableItem(
    `${where} is damaged, or a newer version of Broadsheet wrote it (${faults.join(", ")}). Deploy the newest version ` +
      "that ran here.",
  );
}

function withoutUnknown(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const holder = issue.path.reduce<unknown>((at, key) => Reflect.get(Object(at), key), copy);
    for (const key of issue.keys) Reflect.deleteProperty(Object(holder), key);
  }
  return copy;
}
