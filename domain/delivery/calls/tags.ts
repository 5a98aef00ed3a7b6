import { fromInstant, toInstant } from "../../time/instant.ts";
import type { BatchKey } from "../ledger/batch.ts";

/** The tags of every message, which connect SES's events with its delivery. */
export type DeliveryTag = { readonly key: BatchKey; readonly attempt: number; readonly position: number };

/**
 * As SES message tags, whose names and values are at most 256 of A-Z a-z 0-9 _ - (API_MessageTag). No part contains a
 * dot or an underscore, so an underscore separates them.
 */
export function tagsOf({ key, attempt, position }: DeliveryTag): { name: string; value: string }[] {
  return [
    { name: "newsletter", value: key.newsletter },
    { name: "edition", value: key.date },
    { name: "batch", value: [key.group, key.run, fromInstant(key.due), key.first].join("_") },
    { name: "attempt", value: String(attempt) },
    { name: "delivery", value: String(position) },
  ];
}

/** The delivery that tags identify; undefined: they aren't ours. */
export function deliveryOf(tags: Readonly<Record<string, string>>): DeliveryTag | undefined {
  const { newsletter, edition, batch, attempt, delivery } = tags;
  const [, group, run, due, first] = /^([0-9a-z]+)_([0-9A-Za-z-]+)_(\d{1,15})_([0-9a-f]{24})$/.exec(batch ?? "") ?? [];
  if (!newsletter || !edition || !group || !run || !due || !first) return undefined;
  if (!/^\d+$/.test(attempt ?? "") || !/^\d+$/.test(delivery ?? "")) return undefined;
  const key = { newsletter, date: edition, group, run, due: toInstant(Number(due)), first };
  return { key, attempt: Number(attempt), position: Number(delivery) };
}
