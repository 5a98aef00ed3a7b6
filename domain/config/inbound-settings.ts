import * as z from "zod";
import { domainOf } from "../dns/domain-of.ts";

/** Mail that SES receives for the deployment (docs/guides/inbound.md). */
export const InboundSettings = z.strictObject({
  /**
   * Address to unsubscribe by mail, for mail programs without one click. Its domain is below a sender's and receives
   * nothing else, because its MX record points to SES.
   */
  address: z.email().regex(/^[a-z0-9][a-z0-9._-]*@[a-z0-9.-]+$/, "lower-case letters, digits, dots, hyphens and @"),
  /** The account's active receipt rule set. Default: the stack makes one, which has to be activated by hand. */
  ruleSet: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "the name of a receipt rule set")
    .optional(),
});
export type InboundSettings = z.infer<typeof InboundSettings>;

type About = {
  inbound?: InboundSettings | undefined;
  newsletters: Readonly<Record<string, { from: { address: string } }>>;
  dns: { mailFrom: string | false };
};

/**
 * Why the address can't receive mail; undefined: it can. A sender's own domain needs its MX record for people's mail.
 */
export function inboundFault({ inbound, newsletters, dns }: About): string | undefined {
  if (inbound === undefined) return undefined;
  const domain = domainOf(inbound.address);
  const senders = Object.values(newsletters).map(({ from }) => domainOf(from.address));
  if (!senders.some((sender) => domain.endsWith(`.${sender}`)))
    return `its domain must be below a sender's, such as leave.${senders[0] ?? "example.com"}, which SES has verified`;
  if (senders.includes(domain)) return "its domain is a sender's own; choose one below it";
  return senders.some((sender) => domain === `${dns.mailFrom}.${sender}`)
    ? "its domain takes in bounces (dns.mailFrom); choose another"
    : undefined;
}
