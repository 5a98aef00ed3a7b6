import type { Batch, BatchKey, BatchState } from "#domain/delivery/ledger/batch.ts";
import type { DeliveryOutcome } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Double, ResendAllowed } from "#domain/delivery/ledger/double.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { RecordedOutcome } from "#domain/delivery/ledger/recorded-outcome.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { Sender, SendingPointer } from "#domain/delivery/pace/sender.ts";
import type { TableIdentity } from "#domain/delivery/table-identity.ts";
import type { WelcomePointer } from "#domain/delivery/welcome.ts";
import type { Counts, EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";

/**
 * Where the state of each delivery is kept. A method that answers `boolean` is one conditional write:
 * false says that the condition didn't hold and nothing was written.
 */

/**
 * The condition of a batch's change: attempts and state are still as read, and the outcomes too if the change was
 * computed from them.
 */
export type BatchCondition = {
  readonly attempts: number;
  readonly states: readonly BatchState[];
  readonly outcomes?: readonly RecordedOutcome[];
};

/** What is known about each delivery: groups, batches, what SES's events prove, and the sender. */
export type Ledger = {
  groups(key: EditionKey): Promise<GroupCommit[]>;
  /** False: another run committed the group first. */
  commitGroup(key: EditionKey, commit: GroupCommit): Promise<boolean>;
  startGroup(key: EditionKey, group: string, at: Instant): Promise<boolean>;
  /** False: a person has reopened it since the commit was read. */
  closeGroup(
    key: EditionKey,
    group: string,
    closedAt: Instant,
    counts: Counts,
    opens: number | undefined,
  ): Promise<boolean>;
  reopenGroup(key: EditionKey, group: string): Promise<void>;
  /** Each unless it exists: what was recorded is never overwritten. */
  writeBatches(batches: readonly Batch[]): Promise<void>;
  /** Without `consistent` it may be a second old, at half the price. */
  batch(key: BatchKey, consistent?: boolean): Promise<Batch | undefined>;
  /** Ordered by due time and first reader; with `due`, only those due at that time. */
  batches(key: EditionKey, group: string, run: string, due?: Instant): Promise<Batch[]>;
  /** The batch that a reader is in, if any. */
  batchAround(key: Omit<BatchKey, "first">, id: string): Promise<Batch | undefined>;
  saveBatch(batch: Batch, only: BatchCondition): Promise<boolean>;
  /** What SES's events prove about a batch, strongly consistent. */
  seen(key: BatchKey): Promise<Set<SeenKey>>;
  /** By the first reader of each batch of the run. */
  seenInGroup(key: EditionKey, group: string, run: string): Promise<Map<string, Set<SeenKey>>>;
  addSeen(key: BatchKey, places: readonly SeenKey[]): Promise<void>;
  outcome(key: EditionKey, group: string, id: string): Promise<DeliveryOutcome | undefined>;
  outcomes(key: EditionKey, group: string): Promise<DeliveryOutcome[]>;
  /** False: an outcome of higher rank is stored. */
  putOutcome(key: EditionKey, group: string, outcome: DeliveryOutcome): Promise<boolean>;
  /** False: it was recorded before. */
  noteDouble(double: Double): Promise<boolean>;
  doubles(): Promise<Double[]>;
  resendAllowed(): Promise<ResendAllowed | undefined>;
  allowResend(allowed: ResendAllowed): Promise<void>;
  /** The editions that the sender has to check. */
  pointers(): Promise<SendingPointer[]>;
  point(pointer: SendingPointer): Promise<void>;
  unpoint(pointer: SendingPointer): Promise<void>;
  /** The welcomes that the sender has to check. */
  welcomes(): Promise<WelcomePointer[]>;
  pointWelcome(pointer: WelcomePointer): Promise<void>;
  unpointWelcome(pointer: WelcomePointer): Promise<void>;
  /** The account and the first sender's lease, with the departures of all senders. */
  sender(): Promise<Sender | undefined>;
  /** Each sender's own item, as stored. */
  senders(): Promise<Sender[]>;
  /** False: another run holds the lease. */
  takeSender(next: Sender, now: Instant): Promise<boolean>;
  /** False: the lease was lost. */
  keepSender(next: Sender): Promise<boolean>;
  /** This table's identity, from the database. */
  tableNow(): Promise<TableIdentity>;
  /** The identity of the table its items were written in, or that a person accepted. */
  tableKnown(): Promise<TableIdentity | undefined>;
  adoptTable(next: TableIdentity, before: TableIdentity | undefined): Promise<boolean>;
};
