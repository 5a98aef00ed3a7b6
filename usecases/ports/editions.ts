import type { ApprovedPointer } from "#domain/delivery/edition.ts";
import type { OutcomeCounts } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { ArchiveMonth } from "#domain/edition/archive.ts";
import type { CandidatesRecord } from "#domain/edition/choosing/candidates-record.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import type { Counts, Edition, EditionKey, EditionState, Revision } from "#domain/edition/edition.ts";
import type { SearchEntry } from "#domain/edition/search.ts";
import type { TestMailCount } from "#domain/edition/test-mail.ts";
import type { ScheduledEdition } from "#domain/edition/timing/schedule.ts";
import type { WorthAnswer, WorthCounts } from "#domain/edition/worth.ts";
import type { Heartbeat } from "#domain/notices/heartbeat.ts";
import type { NoticeKind } from "#domain/notices/notice.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";

/**
 * Where editions are kept, with their times, their archive and their results. A method that returns `boolean` is one
 * conditional write: false means that the condition didn't hold and nothing was written.
 */

/** The condition of a change: the edition is still as it was read. */
export type EditionCondition = {
  readonly state?: readonly EditionState[];
  readonly rev?: number;
  readonly approvedAt?: Instant | null;
};

export type EditionStore = {
  get(key: EditionKey): Promise<Edition | undefined>;
  /** False: one for that date exists. */
  create(edition: Edition): Promise<boolean>;
  /** False: the edition isn't as `only` says. */
  update(key: EditionKey, change: Partial<Edition>, only?: EditionCondition): Promise<boolean>;
  /** Newest date first; `until`: no later date. */
  list(newsletter: string, limit: number, until?: LocalDate): Promise<Edition[]>;
  /** False: that revision exists. */
  putRevision(key: EditionKey, revision: Revision): Promise<boolean>;
  revision(key: EditionKey, rev: number): Promise<Revision | undefined>;
  /** False: that number is taken. */
  appendDecision(key: EditionKey, n: number, decision: Decision): Promise<boolean>;
  decisions(key: EditionKey): Promise<Decision[]>;
  /** Stores an edition's candidates record, replacing an earlier one. */
  putCandidates(record: CandidatesRecord): Promise<void>;
  candidates(key: EditionKey): Promise<CandidatesRecord | undefined>;
  /** Deletes the record, within two days at the latest. */
  dropCandidates(key: EditionKey, now: Instant): Promise<void>;
  /** How many deliveries are in each state, from the batches. */
  counts(key: EditionKey): Promise<Counts>;
  /** Adds to the counts of events after SES's acceptance. False: there is no such edition. */
  addCounts(key: EditionKey, counts: Partial<OutcomeCounts>): Promise<boolean>;
  /** Every approved edition, whatever its date. */
  approved(): Promise<ApprovedPointer[]>;
  removeApproved(pointer: ApprovedPointer): Promise<void>;
};

/** The computed times of coming editions. */
export type ScheduleStore = {
  /** A newsletter's, from a date on. */
  scheduled(newsletter: string, from: LocalDate): Promise<ScheduledEdition[]>;
  /** False: it was written since it was read. */
  saveScheduled(edition: ScheduledEdition): Promise<boolean>;
  /** Ends the edition's schedule. */
  markScheduledDone(key: EditionKey, at: Instant): Promise<void>;
};

/** The months of the public archive. */
export type ArchiveStore = {
  month(newsletter: string, month: string): Promise<ArchiveMonth | undefined>;
  /** The latest earlier month with editions. */
  before(newsletter: string, month: string): Promise<ArchiveMonth | undefined>;
  from(newsletter: string, month: string, limit: number): Promise<ArchiveMonth[]>;
  newest(newsletter: string, limit: number): Promise<ArchiveMonth[]>;
  /** False: it was saved by another run since it was read. */
  save(month: ArchiveMonth): Promise<boolean>;
  /** Stores an edition's search terms; `unindex` removes them. */
  index(newsletter: string, entries: readonly SearchEntry[]): Promise<void>;
  unindex(newsletter: string, entries: readonly SearchEntry[]): Promise<void>;
};

/** Readers' answers to whether editions were worth reading. */
export type WorthStore = {
  /** Counts an answer under a mark that doesn't identify the reader. False: that mark has answered. */
  count(key: EditionKey, mark: string, answer: WorthAnswer, ttlSeconds: number): Promise<boolean>;
  /** Counts of the newest editions with answers, by date. */
  of(newsletter: string, limit: number): Promise<Map<LocalDate, WorthCounts>>;
};

/** Heartbeats of finished editions, and marks of queued notices. */
export type NoticeStore = {
  heartbeat(key: EditionKey): Promise<Heartbeat | undefined>;
  /** False: there is one. */
  saveHeartbeat(key: EditionKey, heartbeat: Heartbeat): Promise<boolean>;
  isNoticed(key: EditionKey, kind: NoticeKind): Promise<boolean>;
  markNoticed(key: EditionKey, kind: NoticeKind, at: Instant): Promise<void>;
};

/** Numbers of test mails by person and by address, as keyed hashes. */
export type TestMailStore = {
  /** The key of these hashes; if there is none, `made` is stored. */
  key(made: () => string): Promise<string>;
  count(id: string): Promise<TestMailCount | undefined>;
  /** False: another test mail was counted since it was read. */
  saveCount(id: string, count: TestMailCount): Promise<boolean>;
};
