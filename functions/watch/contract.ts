import * as z from "zod";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";

/** watch is the clock: it starts what is due, and gives every state its timer. */
export const name = "watch";

/** The line of its log that says how many editions should be with their readers and are not: an alarm reads it. */
export const expectedLine = "expected editions";

/** The clock, each minute. */
export const trigger = { every: "1 minute" } as const;

/** Seconds: as long as dispatch, which it may wait for. */
export const timeout = 660;

/** Megabytes. */
export const memory = 512;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KICKS_QUEUE_URL: z.url(),
  FEEDBACK_QUEUE_URL: z.url(),
  FEEDBACK_DEAD_QUEUE_URL: z.url(),
  DISPATCH_FUNCTION: z.string(),
  ASSEMBLE_FUNCTION: z.string(),
  CONFIGURATION_SET: z.string(),
  /** Absent or empty: by the config no one else hears of editions. */
  NOTICES_QUEUE_URL: z.string().optional(),
  /** Only for trials; a deployment's settings are the config's. */
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
});
