import * as z from "zod";
import { fromInstant, Instant, LocalDate, toInstant } from "../time/instant.ts";

/**
 * bounced: its mail server says that there is no such address, or refused five editions in a row. complained: the reader
 * called the mail spam. Both get nothing any more.
 */
export const SubscriberStatus = z.enum(["pending", "active", "left", "removed", "moved", "bounced", "complained"]);
export type SubscriberStatus = z.infer<typeof SubscriberStatus>;

/** An address with its consent to one newsletter. */
export const Subscriber = z.strictObject({
  /** 24 hex digits: the first 12 bytes of a keyed hash of the normalised address; the first byte is the shard. */
  id: z.string().regex(/^[0-9a-f]{24}$/),
  newsletter: z.string(),
  address: z.string(),
  status: SubscriberStatus,
  /** How consent was given, in words: "operator vouched, 2026-11-23", "confirmed by link". */
  consent: z.string(),
  addedAt: Instant,
  changedAt: Instant,
  /** The id this subscriber had before its address changed. */
  origin: z.string().nullable(),
  /** Where it went, when status is moved. */
  movedTo: z.string().nullable(),
  movedAt: Instant.nullable(),
  /** Dates of the last editions that bounced for a passing reason; absent: none did. */
  softBounces: z.array(LocalDate).optional(),
  /** IANA name of the reader's time zone; absent: the newsletter's. */
  zone: z.string().max(40).optional(),
  /** The first date whose edition they get again; absent: not paused. */
  pausedUntil: LocalDate.optional(),
  /** BCP 47 tag of the pages and the mails about the subscription; absent: the browser's, or the newsletter's. */
  language: z.string().max(20).optional(),
});
export type Subscriber = z.infer<typeof Subscriber>;

/** The instant, or a millisecond after the last change where the clock did not go on: writes are conditional on it. */
export const laterThan = (before: Subscriber, at: Instant): Instant =>
  at > before.changedAt ? at : toInstant(fromInstant(before.changedAt) + 1);

/** A subscriber as an exported list has it. */
export const ExportedSubscriber = Subscriber.pick({
  address: true,
  status: true,
  consent: true,
  addedAt: true,
  changedAt: true,
});
export type ExportedSubscriber = z.infer<typeof ExportedSubscriber>;
