import * as z from "zod";
import { HOUR, MINUTE } from "../time/durations.ts";
import { Identity } from "./role.ts";

/** A person's session at the desk, from signing in to signing out. Times are epoch milliseconds. */
export const Session = z.strictObject({
  identity: Identity,
  signedInAt: z.number().int(),
  /** When it was last used; updated at most every `TOUCH`. */
  usedAt: z.number().int(),
  /** When the provider last confirmed the person and their groups. */
  askedAt: z.number().int(),
  /** The refresh token, sealed; null: the provider gave none. */
  renewal: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;

/** An entry of the list of sessions, to find and end all of one person's. */
export const SessionHolder = z.strictObject({
  /** Hash of the cookie's value. */
  hash: z.string(),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  signedInAt: z.number().int(),
});
export type SessionHolder = z.infer<typeof SessionHolder>;

/** Whether a session belongs to a person, given by subject, address or name. */
export const isHeldBy = ({ id, name, email }: SessionHolder, person: string): boolean =>
  [id, name, email].some((known) => known?.toLowerCase() === person.trim().toLowerCase());

/** A session ends after this time without use: half an editor's day, because writing a text takes time. */
const IDLE = 4 * HOUR;
/** Longest session (NIST SP 800-63B-4, AAL2: 24 hours). */
export const LONGEST = 24 * HOUR;
/** How often use is recorded. */
const TOUCH = 5 * MINUTE;
/** How old the provider's confirmation may be: someone removed there loses access after this time. */
const RENEW_AFTER = 5 * MINUTE;

/** When a session ends if it isn't used again. */
export const endOf = ({ signedInAt, usedAt }: Session): number => Math.min(usedAt + IDLE, signedInAt + LONGEST);

export const isOver = (session: Session, now: number): boolean => now >= endOf(session);
export const mustTouch = ({ usedAt }: Session, now: number): boolean => now - usedAt >= TOUCH;
export const mustRenew = ({ askedAt, renewal }: Session, now: number): boolean =>
  renewal !== null && now - askedAt >= RENEW_AFTER;
