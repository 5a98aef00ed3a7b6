import * as z from "zod";
import { Instant } from "../instant.ts";

export const SubscriberStatus = z.enum(["pending", "active", "left", "removed", "moved"]);
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
});
export type Subscriber = z.infer<typeof Subscriber>;
