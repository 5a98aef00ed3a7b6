import * as z from "zod";
import { OutcomeKind } from "../ledger/delivery-outcome.ts";

/** What an event says about its message: SES accepted it, or what happened then. */
export const ProbeEvent = z.union([z.literal("accepted"), OutcomeKind]);
export type ProbeEvent = z.infer<typeof ProbeEvent>;

/**
 * A mail to each of these addresses of SES's mailbox simulator makes a known event. They count as mails, but not as
 * bounces or complaints. https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
export const probes: readonly { readonly address: string; readonly event: ProbeEvent }[] = [
  { address: "success@simulator.amazonses.com", event: "accepted" },
  { address: "bounce@simulator.amazonses.com", event: "hard-bounce" },
  { address: "complaint@simulator.amazonses.com", event: "complaint" },
];

export const isProbe = (address: string | undefined): boolean => probes.some((probe) => probe.address === address);
