import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Batch, BatchKey, BatchState } from "#domain/delivery/ledger/batch.ts";
import type { DeliveryOutcome, OutcomeCounts } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Double } from "#domain/delivery/ledger/double.ts";
import type { Place } from "#domain/delivery/ledger/seen.ts";
import type { SendingPointer } from "#domain/delivery/pace/sender.ts";
import type { Edition, EditionKey, EditionState } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Log } from "../../log.ts";

type Change = { before: Subscriber | undefined; after: Subscriber };

/** What feedback asks of its surroundings. */
export type FeedbackPorts = {
  configurationSet: string;
  /** The names of this deployment's newsletters. */
  newsletters: readonly string[];
  editions: {
    get: (key: EditionKey) => Promise<Edition | undefined>;
    /** Newest date first. */
    list: (newsletter: string, limit: number) => Promise<Edition[]>;
    update: (key: EditionKey, change: Partial<Edition>, only: { state: readonly EditionState[] }) => Promise<boolean>;
    addCounts: (key: EditionKey, counts: Partial<OutcomeCounts>) => Promise<boolean>;
  };
  ledger: {
    /** Not consistently read, it may be a second old, at half the price. */
    batch: (key: BatchKey, consistent?: boolean) => Promise<Batch | undefined>;
    saveBatch: (batch: Batch, only: { att: number; st: readonly BatchState[] }) => Promise<boolean>;
    reopenGroup: (key: EditionKey, group: string) => Promise<void>;
    point: (pointer: SendingPointer) => Promise<void>;
    seen: (key: BatchKey) => Promise<Set<Place>>;
    addSeen: (key: BatchKey, places: readonly Place[]) => Promise<void>;
    putOutcome: (key: EditionKey, group: string, outcome: DeliveryOutcome) => Promise<boolean>;
    noteDouble: (double: Double) => Promise<boolean>;
  };
  subscribers: {
    get: (newsletter: string, id: string) => Promise<Subscriber | undefined>;
    write: (newsletter: string, changes: readonly Change[]) => Promise<boolean[]>;
  };
  /** The id an address has in a newsletter; undefined: it is no address. */
  idOf: (newsletter: string, address: string) => Promise<string | undefined>;
  /** Puts a message where nobody takes it in, with the reason why. */
  refuse: (body: string, reason: string) => Promise<void>;
  now: () => Instant;
  log: Log;
};
