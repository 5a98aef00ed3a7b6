import { gunzipSync, gzipSync } from "node:zlib";
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
import { inPartition, queryAll } from "../query.ts";
import { deleteItem, getItem, isKnown, isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, fromStored, type Table, toItem } from "../table.ts";
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

function editionsOf(table: Table) {
  return {
    get: (key: EditionKey): Promise<Edition | undefined> => getEdition(table, key),

    /** False: there is one for that date. The pointer is written first, so no edition can be missing from a list. */
    async create(edition: Edition): Promise<boolean> {
      await pointIfApproved(table, edition, edition);
      const { newsletter, date } = edition;
      await putItem(table, toItem("edition-pointer", 1, pointerKeys(edition), { newsletter, date }));
      return putItem(table, toItem("edition", 1, editionKeys(edition), edition), isNew);
    },

    async update(key: EditionKey, change: Partial<Edition>, only: EditionCondition = {}): Promise<boolean> {
      await pointIfApproved(table, key, change);
      return updateItem(table, editionKeys(key), updating(change, only));
    },

    addCounts(key: EditionKey, counts: Partial<OutcomeCounts>): Promise<boolean> {
      const update = `ADD ${Object.keys(counts)
        .map((counter) => `#${counter} :${counter}`)
        .join(", ")}`;
      return updateItem(table, editionKeys(key), { update, ...isKnown, values: counts });
    },

    async list(newsletter: string, limit: number, until?: LocalDate): Promise<Edition[]> {
      const range = until === undefined ? {} : { from: "0", to: until };
      const query = inPartition(`EDITIONS#${newsletter}`, range);
      const pointers = await queryAll(table, query, { newestFirst: true, limit });
      const keys = pointers.map((item) => fromItem(Pointer, "edition-pointer", 1, item));
      const editions = await Promise.all(keys.map((key) => getEdition(table, key)));
      return editions.filter((edition) => edition !== undefined);
    },
  };
}

/** Approving writes the pointer as well, so no caller can forget it. */
async function pointIfApproved(table: Table, key: EditionKey, change: Partial<Edition>): Promise<void> {
  if (change.state !== "approved") return;
  const { newsletter, date } = key;
  const at = change.approvedAt ?? toInstant(Date.now());
  await putItem(table, toItem("approved-pointer", 1, approvedKeys(key), { newsletter, date, at }));
}

function approvedOf(table: Table) {
  return {
    /** Every edition of all newsletters that is approved and may not be frozen yet. */
    async approved(): Promise<ApprovedPointer[]> {
      const items = await queryAll(table, inPartition(APPROVED));
      return items.map((item) => fromItem(ApprovedPointer, "approved-pointer", 1, item));
    },

    /** Removes the pointer unless the edition was approved again since it was read. */
    async removeApproved({ at, ...key }: ApprovedPointer): Promise<void> {
      await deleteItem(table, approvedKeys(key), { if: "#at = :at", values: { at } });
    },
  };
}

function revisionsOf(table: Table) {
  return {
    putRevision(key: EditionKey, revision: Revision): Promise<boolean> {
      const gzip = gzipSync(JSON.stringify(revision));
      return putItem(table, toItem("revision", 1, revisionKeys(key, revision.rev), { rev: revision.rev, gzip }), isNew);
    },

    async revision(key: EditionKey, rev: number): Promise<Revision | undefined> {
      const item = await getItem(table, revisionKeys(key, rev));
      return item && fromRevisionItem(item);
    },
  };
}

function decisionsOf(table: Table) {
  return {
    /** Adds the nth decision, n from 1. False: another decision came first; read the log again. */
    appendDecision(key: EditionKey, n: number, decision: Decision): Promise<boolean> {
      return putItem(table, toItem("decision", 1, decisionKeys(key, n), { body: decision }), isNew);
    },

    async decisions(key: EditionKey): Promise<Decision[]> {
      const items = await queryAll(table, inPartition(editionPK(key), { beginning: "D#" }));
      return items.map((item) => fromItem(StoredDecision, "decision", 1, item).body);
    },
  };
}

function countsOf(table: Table) {
  return {
    /** Number of deliveries by outcome, counted from the batches; all zero before the first group is committed. */
    async counts(key: EditionKey): Promise<Counts> {
      const groups = (await queryAll(table, inPartition(editionPK(key), { beginning: "G#" }))).map(fromGroupItem);
      return sumCounts(await Promise.all(groups.map((group) => groupCounts(table, key, group))));
    },
  };
}

async function getEdition(table: Table, key: EditionKey): Promise<Edition | undefined> {
  const item = await getItem(table, editionKeys(key));
  return item && fromItem(Edition, "edition", 1, item);
}

async function groupCounts(table: Table, key: EditionKey, group: GroupCommit): Promise<Counts> {
  const known = knownCounts(group);
  if (known) return known;
  const run = inPartition(groupPK(key, group.group), { beginning: runPrefix(group.run) });
  const items = await queryAll(table, run);
  return sumCounts(items.map((item) => countBatch(fromBatchItem(item))));
}

/** The edition's fields as an UpdateItem. */
function updating(change: Partial<Edition>, { state, rev, approvedAt }: EditionCondition) {
  const fields = Object.entries(change).filter(([, value]) => value !== undefined);
  const states = (state ?? []).map((one, at) => [`state${at}`, one] as const);
  const conditions = [
    isKnown.if,
    ...(state === undefined ? [] : [`#state IN (${states.map(([name]) => `:${name}`).join(", ")})`]),
    ...(rev === undefined ? [] : ["#rev = :ifRev"]),
    ...(approvedAt === undefined ? [] : ["#approvedAt = :ifApprovedAt"]),
  ];
  return {
    update: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(", ")}`,
    if: conditions.join(" AND "),
    values: {
      ...Object.fromEntries([...fields, ...states]),
      ...(rev !== undefined && { ifRev: rev }),
      ...(approvedAt !== undefined && { ifApprovedAt: approvedAt }),
    },
  };
}
