import { gunzipSync, gzipSync } from "node:zlib";
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ApprovedPointer } from "#domain/delivery/edition.ts";
import { countBatch, knownCounts, sumCounts } from "#domain/delivery/ledger/counts.ts";
import type { OutcomeCounts } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { Decision } from "#domain/edition/decisions/decisions.ts";
import { type Counts, Edition, type EditionKey, Revision } from "#domain/edition/edition.ts";
import { LocalDate, toInstant } from "#domain/time/instant.ts";
import type { EditionCondition } from "#usecases/ports/editions.ts";
import { editionPK, fromBatchItem, fromGroupItem, groupPK, runPrefix } from "../delivery/batches.ts";
import { queryAll } from "../query.ts";
import { fromItem, fromStored, type Table, toItem, writeIf } from "../table.ts";
import { dynamoCandidates } from "./candidates.ts";

const editionKeys = (key: EditionKey) => ({ PK: editionPK(key), SK: "#" });
export const revisionKeys = (key: EditionKey, rev: number) => ({ PK: editionPK(key), SK: `R#${padded(rev)}` });
const decisionKeys = (key: EditionKey, n: number) => ({ PK: editionPK(key), SK: `D#${padded(n)}` });
const pointerKeys = (key: EditionKey) => ({ PK: `EDITIONS#${key.newsletter}`, SK: key.date });
const APPROVED = "APPROVED";
const approvedKeys = ({ newsletter, date }: EditionKey) => ({ PK: APPROVED, SK: `${newsletter}#${date}` });
const padded = (n: number) => String(n).padStart(5, "0");

const Pointer = z.strictObject({ newsletter: z.string(), date: LocalDate });
const StoredRevision = z.strictObject({ rev: z.number(), gzip: z.instanceof(Uint8Array) });
const StoredDecision = z.strictObject({ body: Decision });

/** @throws UnreadableItem */
export function fromRevisionItem(item: Record<string, unknown>): Revision {
  const { gzip } = fromItem(StoredRevision, "revision", 1, item);
  return fromStored(Revision, JSON.parse(gunzipSync(gzip).toString("utf8")), `revision ${item.PK} ${item.SK}`);
}

/** Editions, their revisions and their editors' decisions. */
export function dynamoEditions(table: Table) {
  return {
    ...editionsOf(table),
    ...approvedOf(table),
    ...revisionsOf(table),
    ...dynamoCandidates(table),
    ...decisionsOf(table),
    ...countsOf(table),
  };
}

const putIfNew = ({ document, name }: Table, Item: Record<string, unknown>) =>
  writeIf(document.send(new PutCommand({ TableName: name, Item, ConditionExpression: "attribute_not_exists(PK)" })));

function editionsOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    get: (key: EditionKey): Promise<Edition | undefined> => getEdition(table, key),

    /** False: there is one for that date. The pointer is written first, so no edition can be missing from a list. */
    async create(edition: Edition): Promise<boolean> {
      await pointIfApproved(table, edition, edition);
      const { newsletter, date } = edition;
      const pointer = toItem("edition-pointer", 1, pointerKeys(edition), { newsletter, date });
      await document.send(new PutCommand({ TableName, Item: pointer }));
      return putIfNew(table, toItem("edition", 1, editionKeys(edition), edition));
    },

    /** Sets the given fields if the edition exists and matches `only`. False: it doesn't. */
    async update(key: EditionKey, change: Partial<Edition>, only: EditionCondition = {}): Promise<boolean> {
      await pointIfApproved(table, key, change);
      return writeIf(document.send(new UpdateCommand({ TableName, Key: editionKeys(key), ...updating(change, only) })));
    },

    /** Adds to the edition's counters. It doesn't create an edition. */
    addCounts(key: EditionKey, counts: Partial<OutcomeCounts>): Promise<boolean> {
      return addTo(table, key, counts);
    },

    /** Newest date first. */
    async list(newsletter: string, limit: number): Promise<Edition[]> {
      const pointers = await queryAll(
        table,
        { KeyConditionExpression: "PK = :pk", ExpressionAttributeValues: { ":pk": `EDITIONS#${newsletter}` } },
        { newestFirst: true, limit },
      );
      const keys = pointers.map((item) => fromItem(Pointer, "edition-pointer", 1, item));
      const editions = await Promise.all(keys.map((key) => getEdition(table, key)));
      return editions.filter((edition) => edition !== undefined);
    },
  };
}

/** Approving writes the pointer as well, so no caller can forget it. */
async function pointIfApproved({ document, name }: Table, key: EditionKey, change: Partial<Edition>): Promise<void> {
  if (change.state !== "approved") return;
  const { newsletter, date } = key;
  const at = change.approvedAt ?? toInstant(Date.now());
  const Item = toItem("approved-pointer", 1, approvedKeys(key), { newsletter, date, at });
  await document.send(new PutCommand({ TableName: name, Item }));
}

function approvedOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    /** Every edition of all newsletters that is approved and may not be frozen yet. */
    async approved(): Promise<ApprovedPointer[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": APPROVED },
      });
      return items.map((item) => fromItem(ApprovedPointer, "approved-pointer", 1, item));
    },

    /** Removes the pointer unless the edition was approved again since it was read. */
    async removeApproved({ at, ...key }: ApprovedPointer): Promise<void> {
      await writeIf(
        document.send(
          new DeleteCommand({
            TableName,
            Key: approvedKeys(key),
            ConditionExpression: "#at = :at",
            ExpressionAttributeNames: { "#at": "at" },
            ExpressionAttributeValues: { ":at": at },
          }),
        ),
      );
    },
  };
}

function revisionsOf(table: Table) {
  return {
    /** False: a revision of that number exists. */
    putRevision(key: EditionKey, revision: Revision): Promise<boolean> {
      const gzip = gzipSync(JSON.stringify(revision));
      return putIfNew(table, toItem("revision", 1, revisionKeys(key, revision.rev), { rev: revision.rev, gzip }));
    },

    async revision(key: EditionKey, rev: number): Promise<Revision | undefined> {
      const { document, name: TableName } = table;
      const Key = revisionKeys(key, rev);
      const { Item } = await document.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      if (!Item) return undefined;
      return fromRevisionItem(Item);
    },
  };
}

function decisionsOf(table: Table) {
  return {
    /** Adds the nth decision, n from 1. False: another decision came first; read the log again. */
    appendDecision(key: EditionKey, n: number, decision: Decision): Promise<boolean> {
      return putIfNew(table, toItem("decision", 1, decisionKeys(key, n), { body: decision }));
    },

    async decisions(key: EditionKey): Promise<Decision[]> {
      const items = await queryAll(table, beginning(editionPK(key), "D#"));
      return items.map((item) => fromItem(StoredDecision, "decision", 1, item).body);
    },
  };
}

function countsOf(table: Table) {
  return {
    /** Number of deliveries by outcome, counted from the batches; all zero before the first group is committed. */
    async counts(key: EditionKey): Promise<Counts> {
      const groups = (await queryAll(table, beginning(editionPK(key), "G#"))).map(fromGroupItem);
      return sumCounts(await Promise.all(groups.map((group) => groupCounts(table, key, group))));
    },
  };
}

function addTo({ document, name }: Table, key: EditionKey, counts: Partial<OutcomeCounts>): Promise<boolean> {
  const entries = Object.entries(counts);
  return writeIf(
    document.send(
      new UpdateCommand({
        TableName: name,
        Key: editionKeys(key),
        UpdateExpression: `ADD ${entries.map((_, at) => `#c${at} :c${at}`).join(", ")}`,
        ConditionExpression: "attribute_exists(PK)",
        ExpressionAttributeNames: Object.fromEntries(entries.map(([counter], at) => [`#c${at}`, counter])),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([, n], at) => [`:c${at}`, n])),
      }),
    ),
  );
}

async function getEdition({ document, name }: Table, key: EditionKey): Promise<Edition | undefined> {
  const { Item } = await document.send(
    new GetCommand({ TableName: name, Key: editionKeys(key), ConsistentRead: true }),
  );
  return Item && fromItem(Edition, "edition", 1, Item);
}

async function groupCounts(table: Table, key: EditionKey, group: GroupCommit): Promise<Counts> {
  const known = knownCounts(group);
  if (known) return known;
  const items = await queryAll(table, beginning(groupPK(key, group.group), runPrefix(group.run)));
  return sumCounts(items.map((item) => countBatch(fromBatchItem(item))));
}

const beginning = (pk: string, sk: string) => ({
  KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
  ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
});

/** The edition's fields as an UpdateItem. All names and values are placeholders, because `state` is a reserved word. */
function updating(change: Partial<Edition>, only: EditionCondition) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const sets = Object.entries(change).filter(([, value]) => value !== undefined);
  const assignments = sets.map(([field, value], at) => {
    names[`#s${at}`] = field;
    values[`:s${at}`] = value;
    return `#s${at} = :s${at}`;
  });
  const conditions = ["attribute_exists(PK)"];
  if (only.state) {
    names["#state"] = "state";
    const states = only.state.map((state, at) => {
      values[`:state${at}`] = state;
      return `:state${at}`;
    });
    conditions.push(`#state IN (${states.join(", ")})`);
  }
  if (only.rev !== undefined) {
    names["#rev"] = "rev";
    values[":rev"] = only.rev;
    conditions.push("#rev = :rev");
  }
  if (only.approvedAt !== undefined) {
    names["#approvedAt"] = "approvedAt";
    values[":approvedAt"] = only.approvedAt;
    conditions.push("#approvedAt = :approvedAt");
  }
  return {
    UpdateExpression: `SET ${assignments.join(", ")}`,
    ConditionExpression: conditions.join(" AND "),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
