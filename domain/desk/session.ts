import * as z from "zod";
import { Identity } from "./role.ts";

/** One person's time at the desk, from signing in to signing out. Times are epoch milliseconds. */
export const Session = z.strictObject({
  identity: Identity,
  signedInAt: z.number().int(),
  /** When it was last seen in use; written at most every `TOUCH`. */
  usedAt: z.number().int(),
  /** When the provider last said that the person is still theirs, and in which groups. */
  askedAt: z.number().int(),
  /** What asks the provider again without the person, sealed; null where it gave nothing of the kind. */
  renewal: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;

/** Who has which session: what is needed to find all of one person's and end them. */
export const SessionHolder = z.strictObject({
  /** Of what the session's cookie holds. */
  hash: z.string(),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  signedInAt: z.number().int(),
});
export type SessionHolder = z.infer<typeof SessionHolder>;

/** Whether a session is of the person that someone names: by subject, by address or by name. */
export const isHeldBy = ({ id, name, email }: SessionHolder, person: string): boolean =>
  [id, name, email].some((known) => known?.toLowerCase() === person.trim().toLowerCase());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A session that no one used for so long is over: half an editor's day, since a text may be written in between. */
const IDLE = 4 * HOUR;
/** After so long one signs in again, whatever happened (NIST SP 800-63B-4, AAL2: 24 hours). */
export const LONGEST = 24 * HOUR;
/** Use is written down so often, not at each request. */
const TOUCH = 5 * MINUTE;
/** So old may be what the provider said: someone who was removed there is out after it. */
const RENEW_AFTER = 5 * MINUTE;

/** When a session ends if no one uses it any more. */
export const endOf = ({ signedInAt, usedAt }: Session): number => Math.min(usedAt + IDLE, signedInAt + LONGEST);

export const isOver = (session: Session, now: number): boolean => now >= endOf(session);
export const mustTouch = ({ usedAt }: Session, now: number): boolean => now - usedAt >= TOUCH;
export const mustRenew = ({ askedAt, renewal }: Session, now: number): boolean =>
  renewal !== null && now - askedAt >= RENEW_AFTER;
