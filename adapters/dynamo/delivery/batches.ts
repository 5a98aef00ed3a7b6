import * as z from "zod";
import { Batch, BatchKey, BatchState, Call, EarlierCall, LogEntry } from "#domain/delivery/ledger/batch.ts";
import { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { RecordedOutcome } from "#domain/delivery/ledger/recorded-outcome.ts";
import { type EditionKey, EditionKey as EditionKeySchema } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { fromItem, type Keys, toItem } from "../table.ts";
import { packMessageIds, slices, unpackMessageIds } from "./message-ids.ts";

/** The stored form of batches and group commits; used by the ledger and by the editions' counts. */

const ID_BYTES = 12;
/** Batches are kept for 90 days, while complaints and readers' questions still arrive. */
export const KEPT_SECONDS = 90 * 24 * 3600;

export const editionPK = (key: EditionKey) => `E#${key.newsletter}#${key.date}`;
export const groupPK = (key: EditionKey, group: string) => `${editionPK(key)}#${group}`;
export const groupKeys = (key: EditionKey, group: string): Keys => ({ PK: editionPK(key), SK: `G#${group}` });
export const runPrefix = (run: string) => `B#${run}#`;
export const batchKeys = (key: BatchKey): Keys => ({
  PK: groupPK(key, key.group),
  SK: `${runPrefix(key.run)}${key.due}#${key.first}`,
});

/** Values of nearly all new batches, which items omit. */
const usual = {
  ...{ notBefore: null, call: null, single: false, failures: 0, refusedSince: null, resends: 0 },
  ...{ log: [], messageIds: [] },
};

const Bytes = z.instanceof(Uint8Array);
/** One letter for each position keeps a batch's item within a kilobyte, the unit in which writes are charged. */
const letters: Record<RecordedOutcome, string> = {
  waiting: ".",
  accepted: "a",
  refused: "r",
  failed: "f",
  "given-up": "x",
  skipped: "s",
  held: "h",
  declared: "d",
};
const outcomeOf = new Map(RecordedOutcome.options.map((outcome) => [letters[outcome], outcome]));

/** The stored form of outcomes. */
export const toLetters = (outcomes: readonly RecordedOutcome[]): string =>
  outcomes.map((outcome) => letters[outcome]).join("");
/** Unknown letters are left out. */
export const fromLetters = (text: string): RecordedOutcome[] =>
  [...text].flatMap((letter) => outcomeOf.get(letter) ?? []);

const StoredCall = Call.omit({ positions: true }).extend({ pos: Bytes.transform((bytes) => [...bytes]) });
const StoredEarlierCall = EarlierCall.omit({ attempt: true, positions: true }).extend({
  att: EarlierCall.shape.attempt,
  pos: EarlierCall.shape.positions,
});
const StoredLogEntry = LogEntry.omit({ attempt: true }).extend({ att: LogEntry.shape.attempt });
const StoredMessageIds = z.union([Bytes.transform(unpackMessageIds), z.array(z.string())]);
const StoredBatch = Batch.omit({ key: true, state: true, attempts: true, outcomes: true }).extend({
  ...BatchKey.shape,
  st: BatchState,
  att: Batch.shape.attempts,
  out: z.string().regex(/^[.arfxshd]+$/),
  ids: Bytes.transform(unpackIds),
  call: StoredCall.nullable(),
  earlier: z.array(StoredEarlierCall).optional(),
  log: z.array(StoredLogEntry),
  messageIds: StoredMessageIds,
  answered: StoredMessageIds.optional(),
});
const StoredGroup = EditionKeySchema.extend(GroupCommit.shape);

/**
 * Without what the keys contain and without usual values, so a claimed batch stays within one kilobyte, and one with
 * message ids within two; writes are charged by the kilobyte. Items of earlier versions have all fields.
 */
export function toBatchItem({ key, state, attempts, outcomes, call, earlier, log, ...batch }: Batch) {
  const body = {
    ...batch,
    ...{ st: state, att: attempts, out: toLetters(outcomes) },
    ids: Buffer.from(batch.ids.join(""), "hex"),
    call: call && toStoredCall(call),
    ...(earlier && {
      earlier: earlier.map(({ attempt, positions, ...own }) => ({ ...own, att: attempt, pos: positions })),
    }),
    log: log.map(({ attempt, ...own }) => ({ ...own, att: attempt })),
    messageIds: packMessageIds(batch.messageIds),
    ...(batch.answered && { answered: packMessageIds(batch.answered) }),
  };
  const unusual = Object.fromEntries(Object.entries(body).filter(([name, value]) => !isUsual(name, value)));
  return toItem("batch", 1, batchKeys(key), unusual, Math.floor(fromInstant(key.due) / 1000) + KEPT_SECONDS);
}

function isUsual(name: string, value: unknown): boolean {
  const expected: unknown = Reflect.get(usual, name);
  return Array.isArray(expected) ? Array.isArray(value) && value.length === 0 : name in usual && value === expected;
}

/** The fields in a batch's keys. */
function fromBatchKeys({ PK, SK }: Record<string, unknown>) {
  const [, newsletter, date, group] = String(PK).split("#");
  const [, run, due, first] = String(SK).split("#");
  return { newsletter, date, group, run, due, first };
}

export function fromBatchItem(item: Record<string, unknown>): Batch {
  const stored = fromItem(StoredBatch, "batch", 1, { ...usual, ...fromBatchKeys(item), ...item });
  const { newsletter, date, group, run, due, first, st, att, out, call, earlier, log, ...batch } = stored;
  return {
    ...batch,
    key: { newsletter, date, group, run, due, first },
    ...{ state: st, attempts: att, outcomes: fromLetters(out) },
    call: call && fromStoredCall(call),
    ...(earlier && { earlier: earlier.map(({ att: attempt, pos, ...own }) => ({ ...own, attempt, positions: pos })) }),
    log: log.map(({ att: attempt, ...own }) => ({ ...own, attempt })),
  };
}

const toStoredCall = ({ positions, ...call }: Call) => ({ ...call, pos: Uint8Array.from(positions) });
const fromStoredCall = ({ pos, ...call }: z.output<typeof StoredCall>): Call => ({ ...call, positions: pos });

export const toGroupItem = (key: EditionKey, commit: GroupCommit) =>
  toItem("group", 1, groupKeys(key, commit.group), { ...commit, newsletter: key.newsletter, date: key.date });

export function fromGroupItem(item: Record<string, unknown>): GroupCommit {
  const { newsletter: _newsletter, date: _date, ...commit } = fromItem(StoredGroup, "group", 1, item);
  return commit;
}

function unpackIds(bytes: Uint8Array): string[] {
  return slices(bytes, ID_BYTES).map((slice) => Buffer.from(slice).toString("hex"));
}
