import * as z from "zod";
import { SesPlan } from "#domain/delivery/pace/sender.ts";
import { Counts, EditionState, EditionView, LONGEST_NOTE } from "#domain/edition/edition.ts";
import { Due, Plan } from "#domain/edition/timing/plan.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { anyway, by, byId, dateFar, edition, findings, hash, onTheirWay } from "./fields.ts";

/** Commands to approve, send and stop editions. */
export const sendingCommands = {
  test: { input: z.object({ ...edition, to: z.string(), by, byId }), output: z.object({ messageId: z.string() }) },
  /**
   * Approves and sends. Without an edition for the date, builds one first. `after`: seconds in which it can still be
   * withdrawn. `hash`: of the email that was seen; a different one isn't sent.
   */
  send: {
    input: z.object({
      ...edition,
      after: z.number().int().min(0).max(600).default(0),
      hash,
      anyway,
      dateFar,
      by,
      byId,
    }),
    output: z.object({ edition: EditionView, findings }),
  },
  /** Approves it for its newsletter's own time. */
  approve: {
    input: z.object({ ...edition, hash, anyway, by, byId }),
    output: z.object({ edition: EditionView, due: Due, findings }),
  },
  /**
   * Approves it for another time. `at`: HH:MM on the edition's date, or YYYY-MM-DDTHH:MM, in the newsletter's time
   * zone. `second`: the second of two equal times, when clocks go back.
   */
  schedule: {
    input: z.object({
      ...edition,
      at: z.string(),
      second: z.boolean().default(false),
      hash,
      anyway,
      dateFar,
      by,
      byId,
    }),
    output: z.object({ edition: EditionView, due: Due, findings }),
  },
  /** Withdraws an approval before anything was sent; it becomes a draft again. */
  withdraw: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView }) },
  /** When it goes out, to how many readers, how long it takes and what it costs; with `at`: for that time. */
  plan: {
    input: z.object({
      ...edition,
      at: z.string().optional(),
      second: z.boolean().default(false),
      /** For sending at once. */
      now: z.boolean().default(false),
    }),
    output: Plan,
  },
  /** The cost of an edition in US dollars, for the newsletter's readers and SES's rate, or for given ones. */
  cost: {
    input: z.object({
      newsletter: z.string(),
      readers: z.number().int().min(0).optional(),
      rate: z.number().positive().optional(),
      plan: SesPlan.optional(),
    }),
    output: z.object({
      newsletter: z.string(),
      readers: z.number().int(),
      rate: z.number(),
      /** False: SES's rate isn't known yet, and a new account's is used. */
      isRateKnown: z.boolean(),
      /** Recipients a call to SES. */
      size: z.number().int(),
      confirmations: z.boolean(),
      /** Each reader gets it at their own time, which takes more reads. */
      inLocalTime: z.boolean(),
      /** SES's pricing plan. */
      plan: SesPlan,
      /** False: SES's plan isn't known yet, and a new account's is used. */
      isPlanKnown: z.boolean(),
      parts: z.array(z.object({ what: z.string(), units: z.number(), dollars: z.number() })),
      dollars: z.number(),
      /** Possible further cost of EventBridge, whose price page doesn't say whether SES's events are free. */
      possibleDollars: z.number(),
      prices: z.object({ date: LocalDate, region: z.string() }),
    }),
  },
  /** The progress of its delivery, and the reason if there is none. */
  follow: {
    input: z.object(edition),
    output: z.object({
      newsletter: z.string(),
      date: LocalDate,
      state: EditionState,
      reason: z.string().nullable(),
      stage: z.enum(["canary", "full"]).nullable(),
      rev: z.number().int(),
      counts: Counts,
      onTheirWay: z.number().int(),
      rate: z.number().nullable(),
      finishAt: Instant.nullable(),
      notice: z.string().nullable(),
      /** Batches of unanswered calls, and from when a person can resend them. */
      unknown: z.array(z.object({ batch: z.string(), resendFrom: Instant })),
      /** What happens with unknown deliveries, and which command shows more; null: there are none. */
      unknownNext: z.string().nullable().default(null),
    }),
  },
  /** Ends it for good. At most `onTheirWay` more readers are mailed, by calls in flight. */
  cancel: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView, onTheirWay }) },
  /** Pauses it until it is resumed; `onTheirWay` as for cancel. */
  pause: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView, onTheirWay }) },
  /** A dated note above an edition on the web, such as a correction. No one is mailed. */
  note: {
    input: z.object({ ...edition, text: z.string().min(1).max(LONGEST_NOTE), by, byId }),
    output: z.object({ edition: EditionView }),
  },
  /**
   * Resumes a paused, held or halted edition. `anyway`: even if it is late, halted by its canary, or would finish late.
   */
  resume: {
    input: z.object({ ...edition, anyway: z.boolean().default(false), by, byId }),
    output: z.object({ edition: EditionView }),
  },
  /** A new revision for readers who are waiting: from a text or, without one, from the log of decisions. */
  correct: {
    input: z.object({
      ...edition,
      text: z.string().optional(),
      subject: z.string().optional(),
      /** The newest decision that was seen; if there is a later one, nothing is applied. */
      decisions: z.number().int().optional(),
      by,
      byId,
    }),
    output: z.object({ edition: EditionView }),
  },
} as const;
