import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";
import { Cohort } from "./edition.ts";
import { EditionOutlook } from "./outlook.ts";

/** When an edition goes out, and the last moment it may start. */
export const Due = z.object({
  at: Instant,
  latest: Instant.nullable(),
  /** What is unusual about it, in a sentence, such as that clocks show it twice. */
  note: z.string().nullable(),
  /** HH:MM in each reader's own time zone, `at` being when the first get it. Absent: all get it at once. */
  localTime: z.string().optional(),
});
export type Due = z.infer<typeof Due>;

export const Plan = z.object({
  newsletter: z.string(),
  date: LocalDate,
  timeZone: z.string(),
  /** The newsletter's own time on that date; null if its calendar skips it. */
  own: Due.nullable(),
  /** When it goes out by itself; null: it does not, unless a person acts. */
  due: Due.nullable(),
  /** What happens next, as a sentence. */
  outlook: EditionOutlook,
  /** Its subject; empty: it isn't drafted yet. */
  subject: z.string().default(""),
  /** What won't happen if it is sent now, as a sentence; null: it would not go out by itself later. */
  replaces: z.string().nullable().default(null),
  /** The time that a person asked about. */
  asked: Due.nullable(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  changedBy: z.string().nullable(),
  secondPerson: z.boolean(),
  /** About how many readers there are now; of one on its way exactly how many still wait, of one that ended all of them. */
  readers: z.number().int(),
  /** What SES's events told since: of those it had taken, who bounced for good, complained, or was rejected after all. */
  bounced: z.number().int().default(0),
  complained: z.number().int().default(0),
  rejected: z.number().int().default(0),
  /** Recipients a second that may go out; null where SES was not asked yet. */
  rate: z.number().nullable(),
  /** Seconds that sending takes, by that rate and as the daily quota frees; null: not known, or never. */
  seconds: z.number().nullable(),
  /** Of an edition in local time that is frozen: how many readers are due when, the first first. */
  cohorts: z.array(Cohort).default([]),
  /** When it would be through. */
  finishAt: Instant.nullable(),
  /** What speaks against it, as a sentence: more readers than the quota, or a wait for it. */
  warning: z.string().nullable(),
  /** US dollars that SES asks for, and what table, queues and functions add. */
  dollars: z.number(),
  dollarsBesides: z.number(),
});
export type Plan = z.infer<typeof Plan>;
