import * as z from "zod";
import { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import { DeadLetter, DeadQueue } from "#domain/delivery/resolving/dead-letter.ts";
import { DeliveryReport, DeliveryState } from "#domain/delivery/resolving/report.ts";
import { UndecidedCall } from "#domain/delivery/resolving/undecided-call.ts";
import { TableIdentity } from "#domain/delivery/table-identity.ts";
import { EditionView } from "#domain/edition/edition.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { by, byId, edition } from "./fields.ts";

/** Deliveries with an open outcome, and messages that could not be processed. */
export const deliveryCommands = {
  /** Decides about held and unknown deliveries: of one call, of one batch, or all. */
  resolve: {
    input: z.object({
      ...edition,
      batch: z.string().optional(),
      /** `3f9ac1d2.1`. */
      call: z.string().max(40).optional(),
      all: z.boolean().default(false),
      as: z.enum(["delivered", "resend"]),
      by,
      byId,
    }),
    output: z.object({
      edition: EditionView,
      /** Deliveries that were decided, and their batches. */
      resolved: z.number().int(),
      batches: z.array(z.string()),
      /** Deliveries that can't be resent yet, and from when they can. */
      later: z.array(z.object({ batch: z.string(), from: Instant })),
    }),
  },
  /** The calls to SES that need a person's decision, at most 100. `more`: how many aren't listed. */
  calls: {
    input: z.object(edition),
    output: z.object({ calls: z.array(UndecidedCall), more: z.number().int() }),
  },
  /** Retries deliveries that SES rejected three times with a transient error. */
  retry: {
    input: z.object({ ...edition, by, byId }),
    output: z.object({ edition: EditionView, retried: z.number().int() }),
  },
  /** Each reader's delivery, a page at a time; addresses only on request. */
  deliveries: {
    input: z.object({
      ...edition,
      state: z.enum([...DeliveryState.options, ...OutcomeKind.options]).optional(),
      addresses: z.boolean().default(false),
      after: z.string().optional(),
    }),
    output: z.object({
      deliveries: z.array(DeliveryReport.extend({ address: z.string().nullable(), call: UndecidedCall.nullable() })),
      next: z.string().nullable(),
    }),
  },
  /** Accepts a restored table, so sending resumes. */
  "restore accept": {
    input: z.object({ by, byId }),
    output: z.object({ accepted: z.boolean(), table: TableIdentity }),
  },
  /** Replays unsubscriptions, bounces and complaints since the time to which the table was restored. */
  "restore replay": {
    input: z.object({
      left: z.array(z.object({ newsletter: z.string(), id: z.string().max(64), at: Instant })).max(500),
      stopped: z.array(z.object({ address: z.string().max(320), complained: z.boolean(), at: Instant })).max(500),
      dryRun: z.boolean().default(false),
      by,
      byId,
    }),
    output: z.object({
      left: z.number().int(),
      bounced: z.number().int(),
      complained: z.number().int(),
      /** Known already, unknown here, or subscribed again since. */
      unchanged: z.number().int(),
    }),
  },
  /** Messages that couldn't be processed; without a queue, of all queues. At most 50 of each. */
  "dlq list": {
    input: z.object({ queue: DeadQueue.optional() }),
    output: z.object({
      letters: z.array(DeadLetter),
      counts: z.array(z.object({ queue: DeadQueue, dead: z.number().int() })),
    }),
  },
  /** Returns them to their queue, at most 1000 a call. */
  "dlq redrive": {
    input: z.object({ queue: DeadQueue, by, byId }),
    output: z.object({ moved: z.number().int(), left: z.number().int() }),
  },
  /** Deliveries that SES accepted twice. `resends`: batches may be resent automatically. */
  "double list": {
    input: z.object({}),
    output: z.object({
      doubles: z.array(
        z.object({
          newsletter: z.string(),
          date: LocalDate,
          batch: z.string(),
          attempt: z.number().int(),
          readers: z.number().int(),
          noticedAt: Instant,
        }),
      ),
      allowedAt: Instant.nullable(),
      resends: z.boolean(),
    }),
  },
  "double accept": {
    input: z.object({ by, byId }),
    output: z.object({ accepted: z.number().int(), allowedAt: Instant.nullable() }),
  },
} as const;
