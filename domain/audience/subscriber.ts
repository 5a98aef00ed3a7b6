import * as z from "zod";
import { fromInstant, Instant, LocalDate, toInstant } from "../time/instant.ts";

/**
 * bounced: its mail server reported that the address doesn't exist, or refused five editions in a row. complained: the
 * reader marked mail as spam. Neither is mailed any more.
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
  /** This subscriber's id before the address changed. */
  origin: z.string().nullable(),
  /** The new id, if the status is moved. */
  movedTo: z.string().nullable(),
  movedAt: Instant.nullable(),
  /** Dates of the last editions that bounced softly; absent: none. */
  softBounces: z.array(LocalDate).optional(),
  /** IANA name of the reader's time zone; absent: the newsletter's. */
  zone: z.string().max(40).optional(),
  /** The first date with an edition after a pause; absent: not paused. */
  pausedUntil: LocalDate.optional(),
  /** BCP 47 tag of the pages and the mails about the subscription; absent: the browser's, or the newsletter's. */
  language: z.string().max(20).optional(),
  /** An imported reader's rank in the queue of warm-ups (domain/audience/warm-up.ts); absent: not imported. */
  rank: z.number().int().min(0).optional(),
});
export type Subscriber = z.infer<typeof Subscriber>;

/**
 * The given time, or a millisecond after the last change if the clock didn't advance, because writes are conditional on
 * it.
 */
export const laterThan = (before: Subscriber, at: Instant): Instant =>
  at > before.changedAt ? at : toInstant(fromInstant(before.changedAt) + 1);
