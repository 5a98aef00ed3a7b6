import * as z from "zod";
import { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import { ExportedSubscriber } from "#domain/audience/exported-subscriber.ts";
import { ImportOutcome, ListLine } from "#domain/audience/import/import-row.ts";
import { SubscriberStatus } from "#domain/audience/subscriber.ts";
import { DeliveryReport } from "#domain/delivery/resolving/report.ts";
import { WarmUpOutlook } from "#domain/edition/timing/warm-up-outlook.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { by, byId } from "./fields.ts";

const PageOfReaders = z.object({
  newsletter: z.string(),
  after: z.string().optional(),
  limit: z.number().int().min(1).max(1000).default(1000),
});

/** Commands about a newsletter's subscribers. */
export const subscriberCommands = {
  "subscriber add": {
    /** Addresses whose consent the operator vouches for; at most 500 a call. */
    input: z.object({ newsletter: z.string(), addresses: z.array(z.string()).min(1).max(500), by, byId }),
    output: z.object({
      added: z.number().int(),
      already: z.number().int(),
      refused: z.array(z.object({ at: z.number().int(), why: z.string() })),
    }),
  },
  "subscriber list": {
    input: PageOfReaders,
    output: z.object({
      subscribers: z.array(z.object({ address: z.string(), status: SubscriberStatus, addedAt: Instant })),
      next: z.string().nullable(),
    }),
  },
  "subscriber show": {
    input: z.object({ newsletter: z.string(), address: z.string() }),
    output: z.object({
      subscriber: z.object({
        address: z.string(),
        status: SubscriberStatus,
        consent: z.string(),
        addedAt: Instant,
        changedAt: Instant,
      }),
      /** The outcome of each edition for this reader, newest first, as long as it is kept (90 days). */
      deliveries: z.array(DeliveryReport.omit({ reader: true, note: true }).extend({ date: LocalDate })).default([]),
    }),
  },
  /** Part of a list to import; with dryRun, nothing is written. */
  "subscriber import": {
    input: z.object({
      newsletter: z.string(),
      /** The names of the columns; null: the file has none. */
      header: z.array(z.string()).nullable(),
      rows: z.array(ListLine).min(1).max(500),
      file: z.string(),
      /** Default: recognised by its columns. */
      format: z.string().optional(),
      /** Columns that the operator names: email, status, time. */
      map: z.record(z.string(), z.string()).default({}),
      ask: z.boolean().default(false),
      dryRun: z.boolean().default(false),
      by,
    }),
    output: z.object({
      format: z.string(),
      rows: z.array(
        z.object({
          line: z.number().int(),
          address: z.string(),
          outcome: ImportOutcome,
          reason: z.string().nullable(),
        }),
      ),
    }),
  },
  /** The state of the warm-up after a large import; with `end`, the next edition admits all waiting readers. */
  "subscriber warm-up": {
    input: z.object({ newsletter: z.string(), end: z.boolean().default(false), by, byId }),
    output: z.object({
      newsletter: z.string(),
      /** Null: no warm-up, so editions go to all readers. */
      warmUp: WarmUpOutlook.extend({ readers: z.number().int(), startedAt: Instant }).nullable(),
    }),
  },
  /** One page of the list with all fields of an export, whatever the readers' status. */
  "subscriber export": {
    input: PageOfReaders,
    output: z.object({ subscribers: z.array(ExportedSubscriber), next: z.string().nullable() }),
  },
  /** Every event of one reader's consent, oldest first. */
  "subscriber history": {
    input: z.object({ newsletter: z.string(), address: z.string() }),
    output: z.object({ events: z.array(ConsentEvent), erased: z.boolean() }),
  },
  /** Deletes everything stored about a reader of the newsletter, except for the mark that they were erased. */
  "subscriber erase": {
    input: z.object({ newsletter: z.string(), address: z.string(), by }),
    output: z.object({ erased: z.boolean() }),
  },
  /** Brings back readers who were stopped by a fault of ours in some editions; with dryRun, nothing is written. */
  "subscriber restore": {
    input: z.object({
      newsletter: z.string(),
      /** One edition, or those whose sending began within a period. */
      edition: LocalDate.optional(),
      from: Instant.optional(),
      until: Instant.optional(),
      after: z.string().optional(),
      dryRun: z.boolean().default(false),
      by,
      byId,
    }),
    output: z.object({
      readers: z.array(
        z.object({
          edition: LocalDate,
          /** null: erased. */
          address: z.string().nullable(),
          /** cleared: still subscribed, and removed from SES's suppression list. */
          outcome: z.enum(["restored", "cleared", "leftAlone"]),
          why: z.string().nullable(),
        }),
      ),
      next: z.string().nullable(),
    }),
  },
  "subscriber remove": {
    input: z.object({ newsletter: z.string(), address: z.string(), by, byId }),
    output: z.object({ removed: z.boolean() }),
  },
} as const;
