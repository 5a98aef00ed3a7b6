import * as z from "zod";
import { fromInstant, Instant } from "../time/instant.ts";

/** When a reader was written to outside editions: what keeps a stranger from filling someone else's mailbox. */
export const Contact = z.strictObject({
  /** The last mails that answered a request, newest last. */
  mailedAt: z.array(Instant),
  /** When SES's suppression of the address was lifted last; null: never. */
  clearedAt: Instant.nullable(),
});
export type Contact = z.infer<typeof Contact>;

const MINUTE = 60_000;
/** Between two mails to one address, and how many a day. */
const BETWEEN_MS = 10 * MINUTE;
const DAY_MS = 24 * 60 * MINUTE;
const A_DAY = 5;
/** SES's suppression of an address is lifted at most so often. */
const CLEARED_EVERY_MS = 30 * DAY_MS;

/** The contact after one more mail now. Undefined: the address has had enough mail for the moment. */
export function withMail(before: Contact | undefined, now: Instant): Contact | undefined {
  const ago = (at: Instant) => fromInstant(now) - fromInstant(at);
  const today = (before?.mailedAt ?? []).filter((at) => ago(at) < DAY_MS);
  if (today.length >= A_DAY || today.some((at) => ago(at) < BETWEEN_MS)) return undefined;
  return { mailedAt: [...today, now], clearedAt: before?.clearedAt ?? null };
}

/** Whether SES's suppression may be lifted for the address now. */
export const canClear = (contact: Contact | undefined, now: Instant): boolean =>
  !contact?.clearedAt || fromInstant(now) - fromInstant(contact.clearedAt) >= CLEARED_EVERY_MS;
