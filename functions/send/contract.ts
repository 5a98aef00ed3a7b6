import * as z from "zod";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { parseJson } from "#domain/json.ts";

/**
 * send is the sender, of which only one runs at a time by a lease: it claims batches, calls SES once for each, and
 * records the outcome.
 */
export const name = "send";

/** A kick on the queue `kicks`; one a receive, at most two at once. Seconds. */
export const trigger = {
  queue: "kicks",
  batchSize: 1,
  maxConcurrency: 2,
  visibility: 720,
  attempts: 5,
} as const;

/** Seconds. */
export const timeout = 660;

/** Megabytes. */
export const memory = 512;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KICKS_QUEUE_URL: z.url(),
  KICKS_DEAD_QUEUE_URL: z.url(),
  SITE_URL: z.url(),
  CONFIGURATION_SET: z.string(),
  KEYS_SECRET: z.string(),
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
});

/** A kick: there is work, without saying which. */
export const Kick = z.object({ kick: z.literal(1) });
export type Kick = z.infer<typeof Kick>;

export const isKick = (body: string): boolean => Kick.safeParse(parseJson(body)).success;
