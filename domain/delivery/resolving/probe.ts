import * as z from "zod";
import type { OutcomeKind } from "../ledger/delivery-outcome.ts";

/** What an event says about a probe: SES accepted it, or what happened then. */
export const ProbeEvent = z.enum(["accepted", "bounce", "complaint"]);
export type ProbeEvent = z.infer<typeof ProbeEvent>;

/**
 * A mail to each of these addresses of SES's mailbox simulator makes a known event. They count as mails, but not as
 * bounces or complaints. https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
export const probes: readonly { readonly address: string; readonly event: ProbeEvent }[] = [
  { address: "success@simulator.amazonses.com", event: "accepted" },
  { address: "bounce@simulator.amazonses.com", event: "bounce" },
  { address: "complaint@simulator.amazonses.com", event: "complaint" },
];

export const isProbe = (address: string | undefined): boolean => probes.some((probe) => probe.address === address);

/** @param kind what happened after SES accepted it; undefined: nothing yet */
export const probeEventOf = (kind: OutcomeKind | undefined): ProbeEvent =>
  kind === undefined ? "accepted" : kind === "complaint" ? "complaint" : "bounce";
