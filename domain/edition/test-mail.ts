import * as z from "zod";
import { hmac } from "../audience/tokens/keys.ts";
import type { Config } from "../config.ts";
import { domainOf } from "../dns/domain-of.ts";
import { HOUR } from "../time/durations.ts";
import { fromInstant, Instant } from "../time/instant.ts";

/** Limit of test mails an hour, for each person and for each address. */
export const TESTS_AN_HOUR = 20;

/**
 * Times of the last test mails of one person or one address. `n`: number of writes, so only one of two at once
 * succeeds.
 */
export const TestMailCount = z.strictObject({ sentAt: z.array(Instant), n: z.number().int() });
export type TestMailCount = z.infer<typeof TestMailCount>;

/** The count with one more test mail; null: the limit is reached. */
export function countTestMail(count: TestMailCount | undefined, now: Instant): TestMailCount | null {
  const hourAgo = fromInstant(now) - HOUR;
  const recent = (count?.sentAt ?? []).filter((at) => fromInstant(at) > hourAgo);
  return recent.length >= TESTS_AN_HOUR ? null : { sentAt: [...recent, now], n: (count?.n ?? 0) + 1 };
}

/**
 * Whether a test of a newsletter may go to an address: its editors, sender and reply address, the people of the desk,
 * the operator, and everyone at the domains that it names. Limited, because a test is an unsolicited mail in the
 * newsletter's name.
 * @param address normalised
 */
export function mayGetTests(config: Config, newsletter: string, address: string): boolean {
  const of = config.newsletters[newsletter];
  if (of === undefined) return false;
  const people = [
    of.from.address,
    of.replyTo,
    ...of.editors,
    config.operator,
    ...config.desk.people.map(({ email }) => email),
  ];
  const wanted = address.toLowerCase();
  if (people.some((one) => one?.toLowerCase() === wanted)) return true;
  const domain = domainOf(wanted);
  return of.testDomains.some((allowed) => domain === allowed || domain.endsWith(`.${allowed}`));
}

/** The name of an address or a person in the log and in counts: 96 bits of a keyed hash. */
export const testMailHash = (key: string, text: string): string => hmac(key, text.toLowerCase()).slice(0, 24);
