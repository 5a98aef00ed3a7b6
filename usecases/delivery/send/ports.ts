import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import type { BulkCall, Gate } from "#domain/delivery/calls/call.ts";
import type { BatchKey } from "#domain/delivery/ledger/batch.ts";
import type { Account } from "#domain/delivery/pace/sender.ts";
import type { Edition, Revision } from "#domain/edition/edition.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { Clock, Log } from "../../ports/services.ts";
import type { ClosingPorts } from "../close.ts";
import type { TableIdentityPorts } from "../own-table.ts";

/** Ports of the sender. */
export type SendPorts = ClosingPorts &
  TableIdentityPorts & {
    clock: Clock;
    editions: Pick<EditionStore, "revision" | "list">;
    ledger: Pick<
      Ledger,
      | "startGroup"
      | "batch"
      | "saveBatch"
      | "batchAround"
      | "seen"
      | "noteDouble"
      | "pointers"
      | "senders"
      | "takeSender"
      | "keepSender"
      | "welcomes"
      | "unpointWelcome"
    >;
    subscribers: Pick<SubscriberStore, "getMany" | "getSpan">;
    ses: {
      /** "window": the pace's window was full at the gate, nothing was sent. */
      sendBulk: (call: BulkCall, gate: Gate) => Promise<SesAnswer | { readonly is: "window" }>;
      account: () => Promise<Account>;
    };
    /** The call for these readers, or the reason why it can't be made. */
    composeCall: (
      edition: Edition,
      revision: Revision,
      readers: readonly CallReader[],
    ) => BulkCall | { problem: string };
    /** Puts a kick on the queue; of another sender than the first by its index. */
    kick: (sender?: number) => Promise<void>;
    newRun: () => string;
    /** Difference between our clock and the table's, in milliseconds; 0 while unknown. */
    skew: () => number;
    /** Whether this process has to end; checked often. */
    mustEnd: () => boolean;
    log: Log;
  };

/** A reader of one call: the delivery, and the subscriber's current status. */
export type CallReader = {
  readonly key: BatchKey;
  readonly attempt: number;
  readonly position: number;
  readonly subscriber: Subscriber;
  /** True: the email is marked as the reader's first edition. */
  readonly isFirst?: boolean;
};
