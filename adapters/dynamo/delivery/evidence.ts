import * as z from "zod";
import type { BatchKey } from "#domain/delivery/ledger/batch.ts";
import { DeliveryOutcome, rankOf } from "#domain/delivery/ledger/delivery-outcome.ts";
import { Double, ResendAllowed } from "#domain/delivery/ledger/double.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { getItem, isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";
import { groupPK, KEPT_SECONDS } from "./batches.ts";

const seenPrefix = (run: string) => `S#${run}#`;
const seenKeys = (key: BatchKey): Keys => ({
  PK: groupPK(key, key.group),
  SK: `${seenPrefix(key.run)}${key.due}#${key.first}`,
});
const outcomeKeys = (key: EditionKey, group: string, id: string): Keys => ({ PK: groupPK(key, group), SK: `O#${id}` });
const keptAfter = (instant: Instant) => Math.floor(fromInstant(instant) / 1000) + KEPT_SECONDS;

const StoredSeen = z.strictObject({ first: z.string(), places: z.set(z.string()) });
const StoredOutcome = DeliveryOutcome.extend({ rank: z.number().int() });

const readSeen = (item: Record<string, unknown>) => fromItem(StoredSeen, "seen", 1, item);

function readOutcome(item: Record<string, unknown>): DeliveryOutcome {
  const { rank: _, ...outcome } = fromItem(StoredOutcome, "outcome", 1, item);
  return outcome;
}

/** What SES's events prove: deliveries seen, and their outcome after acceptance. */
export function evidenceOf(table: Table) {
  return { ...seenOf(table), ...outcomesOf(table), ...doublesOf(table) };
}

function seenOf(table: Table) {
  return {
    async seen(key: BatchKey): Promise<Set<SeenKey>> {
      const item = await getItem(table, seenKeys(key));
      return item ? readSeen(item).places : new Set();
    },

    async seenInGroup(key: EditionKey, group: string, run: string): Promise<Map<string, Set<SeenKey>>> {
      const items = await queryAll(table, inPartition(groupPK(key, group), { beginning: seenPrefix(run) }));
      return new Map(items.map(readSeen).map(({ first, places }) => [first, places]));
    },

    /** Adds places to the set. Order and repetition don't matter. */
    async addSeen(key: BatchKey, places: readonly SeenKey[]): Promise<void> {
      if (places.length === 0) return;
      await updateItem(table, seenKeys(key), {
        update: "ADD places :places SET #type = :type, v = :v, #first = :first, #ttl = :ttl",
        values: { places: new Set(places), type: "seen", v: 1, first: key.first, ttl: keptAfter(key.due) },
      });
    },
  };
}

function outcomesOf(table: Table) {
  return {
    async outcome(key: EditionKey, group: string, id: string): Promise<DeliveryOutcome | undefined> {
      const item = await getItem(table, outcomeKeys(key, group, id));
      return item && readOutcome(item);
    },

    /** All exceptions of a group, ordered by readers' ids. */
    async outcomes(key: EditionKey, group: string): Promise<DeliveryOutcome[]> {
      return (await queryAll(table, inPartition(groupPK(key, group), { beginning: "O#" }))).map(readOutcome);
    },

    /** Stores an outcome if there is none, or one of lower rank. False: this one or one of higher rank is stored. */
    putOutcome(key: EditionKey, group: string, outcome: DeliveryOutcome): Promise<boolean> {
      const rank = rankOf(outcome.kind);
      const keys = outcomeKeys(key, group, outcome.id);
      const item = toItem("outcome", 1, keys, { ...outcome, rank }, keptAfter(outcome.at));
      return putItem(table, item, { if: "attribute_not_exists(PK) OR #rank < :rank", values: { rank } });
    },
  };
}

const DOUBLES = "DOUBLES";
const allowedKeys: Keys = { PK: DOUBLES, SK: "#" };
const doubleKeys = ({ key, attempt }: Double): Keys => ({
  PK: DOUBLES,
  SK: ["D", key.newsletter, key.date, key.group, key.run, key.first, attempt].join("#"),
});

function doublesOf(table: Table) {
  return {
    noteDouble(double: Double): Promise<boolean> {
      return putItem(table, toItem("double", 1, doubleKeys(double), double), isNew);
    },

    async doubles(): Promise<Double[]> {
      const items = await queryAll(table, inPartition(DOUBLES, { beginning: "D#" }));
      return items.map((item) => fromItem(Double, "double", 1, item));
    },

    /** When a person last accepted the doubles and allowed automatic resends again. */
    async resendAllowed(): Promise<ResendAllowed | undefined> {
      const item = await getItem(table, allowedKeys);
      return item && fromItem(ResendAllowed, "resend-allowed", 1, item);
    },

    async allowResend(allowed: ResendAllowed): Promise<void> {
      await putItem(table, toItem("resend-allowed", 1, allowedKeys, allowed));
    },
  };
}
