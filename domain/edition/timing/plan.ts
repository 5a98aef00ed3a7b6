import * as z from "zod";
import { Instant, LocalDate } from "../../time/instant.ts";
import { Cohort, Counts } from "../edition.ts";
import { EditionOutlook } from "./outlook.ts";
import { WarmUpOutlook } from "./warm-up-outlook.ts";

/** When an edition goes out, and the end of its window. */
export const Due = z.object({
  at: Instant,
  latest: Instant.nullable(),
  /** Anything unusual about the time, as a sentence, such as that clocks show it twice. */
  note: z.string().nullable(),
  /** HH:MM in each reader's own time zone; `at` is when the first get it. Absent: all at once. */
  localTime: z.string().optional(),
});
export type Due = z.infer<typeof Due>;

export const Plan = z.object({
  newsletter: z.string(),
  date: LocalDate,
  timeZone: z.string(),
  /** The newsletter's own time on that date; null: its calendar skips it. */
  own: Due.nullable(),
  /** When it goes out automatically; null: only if a person acts. */
  due: Due.nullable(),
  /** What happens next, as a sentence. */
  outlook: EditionOutlook,
  /** The counts that the sentence tells; null: its audience isn't frozen. */
  counts: Counts.nullable().default(null),
  /** Its subject; empty: not drafted yet. */
  subject: z.string().default(""),
  /** What won't happen if it is sent now, as a sentence; null: it wouldn't go out automatically later. */
  replaces: z.string().nullable().default(null),
  /** The requested time. */
  asked: Due.nullable(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  changedBy: z.string().nullable(),
  /** The identity provider's subject of that person. Absent: by IAM, or no one. */
  changedById: z.string().optional(),
  secondPerson: z.boolean(),
  /**
   * Approximate number of readers, without those who wait for a warm-up; while it is being sent, the exact number of
   * waiting ones; after that, all of them.
   */
  readers: z.number().int(),
  /** Approximate number of the newsletter's readers now, whatever this edition's state; without a warm-up's waiting ones. */
  subscribed: z.number().int().default(0),
  /** By SES's later events: hard bounces, complaints and rejections of accepted deliveries. */
  bounced: z.number().int().default(0),
  complained: z.number().int().default(0),
  rejected: z.number().int().default(0),
  /** Recipients a second; null: SES's rate isn't known yet. */
  rate: z.number().nullable(),
  /** Duration of sending in seconds, by that rate and the daily quota; null: unknown, or never. */
  seconds: z.number().nullable(),
  /** For a frozen edition in local time: numbers of readers by due time, earliest first. */
  cohorts: z.array(Cohort).default([]),
  /** The state of the warm-up; null: none. */
  warmUp: WarmUpOutlook.nullable().default(null),
  /** When it would finish. */
  finishAt: Instant.nullable(),
  /** A problem, as a sentence: more readers than the quota allows, or a wait for it. */
  warning: z.string().nullable(),
  /** SES's fee, and the cost of table, queues and functions, in US dollars. */
  dollars: z.number(),
  dollarsBesides: z.number(),
});
export type Plan = z.infer<typeof Plan>;
