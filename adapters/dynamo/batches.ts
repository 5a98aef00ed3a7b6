import * as z from "zod";
import { Batch, BatchKey, Call } from "#domain/delivery/ledger/batch.ts";
import { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { type EditionKey, EditionKey as EditionKeySchema } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { fromItem, type Keys, toItem } from "./table.ts";

/** How batches and group commits lie in the table; used by the ledger and by the editions' counts. */

const ID_BYTES = 12;
const MESSAGE_ID_BYTES = 27;
/** Batches are of use until complaints stop coming and questions stop being asked: 90 days. */
export const KEPT_SECONDS = 90 * 24 * 3600;

export const editionPK = (key: EditionKey) => `E#${key.newsletter}#${key.date}`;
export const groupPK = (key: EditionKey, group: string) => `${editionPK(key)}#${group}`;
export const groupKeys = (key: EditionKey, group: string): Keys => ({ PK: editionPK(key), SK: `G#${group}` });
export const runPrefix = (run: string) => `B#${run}#`;
export const batchKeys = (key: BatchKey): Keys => ({
  PK: groupPK(key, key.group),
  SK: `${runPrefix(key.run)}${key.due}#${key.first}`,
});

const Bytes = z.instanceof(Uint8Array);
const StoredCall = Call.extend({ pos: Bytes.transform((bytes) => [...bytes]) });
const StoredBatch = Batch.extend({
  key: z.undefined().optional(),
  ...BatchKey.shape,
  ids: Bytes.transform(unpackIds),
  call: StoredCall.nullable(),
  messageIds: z.union([Bytes.transform(unpackMessageIds), z.array(z.string())]),
});
const StoredGroup = EditionKeySchema.extend(GroupCommit.shape);

export function toBatchItem({ key, ...batch }: Batch) {
  const body = {
    ...batch,
    ...key,
    ids: Buffer.from(batch.ids.join(""), "hex"),
    call: batch.call && { ...batch.call, pos: Uint8Array.from(batch.call.pos) },
    messageIds: packMessageIds(batch.messageIds),
  };
  return toItem("batch", 1, batchKeys(key), body, Math.floor(fromInstant(key.due) / 1000) + KEPT_SECONDS);
}

export function fromBatchItem(item: Record<string, unknown>): Batch {
  const { newsletter, date, group, run, due, first, key: _, ...batch } = fromItem(StoredBatch, "batch", 1, item);
  return { ...batch, key: { newsletter, date, group, run, due, first } };
}

export const toGroupItem = (key: EditionKey, commit: GroupCommit) =>
  toItem("group", 1, groupKeys(key, commit.group), { ...commit, newsletter: key.newsletter, date: key.date });

export function fromGroupItem(item: Record<string, unknown>): GroupCommit {
  const { newsletter: _newsletter, date: _date, ...commit } = fromItem(StoredGroup, "group", 1, item);
  return commit;
}

function unpackIds(bytes: Uint8Array): string[] {
  return slices(bytes, ID_BYTES).map((slice) => Buffer.from(slice).toString("hex"));
}

/** `8 bytes-uuid-6 digits`, as SES makes them: 27 bytes instead of 60. */
const sesMessageId = /^([0-9a-f]{16})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{6})$/;

function packMessageIds(ids: readonly string[]): Uint8Array | readonly string[] {
  const packed = ids.map((id) => {
    const parts = sesMessageId.exec(id);
    if (!parts) return id === "" ? Buffer.alloc(MESSAGE_ID_BYTES) : undefined;
    const tail = Number(parts[3]).toString(16).padStart(6, "0");
    return Buffer.from(`${parts[1]}${parts[2]?.replaceAll("-", "")}${tail}`, "hex");
  });
  const whole = packed.filter((bytes) => bytes !== undefined);
  return ids.length > 0 && whole.length === ids.length ? Buffer.concat(whole) : ids;
}

function unpackMessageIds(bytes: Uint8Array): string[] {
  return slices(bytes, MESSAGE_ID_BYTES).map((slice) => {
    if (slice.every((byte) => byte === 0)) return "";
    const hex = Buffer.from(slice).toString("hex");
    const uuid = [hex.slice(16, 24), hex.slice(24, 28), hex.slice(28, 32), hex.slice(32, 36), hex.slice(36, 48)];
    return `${hex.slice(0, 16)}-${uuid.join("-")}-${String(Number.parseInt(hex.slice(48), 16)).padStart(6, "0")}`;
  });
}

function slices(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
