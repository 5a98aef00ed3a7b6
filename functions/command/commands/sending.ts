import * as z from "zod";
import { SesPlan } from "#domain/delivery/pace/sender.ts";
import { Counts, EditionState, EditionView, LONGEST_NOTE } from "#domain/edition/edition.ts";
import { Due, Plan } from "#domain/edition/plan.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { anyway, by, byId, dateFar, edition, findings, hash, onTheirWay } from "./fields.ts";

/** How an edition is approved, sent and stopped. */
export const sendingCommands = {
  test: { input: z.object({ ...edition, to: z.string(), by, byId }), output: z.object({ messageId: z.string() }) },
  /**
   * Approves and sends. Without an edition for the date, builds one first. `after`: seconds in which it can still be
   * withdrawn. `hash`: of what was looked at; anything else is not sent.
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
  /** Lets it go out at its newsletter's own time. */
  approve: {
    input: z.object({ ...edition, hash, anyway, by, byId }),
    output: z.object({ edition: EditionView, due: Due, findings }),
  },
  /**
   * Approves it for another time. `at`: HH:MM on the edition's date, or YYYY-MM-DDTHH:MM, as clocks show it where the
   * newsletter is at home. `second`: of a time that comes twice, the second.
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
  /** Takes an approval back before anything was sent: it is a draft again. */
  withdraw: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView }) },
  /** When it goes out, to how many, in how long and for how much; with `at`: if it were scheduled for then. */
  plan: {
    input: z.object({
      ...edition,
      at: z.string().optional(),
      second: z.boolean().default(false),
      /** As if it were sent at once. */
      now: z.boolean().default(false),
    }),
    output: Plan,
  },
  /** What an edition costs, by the newsletter's own readers and SES's rate, or by those given. US dollars. */
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
      /** False: SES has not been asked yet, and a new account's rate is taken. */
      isRateKnown: z.boolean(),
      /** Recipients a call to SES. */
      size: z.number().int(),
      confirmations: z.boolean(),
      /** What SES charges by. */
      plan: SesPlan,
      /** False: SES has not been asked yet, and a new account's plan is taken. */
      isPlanKnown: z.boolean(),
      parts: z.array(z.object({ what: z.string(), units: z.number(), dollars: z.number() })),
      dollars: z.number(),
      /** What EventBridge may ask for besides: its price page doesn't say whether SES's events are free. */
      possibleDollars: z.number(),
      prices: z.object({ date: LocalDate, region: z.string() }),
    }),
  },
  /** How far its delivery is, and why nothing moves where nothing does. */
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
      /** Batches of a call that no one answered, and from when a person may send them again. */
      unknown: z.array(z.object({ batch: z.string(), resendFrom: Instant })),
      /** What happens to deliveries whose outcome is unknown, and what shows more; null: there are none. */
      unknownNext: z.string().nullable().default(null),
    }),
  },
  /** Ends it for good. At most `onTheirWay` readers are mailed after it: the calls that are under way. */
  cancel: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView, onTheirWay }) },
  /** Stops it until it is resumed; `onTheirWay` as for cancel. */
  pause: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView, onTheirWay }) },
  /** A dated note above an edition on the web, such as a correction. No one is mailed. */
  note: {
    input: z.object({ ...edition, text: z.string().min(1).max(LONGEST_NOTE), by, byId }),
    output: z.object({ edition: EditionView }),
  },
  /** Goes on with what is paused, held or halted. `anyway`: also if late, halted by its canary or forecast too late. */
  resume: {
    input: z.object({ ...edition, anyway: z.boolean().default(false), by, byId }),
    output: z.object({ edition: EditionView }),
  },
  /** A new revision for those who were not mailed yet: from a text, or without one from the log of decisions. */
  correct: {
    input: z.object({
      ...edition,
      text: z.string().optional(),
      subject: z.string().optional(),
      /** The newest decision that was looked at: with a later one, nothing is applied. */
      decisions: z.number().int().optional(),
      by,
      byId,
    }),
    output: z.object({ edition: EditionView }),
  },
} as const;
