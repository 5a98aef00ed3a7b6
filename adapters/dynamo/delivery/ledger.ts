import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { SendingPointer } from "#domain/delivery/pace/sender.ts";
import { WELCOME_KEPT_SECONDS, WelcomePointer } from "#domain/delivery/welcome.ts";
import type { Counts, EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { BatchCondition } from "#usecases/ports/ledger.ts";
import { inParallel } from "../in-parallel.ts";
import { inPartition, queryAll } from "../query.ts";
import { deleteItem, getItem, isKnown, isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";
import { tableIdentityOf } from "../table-identity.ts";
import {
  batchKeys,
  editionPK,
  fromBatchItem,
  fromGroupItem,
  groupKeys,
  groupPK,
  runPrefix,
  toBatchItem,
  toGroupItem,
  toLetters,
} from "./batches.ts";
import { evidenceOf } from "./evidence.ts";
import { dynamoSender } from "./sender.ts";

/** Batches of a freeze written in parallel. */
const WRITES_AT_ONCE = 32;
const pointerKeys = (pointer: SendingPointer) => ({
  PK: "SENDING",
  SK: `${pointer.dueAt}#${pointer.newsletter}#${pointer.date}`,
});

/**
 * The batches of all editions with their commits and evidence, the list of editions being sent, and the sender's lease.
 */
export function dynamoLedger(table: Table) {
  return {
    ...freezeOf(table),
    ...groupsOf(table),
    ...batchesOf(table),
    ...aroundOf(table),
    ...pointersOf(table),
    ...welcomesOf(table),
    ...dynamoSender(table),
    ...evidenceOf(table),
    ...tableIdentityOf(table),
  };
}

function freezeOf(table: Table) {
  return {
    /**
     * Writes a run's batches, each only if it doesn't exist. BatchWriteItem would need fewer requests but has no
     * conditions: a delayed copy of such a write would overwrite what the sender recorded since.
     */
    async writeBatches(batches: readonly Batch[]): Promise<void> {
      await inParallel(batches, WRITES_AT_ONCE, async (batch) => {
        await putItem(table, toBatchItem(batch), isNew);
      });
    },

    /** False: another run was first. The first commit counts forever. */
    commitGroup(key: EditionKey, commit: GroupCommit): Promise<boolean> {
      return putItem(table, toGroupItem(key, commit), isNew);
    },
  };
}

function groupsOf(table: Table) {
  return {
    async groups(key: EditionKey): Promise<GroupCommit[]> {
      return (await queryAll(table, inPartition(editionPK(key), { beginning: "G#" }))).map(fromGroupItem);
    },

    /** Marks a group at its first claim. Later calls change nothing. */
    startGroup: (key: EditionKey, group: string, startedAt: Instant): Promise<boolean> =>
      setOnce(table, groupKeys(key, group), "startedAt", { startedAt }),

    /** False: it was closed before, or reopened since it was read with these `opens`. */
    closeGroup: (key: EditionKey, group: string, closedAt: Instant, counts: Counts, opens?: number): Promise<boolean> =>
      setOnce(table, groupKeys(key, group), "closedAt", { closedAt, counts }, { opens }),

    /** Reopens a closed group, because a person resumed something in it. */
    async reopenGroup(key: EditionKey, group: string): Promise<void> {
      const update = "SET #closedAt = :none, #counts = :none ADD #opens :one";
      await updateItem(table, groupKeys(key, group), { update, ...isKnown, values: { none: null, one: 1 } });
    },
  };
}

/** Sets fields of an existing item if `field` is still null and, if given, `opens` is as it was read. */
function setOnce(table: Table, keys: Keys, field: string, set: object, read?: { opens: number | undefined }) {
  const opens = read?.opens;
  const unopened = read && (opens === undefined ? " AND attribute_not_exists(#opens)" : " AND #opens = :opens");
  return updateItem(table, keys, {
    update: `SET ${Object.keys(set)
      .map((name) => `#${name} = :${name}`)
      .join(", ")}`,
    if: `#${field} = :none${unopened ?? ""}`,
    values: { ...set, none: null, ...(opens !== undefined && { opens }) },
  });
}

function batchesOf(table: Table) {
  return {
    async batches(key: EditionKey, group: string, run: string, due?: Instant): Promise<Batch[]> {
      const beginning = due === undefined ? runPrefix(run) : `${runPrefix(run)}${due}#`;
      return (await queryAll(table, inPartition(groupPK(key, group), { beginning }))).map(fromBatchItem);
    },

    async batch(key: BatchKey, isConsistent = true): Promise<Batch | undefined> {
      const item = await getItem(table, batchKeys(key), isConsistent);
      return item && fromBatchItem(item);
    },

    saveBatch(batch: Batch, only: BatchCondition): Promise<boolean> {
      const states = Object.fromEntries(only.states.map((state, at) => [`st${at}`, state]));
      const isOneOf = `#st IN (${Object.keys(states)
        .map((name) => `:${name}`)
        .join(", ")})`;
      return putItem(table, toBatchItem(batch), {
        if: `#att = :att AND ${isOneOf}${only.outcomes ? " AND #out = :out" : ""}`,
        values: { att: only.attempts, ...states, ...(only.outcomes && { out: toLetters(only.outcomes) }) },
      });
    },
  };
}

function aroundOf(table: Table) {
  return {
    /** The run's batch that would contain this reader, if any: the last one whose first reader isn't after it. */
    async batchAround(key: Omit<BatchKey, "first">, id: string): Promise<Batch | undefined> {
      const prefix = `${runPrefix(key.run)}${key.due}#`;
      const upToReader = inPartition(groupPK(key, key.group), { from: prefix, to: `${prefix}${id}` });
      const [item] = await queryAll(table, upToReader, { newestFirst: true, limit: 1 });
      return item && fromBatchItem(item);
    },
  };
}

function pointersOf(table: Table) {
  return {
    async point(pointer: SendingPointer): Promise<void> {
      await putItem(table, toItem("sending-pointer", 1, pointerKeys(pointer), pointer));
    },

    async unpoint(pointer: SendingPointer): Promise<void> {
      await deleteItem(table, pointerKeys(pointer));
    },

    /** Editions being sent, earliest due first. */
    async pointers(): Promise<SendingPointer[]> {
      const items = await queryAll(table, inPartition("SENDING"));
      return items.map((item) => fromItem(SendingPointer, "sending-pointer", 1, item));
    },
  };
}

const welcomeKeys = ({ newsletter, date, root }: WelcomePointer) => ({
  PK: "WELCOME",
  SK: `${newsletter}#${date}#${root}`,
});

function welcomesOf(table: Table) {
  return {
    async pointWelcome(pointer: WelcomePointer): Promise<void> {
      const ttl = Math.floor(fromInstant(pointer.askedAt) / 1000) + WELCOME_KEPT_SECONDS;
      await putItem(table, toItem("welcome-pointer", 1, welcomeKeys(pointer), pointer, ttl));
    },

    async unpointWelcome(pointer: WelcomePointer): Promise<void> {
      await deleteItem(table, welcomeKeys(pointer));
    },

    async welcomes(): Promise<WelcomePointer[]> {
      const items = await queryAll(table, inPartition("WELCOME"));
      return items.map((item) => fromItem(WelcomePointer, "welcome-pointer", 1, item));
    },
  };
}
