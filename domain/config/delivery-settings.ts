import * as z from "zod";

/** Times and ceilings of delivery (docs/decisions/delivery-settings.md). Trials shorten them; production keeps these. */
export const DeliverySettings = z.strictObject({
  /** The part of the account's SES rate that Broadsheet may use; the rest is left to other applications. */
  share: z.number().positive().max(1).default(1),
  leaseSeconds: z.number().positive().default(15),
  leaseRenewSeconds: z.number().positive().default(3),
  claimSeconds: z.number().positive().default(60),
  /** Less than a claim lasts, so an answer is recorded while the claim holds. */
  callTimeoutSeconds: z.number().positive().max(50).default(20),
  runSeconds: z.number().positive().default(540),
  /** How long SES's events are waited for before a call without an answer is resolved (W). */
  settleSeconds: z.number().positive().default(1200),
  /** Whether silence, where the neighbours' events came, may be taken for "not sent"; `ask`: a person decides, always. */
  resend: z.enum(["auto", "ask"]).default("ask"),
  /** How long an edition's first readers' bounces are waited for before the rest follow; "off": all at once. */
  canarySeconds: z.union([z.number().positive(), z.literal("off")]).default(120),
  /** Whether SES tells of every acceptance and delivery, not of failures only. Without, silence proves nothing. */
  confirmations: z.boolean().default(true),
});
export type DeliverySettings = z.infer<typeof DeliverySettings>;

/** The same as JSON, as a trial gives them in a function's environment. In a deployment the config's hold. */
export const DeliverySettingsText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(DeliverySettings);
