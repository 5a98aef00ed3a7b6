import type { ApprovedPointer } from "#domain/delivery/edition.ts";
import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import type { DeliveryOutcome } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Double, ResendAllowed } from "#domain/delivery/ledger/double.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { Sender, SendingPointer } from "#domain/delivery/pace/sender.ts";
import type { TableIdentity } from "#domain/delivery/table-identity.ts";
import type { WelcomePointer } from "#domain/delivery/welcome.ts";
import type { CandidatesRecord } from "#domain/edition/choosing/candidates-record.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";

/** State shared by the in-memory versions of editions and ledger. */
export type DeliveryStore = {
  readonly editions: Map<string, Edition>;
  readonly approved: Map<string, ApprovedPointer>;
  readonly revisions: Map<string, Revision>;
  readonly candidates: Map<string, CandidatesRecord>;
  readonly decisions: Map<string, Map<number, unknown>>;
  /** By edition, then by group. */
  readonly groups: Map<string, Map<string, GroupCommit>>;
  /** By edition, then by the batch's own key. */
  readonly batches: Map<string, Map<string, Batch>>;
  /** By edition, then by the batch's own key. */
  readonly seen: Map<string, Map<string, { first: string; places: Set<SeenKey> }>>;
  /** By edition, then by group and reader. */
  readonly outcomes: Map<string, Map<string, DeliveryOutcome>>;
  readonly doubles: Map<string, Double>;
  readonly resendAllowed: { value: ResendAllowed | undefined };
  readonly pointers: Map<string, SendingPointer>;
  readonly welcomes: Map<string, WelcomePointer>;
  readonly sender: { value: Sender | undefined };
  /** By index. */
  readonly otherSenders: Map<number, Sender>;
  /**
   * The identity of this table, and of the table its items were written in; a test changes `now` to simulate a restore.
   */
  readonly birth: { now: TableIdentity; known: TableIdentity | undefined };
};

export const deliveryStore = (): DeliveryStore => ({
  editions: new Map(),
  approved: new Map(),
  revisions: new Map(),
  candidates: new Map(),
  decisions: new Map(),
  groups: new Map(),
  batches: new Map(),
  seen: new Map(),
  outcomes: new Map(),
  doubles: new Map(),
  resendAllowed: { value: undefined },
  pointers: new Map(),
  welcomes: new Map(),
  sender: { value: undefined },
  otherSenders: new Map(),
  birth: { now: { arn: "memory", createdAt: "2026-01-01T00:00:00.000Z" }, known: undefined },
});

export const editionName = (key: EditionKey) => `${key.newsletter}#${key.date}`;
export const batchName = (key: BatchKey) => `${key.group}#${key.run}#${key.due}#${key.first}`;

/** The inner map of a name, created if it is missing. */
export function innerMap<K, V>(maps: Map<string, Map<K, V>>, name: string): Map<K, V> {
  const found = maps.get(name) ?? new Map<K, V>();
  maps.set(name, found);
  return found;
}
