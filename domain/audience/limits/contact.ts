import * as z from "zod";
import { DAY, MINUTE } from "../../time/durations.ts";
import { fromInstant, Instant } from "../../time/instant.ts";
import { mailboxOf } from "../address/address.ts";
import type { SigningKeys } from "../tokens/keys.ts";
import { subscriberId } from "../tokens/token.ts";

/** When a mailbox was mailed outside editions, so a stranger can't fill someone else's. */
export const Contact = z.strictObject({
  /** The last mails that answered a request, newest last. */
  mailedAt: z.array(Instant),
  /** The last links to the reader's data; absent: none. */
  dataMailedAt: z.array(Instant).optional(),
  /** When the address was last removed from SES's suppression list; null: never. */
  clearedAt: Instant.nullable(),
});
export type Contact = z.infer<typeof Contact>;

/** Time between two mails to one mailbox, and mails a day. */
const BETWEEN_MS = 10 * MINUTE;
const A_DAY = 5;
/** Time between two removals of an address from SES's suppression list. */
const CLEARED_EVERY_MS = 30 * DAY;

/** The id of an address's contact. `ann+1@` and `ann+2@` are two subscribers, with one mailbox and one contact. */
export const contactId = (keys: SigningKeys, newsletter: string, address: string): string =>
  subscriberId(keys, newsletter, mailboxOf(address));

/**
 * The contact after one more mail now. Undefined: the mailbox has reached its limit. A link to the reader's data has a
 * limit of its own, because a reader who has just confirmed may want to see what is stored.
 */
export function withMail(
  before: Contact | undefined,
  now: Instant,
  list: "mailedAt" | "dataMailedAt" = "mailedAt",
): Contact | undefined {
  const ago = (at: Instant) => fromInstant(now) - fromInstant(at);
  const today = (before?.[list] ?? []).filter((at) => ago(at) < DAY);
  if (today.length >= A_DAY || today.some((at) => ago(at) < BETWEEN_MS)) return undefined;
  return { ...(before ?? { mailedAt: [], clearedAt: null }), [list]: [...today, now] };
}

/** Whether the address may be removed from SES's suppression list now. */
export const canClear = (contact: Contact | undefined, now: Instant): boolean =>
  !contact?.clearedAt || fromInstant(now) - fromInstant(contact.clearedAt) >= CLEARED_EVERY_MS;
