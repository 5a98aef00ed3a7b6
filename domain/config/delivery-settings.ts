import * as z from "zod";
import { MOST_SENDERS } from "../delivery/pace/shares.ts";
import { parseJson } from "../json.ts";

/** Times and ceilings of delivery (docs/decisions/delivery-settings.md). Trials shorten them; production keeps these. */
export const DeliverySettings = z.strictObject({
  /** The share of the account's SES rate for Broadsheet; the rest is for other applications. */
  share: z.number().positive().max(1).default(1),
  /** How many senders share a rate above what one can send, about 5,000 recipients a second. */
  senders: z.number().int().min(1).max(MOST_SENDERS).default(1),
  leaseSeconds: z.number().positive().default(15),
  leaseRenewSeconds: z.number().positive().default(3),
  claimSeconds: z.number().positive().default(60),
  /** Less than a claim lasts, so an answer is recorded while the claim holds. */
  callTimeoutSeconds: z.number().positive().max(50).default(20),
  runSeconds: z.number().positive().default(540),
  /** How long to wait for SES's events before an unanswered call is resolved (W). */
  settleSeconds: z.number().positive().default(1200),
  /**
   * Whether missing events may count as "not sent" if the neighbours' events arrived; `ask`: a person always decides.
   */
  resend: z.enum(["auto", "ask"]).default("ask"),
  /** How long to wait for bounces of an edition's first readers before the rest is sent; "off": all at once. */
  canarySeconds: z.union([z.number().positive(), z.literal("off")]).default(120),
  /** Whether SES reports every acceptance and delivery, not only failures. Without it, missing events prove nothing. */
  confirmations: z.boolean().default(true),
});
export type DeliverySettings = z.infer<typeof DeliverySettings>;

/** The same as JSON, for a trial in a function's environment. A deployment uses the config's settings. */
export const DeliverySettingsText = z
  .string()
  .transform((text, context) => {
    const value = parseJson(text);
    if (value === undefined) context.addIssue("not JSON");
    return value;
  })
  .pipe(DeliverySettings);
