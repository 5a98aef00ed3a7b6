import type { Article } from "#domain/article/article.ts";
import type { Cause, ConsentEvent } from "#domain/audience/consent-event.ts";
import type { Contact } from "#domain/audience/contact.ts";
import type { SigningKeys } from "#domain/audience/keys.ts";
import type { ReaderRequest, Reminder } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { AuditEntry } from "#domain/audit.ts";
import type { ApprovedPointer } from "#domain/delivery/edition.ts";
import type { Batch, BatchKey, BatchState } from "#domain/delivery/ledger/batch.ts";
import type { DeliveryOutcome, OutcomeCounts } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Double, ResendAllowed } from "#domain/delivery/ledger/double.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { RecordedOutcome } from "#domain/delivery/ledger/recorded-outcome.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { Sender, SendingPointer } from "#domain/delivery/pace/sender.ts";
import type { TableIdentity } from "#domain/delivery/table-identity.ts";
import type { WelcomePointer } from "#domain/delivery/welcome.ts";
import type { SessionHolder } from "#domain/desk/session.ts";
import type { ArchiveMonth } from "#domain/edition/archive.ts";
import type { CandidatesRecord } from "#domain/edition/choosing/candidates-record.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import type { Counts, Edition, EditionKey, EditionState, Revision } from "#domain/edition/edition.ts";
import type { ScheduledEdition } from "#domain/edition/schedule.ts";
import type { SearchEntry } from "#domain/edition/search.ts";
import type { TestMailCount } from "#domain/edition/test-mail.ts";
import type { WorthAnswer, WorthCounts } from "#domain/edition/worth.ts";
import type { Heartbeat } from "#domain/notices/heartbeat.ts";
import type { NoticeKind } from "#domain/notices/notice.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { PushKey } from "#domain/source/push-key.ts";
import type { Source } from "#domain/source/source.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";

/**
 * What use cases ask of the world: one port for each store and service, declared once. A use case takes a `Pick` of what
 * it needs; adapters fit by structure. A method that answers `boolean` is one conditional write: false says that the
 * condition didn't hold and nothing was written.
 */

/** The condition of a change: the edition is as it was read. */
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
  /** Newest date first. */
  list(newsletter: string, limit: number): Promise<Edition[]>;
  /** False: that revision exists. */
  putRevision(key: EditionKey, revision: Revision): Promise<boolean>;
  revision(key: EditionKey, rev: number): Promise<Revision | undefined>;
  /** False: that number is taken. */
  appendDecision(key: EditionKey, n: number, decision: Decision): Promise<boolean>;
  decisions(key: EditionKey): Promise<Decision[]>;
  /** Keeps what an edition could choose from, in place of an earlier record. */
  putCandidates(record: CandidatesRecord): Promise<void>;
  candidates(key: EditionKey): Promise<CandidatesRecord | undefined>;
  /** Deletes the record, at the latest two days later. */
  dropCandidates(key: EditionKey, now: Instant): Promise<void>;
  /** How many deliveries are in each state, from the batches. */
  counts(key: EditionKey): Promise<Counts>;
  /** Adds to the counts of what happened after SES accepted. False: there is no such edition. */
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
  /** Nothing more is done for the edition by itself. */
  markScheduledDone(key: EditionKey, at: Instant): Promise<void>;
};

/** The months of the public archive. */
export type ArchiveStore = {
  month(newsletter: string, month: string): Promise<ArchiveMonth | undefined>;
  /** The month before this one that has editions. */
  before(newsletter: string, month: string): Promise<ArchiveMonth | undefined>;
  from(newsletter: string, month: string, limit: number): Promise<ArchiveMonth[]>;
  newest(newsletter: string, limit: number): Promise<ArchiveMonth[]>;
  /** False: it was saved by another run since it was read. */
  save(month: ArchiveMonth): Promise<boolean>;
  /** Stores where an edition is found; `unindex` takes it away. */
  index(newsletter: string, entries: readonly SearchEntry[]): Promise<void>;
  unindex(newsletter: string, entries: readonly SearchEntry[]): Promise<void>;
};

/** Where an article is kept: the instant it was first seen, and its id. */
export type ArticlePlace = { readonly seenAt: Instant; readonly id: string };

/** With until when it is kept, in epoch seconds; undefined: it was stored before articles expired. */
export type KnownPlace = ArticlePlace & { readonly keptUntil?: number | undefined };

export type ArticleStore = {
  /** First seen after `from`, and up to and at `to`. */
  seenBetween(from: Instant, to: Instant): Promise<Article[]>;
  /** The places that aliases lead to, read strongly; unknown ones are missing. */
  places(hashes: readonly string[]): Promise<Map<string, KnownPlace>>;
  /** Makes an alias lead to a place unless it leads somewhere: the place it leads to now. */
  claim(hash: string, place: ArticlePlace, keptUntil: number): Promise<KnownPlace>;
  /** Makes an alias lead from one place to another. False: it led elsewhere. */
  redirect(hash: string, from: ArticlePlace, to: ArticlePlace): Promise<boolean>;
  /** The articles kept at these places, by id, read strongly. */
  read(places: readonly ArticlePlace[]): Promise<Map<string, Article>>;
  /** Keeps a new article. False: there is one at its place. */
  add(article: Article, keptUntil: number): Promise<boolean>;
  /** Replaces an article. False: it changed since `before`. */
  replace(before: Article, after: Article, keptUntil: number): Promise<boolean>;
  /** Keeps an article and these aliases until then, in epoch seconds. What has expired meanwhile stays away. */
  keep(place: ArticlePlace, hashes: readonly string[], keptUntil: number): Promise<void>;
};

export type SourceStore = {
  /** Removed sources too. */
  all(): Promise<Source[]>;
  /** The sources in use. */
  list(): Promise<Source[]>;
  get(id: string): Promise<Source | undefined>;
  /** False: there is one of that id. */
  add(source: Source): Promise<boolean>;
  put(source: Source): Promise<void>;
  /** False: another poll or push wrote since. */
  savePoll(before: Source, after: Source): Promise<boolean>;
  /** Records that the editors are notified. False: they were already, or the source works again. */
  markReported(source: Source, at: Instant): Promise<boolean>;
  /** A source's id once for each of its articles that is shown. */
  countUse(ids: readonly string[]): Promise<void>;
};

export type PushKeyStore = {
  get(sourceId: string): Promise<PushKey | undefined>;
  put(key: PushKey): Promise<void>;
};

/** What a push was answered, by the name that its client gave it. */
export type Receipt = { bodyHash: string; startedAt: number; answer: string | null };

export type ReceiptStore = {
  /** False: there is one that has not expired. `expires`: epoch milliseconds. */
  open(sourceId: string, name: string, receipt: Receipt, expires: number): Promise<boolean>;
  read(sourceId: string, name: string): Promise<Receipt | undefined>;
  /** False: it is answered, or another has taken it over. */
  update(
    sourceId: string,
    name: string,
    startedAt: number,
    change: { startedAt: number; answer: string | null },
  ): Promise<boolean>;
};

/** A subscriber as it was read and as it is to be, with who changed it and why. */
export type SubscriberChange = { before: Subscriber | undefined; after: Subscriber; cause?: Cause | undefined };

export type SubscriberStore = {
  get(newsletter: string, id: string): Promise<Subscriber | undefined>;
  /** By id; a subscriber that is missing from the result doesn't exist. */
  getMany(newsletter: string, ids: readonly string[], consistent: boolean): Promise<Map<string, Subscriber>>;
  /** Whether each change was written, in order. False: the subscriber isn't as it was read. */
  write(newsletter: string, changes: readonly SubscriberChange[]): Promise<boolean[]>;
  /** A shard's subscribers as they are now, in the order of their ids. */
  walkShard(newsletter: string, shard: number): AsyncIterable<Subscriber>;
  page(
    newsletter: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ subscribers: Subscriber[]; next: string | null }>;
  anyActive(newsletter: string): Promise<boolean>;
  /** About how many are active. */
  count(newsletter: string): Promise<number>;
};

/** Deleting subscribers, apart from the rest because few functions may. */
export type SubscriberErasure = {
  /** False: the subscriber isn't as it was read. */
  erase(newsletter: string, before: Subscriber): Promise<boolean>;
};

/** What is kept of a reader besides the subscription; none of it holds an address. */
export type ConsentStore = {
  append(newsletter: string, id: string, event: ConsentEvent): Promise<void>;
  /** Oldest first. */
  history(newsletter: string, id: string): Promise<ConsentEvent[]>;
  contact(newsletter: string, id: string): Promise<Contact | undefined>;
  putContact(newsletter: string, id: string, contact: Contact, ttlSeconds: number): Promise<void>;
  /** Which of these readers were erased. */
  erased(newsletter: string, ids: readonly string[]): Promise<Set<string>>;
  /** Deletes all of it, and marks the reader as erased. */
  erase(newsletter: string, id: string, at: Instant): Promise<void>;
  unerase(newsletter: string, id: string): Promise<void>;
};

/** Whether editions were worth reading, as readers answered. */
export type WorthStore = {
  /** Counts an answer under a mark that tells no reader. False: that mark has answered. */
  count(key: EditionKey, mark: string, answer: WorthAnswer, ttlSeconds: number): Promise<boolean>;
  /** Of the newest editions that anyone answered for, by date. */
  of(newsletter: string, limit: number): Promise<Map<LocalDate, WorthCounts>>;
};

/** Readers to be reminded to confirm. */
export type ReminderStore = {
  put(reminder: Reminder): Promise<void>;
  due(now: Instant): Promise<Reminder[]>;
  /** False: another run took it. */
  take(reminder: Reminder): Promise<boolean>;
};

/** The queue of readers' requests that are answered by mail. */
export type RequestQueue = { put(request: ReaderRequest, delaySeconds: number): Promise<void> };

/**
 * The condition of a batch's change: no other attempt and no other state since it was read, and, where what is saved was
 * made from the outcomes, no other outcome.
 */
export type BatchCondition = {
  readonly attempts: number;
  readonly states: readonly BatchState[];
  readonly outcomes?: readonly RecordedOutcome[];
};

/** What is known of each delivery: groups, batches, what SES's events prove, and the one sender. */
export type Ledger = {
  groups(key: EditionKey): Promise<GroupCommit[]>;
  /** False: another run committed the group first. */
  commitGroup(key: EditionKey, commit: GroupCommit): Promise<boolean>;
  startGroup(key: EditionKey, group: string, at: Instant): Promise<boolean>;
  /** False: a person has opened it again since the commit was read. */
  closeGroup(
    key: EditionKey,
    group: string,
    closedAt: Instant,
    counts: Counts,
    opens: number | undefined,
  ): Promise<boolean>;
  reopenGroup(key: EditionKey, group: string): Promise<void>;
  /** Each unless it is there: what was recorded of it stays. */
  writeBatches(batches: readonly Batch[]): Promise<void>;
  /** Without `consistent` it may be a second old, at half the price. */
  batch(key: BatchKey, consistent?: boolean): Promise<Batch | undefined>;
  batches(key: EditionKey, group: string, run: string): Promise<Batch[]>;
  /** The batch that a reader is in, if any. */
  batchAround(key: Omit<BatchKey, "first">, id: string): Promise<Batch | undefined>;
  saveBatch(batch: Batch, only: BatchCondition): Promise<boolean>;
  /** What SES's events prove of a batch, strongly consistent. */
  seen(key: BatchKey): Promise<Set<SeenKey>>;
  /** By the first reader of each batch of the run. */
  seenInGroup(key: EditionKey, group: string, run: string): Promise<Map<string, Set<SeenKey>>>;
  addSeen(key: BatchKey, places: readonly SeenKey[]): Promise<void>;
  outcome(key: EditionKey, group: string, id: string): Promise<DeliveryOutcome | undefined>;
  outcomes(key: EditionKey, group: string): Promise<DeliveryOutcome[]>;
  /** False: a worse one is known. */
  putOutcome(key: EditionKey, group: string, outcome: DeliveryOutcome): Promise<boolean>;
  /** False: it was recorded before. */
  noteDouble(double: Double): Promise<boolean>;
  doubles(): Promise<Double[]>;
  resendAllowed(): Promise<ResendAllowed | undefined>;
  allowResend(allowed: ResendAllowed): Promise<void>;
  /** The editions that the sender has to look at. */
  pointers(): Promise<SendingPointer[]>;
  point(pointer: SendingPointer): Promise<void>;
  unpoint(pointer: SendingPointer): Promise<void>;
  /** The welcomes that the sender has to look at. */
  welcomes(): Promise<WelcomePointer[]>;
  pointWelcome(pointer: WelcomePointer): Promise<void>;
  unpointWelcome(pointer: WelcomePointer): Promise<void>;
  sender(): Promise<Sender | undefined>;
  /** False: another run holds the lease. */
  takeSender(next: Sender, now: Instant): Promise<boolean>;
  /** False: the lease was lost. */
  keepSender(next: Sender): Promise<boolean>;
  /** Which table this is, as the database says. */
  tableNow(): Promise<TableIdentity>;
  /** Which table its items were written in, or a person accepted. */
  tableKnown(): Promise<TableIdentity | undefined>;
  adoptTable(next: TableIdentity, before: TableIdentity | undefined): Promise<boolean>;
};

export type AuditLog = {
  append(entry: AuditEntry): Promise<void>;
  day(date: LocalDate): Promise<AuditEntry[]>;
};

/** What finished editions left behind, and for which editions notices were queued. */
export type NoticeStore = {
  heartbeat(key: EditionKey): Promise<Heartbeat | undefined>;
  /** False: there is one. */
  saveHeartbeat(key: EditionKey, heartbeat: Heartbeat): Promise<boolean>;
  isNoticed(key: EditionKey, kind: NoticeKind): Promise<boolean>;
  markNoticed(key: EditionKey, kind: NoticeKind, at: Instant): Promise<void>;
};

/** People's sessions at the desk. */
export type SessionStore = {
  /** Everyone's of the last day. */
  holders(): Promise<SessionHolder[]>;
  /** Ends it for every copy of its cookie. */
  remove(hash: string): Promise<void>;
};

/** How many test mails people sent and addresses got, by keyed hashes of them. */
export type TestMailStore = {
  /** The key of these hashes, which is `made` where there was none. */
  key(made: () => string): Promise<string>;
  count(id: string): Promise<TestMailCount | undefined>;
  /** False: another was counted since it was read. */
  saveCount(id: string, count: TestMailCount): Promise<boolean>;
};

/**
 * Something that the people who guard a deployment should see: one alarm watches for these. `about` names no reader and
 * no secret.
 */
export type SecurityEvent = {
  readonly kind: "sign-in-failed" | "test-mails" | "new-key" | "source-moved";
  readonly about: Readonly<Record<string, string>>;
};
export type NoteSecurity = (event: SecurityEvent) => void;

/** The deployment's secret keys, read when they are first needed. */
export type KeySource = () => Promise<SigningKeys>;

/** Starts the delivery of an approved edition, or wakes the sender for one that is frozen; again is harmless. */
export type Dispatch = (key: EditionKey) => Promise<Outcome<{ state: EditionState; audience: number }>>;

/** A mail to the people who edit a newsletter. */
export type Notice = { readonly newsletter: string; readonly subject: string; readonly text: string };

/** Mails a newsletter's editors. */
export type Notify = (notice: Notice) => Promise<void>;

/**
 * Log lines for people. Never an address, a token or a secret: editions, batches and attempts are named by their keys.
 */
export type Log = {
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  /** A person has to act: an alarm watches for these. */
  error(message: string, fields: Record<string, unknown>): void;
};

/** Time as a long-running use case has it: it may be set, stand still, or be a simulation's. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds that only grow. */
  mono(): number;
  sleep(milliseconds: number): Promise<void>;
};
