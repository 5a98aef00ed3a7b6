import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Answer } from "#domain/delivery/calls/answer.ts";
import type { BulkCall, Gate } from "#domain/delivery/calls/call.ts";
import type { Batch, BatchKey, BatchState } from "#domain/delivery/ledger/batch.ts";
import type { Double } from "#domain/delivery/ledger/double.ts";
import type { Place } from "#domain/delivery/ledger/seen.ts";
import type { Account, Sender, SendingPointer } from "#domain/delivery/pace/sender.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Log } from "../../log.ts";
import type { ClosingPorts } from "../close.ts";
import type { BirthPorts } from "../own-table.ts";

/** Time, as the sender has it: it may be set, stand still, or be somebody else's in a simulation. */
export type Clock = {
  /** Epoch milliseconds. */
  now: () => number;
  /** Milliseconds that only grow. */
  mono: () => number;
  sleep: (milliseconds: number) => Promise<void>;
};

/** What the sender asks of its surroundings. */
export type SendPorts = ClosingPorts &
  BirthPorts & {
    clock: Clock;
    editions: { revision: (key: EditionKey, rev: number) => Promise<Revision | undefined> };
    ledger: {
      startGroup: (key: EditionKey, group: string, at: Instant) => Promise<boolean>;
      batch: (key: BatchKey) => Promise<Batch | undefined>;
      saveBatch: (batch: Batch, only: { att: number; st: readonly BatchState[] }) => Promise<boolean>;
      batchAround: (key: Omit<BatchKey, "first">, id: string) => Promise<Batch | undefined>;
      /** What SES's events prove of a batch, strongly consistent. */
      seen: (key: BatchKey) => Promise<Set<Place>>;
      noteDouble: (double: Double) => Promise<boolean>;
      pointers: () => Promise<SendingPointer[]>;
      sender: () => Promise<Sender | undefined>;
      takeSender: (next: Sender, now: Instant) => Promise<boolean>;
      keepSender: (next: Sender) => Promise<boolean>;
    };
    subscribers: {
      /** Whoever is missing from the result does not exist any more. */
      getMany: (newsletter: string, ids: readonly string[], consistent: boolean) => Promise<Map<string, Subscriber>>;
    };
    ses: {
      /** "window": the pace's window was full at the gate, nothing was sent. */
      sendBulk: (call: BulkCall, gate: Gate) => Promise<Answer | { readonly is: "window" }>;
      account: () => Promise<Account>;
    };
    /** The call for these readers, or why there can be none. */
    letter: (edition: Edition, revision: Revision, readers: readonly LetterReader[]) => BulkCall | { problem: string };
    /** Puts a kick on the queue. */
    kick: () => Promise<void>;
    newRun: () => string;
    /** How far our clock is from the table's, in milliseconds; 0 while unknown. */
    skew: () => number;
    /** Asked all the time: is this process told to end? */
    mustEnd: () => boolean;
    log: Log;
  };

/** A reader of one call: the delivery it is, and the subscriber as of now. */
export type LetterReader = {
  readonly key: BatchKey;
  readonly attempt: number;
  readonly position: number;
  readonly subscriber: Subscriber;
};
