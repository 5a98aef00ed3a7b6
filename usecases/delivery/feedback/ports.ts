import type { Instant } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { Log, Probes } from "../../ports/services.ts";

/** Ports of feedback. */
export type FeedbackPorts = {
  configurationSet: string;
  /** The names of this deployment's newsletters. */
  newsletters: readonly string[];
  editions: Pick<EditionStore, "get" | "list" | "update" | "addCounts">;
  ledger: Pick<
    Ledger,
    "batch" | "saveBatch" | "reopenGroup" | "point" | "seen" | "addSeen" | "putOutcome" | "outcome" | "noteDouble"
  >;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  probes: Pick<Probes, "arrived">;
  /** The id an address has in a newsletter; undefined: it isn't an address. */
  idOf: (newsletter: string, address: string) => Promise<string | undefined>;
  /** Puts a message into the dead-letter queue, with the reason. */
  refuse: (body: string, reason: string) => Promise<void>;
  now: () => Instant;
  log: Log;
};
