import * as z from "zod";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";

/** watch runs every minute: it starts what is due, and handles the timer of every state. */
export const name = "watch";

/** The log line with the number of missing editions, which an alarm reads. */
export const expectedLine = "expected editions";

/** The clock, each minute. */
export const trigger = { every: "1 minute" } as const;

/** Seconds: as long as dispatch, for which it may wait. */
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
  /** Absent or empty: the config has no notices. */
  NOTICES_QUEUE_URL: z.string().optional(),
  /** Only for trials; a deployment uses the config's settings. */
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
});
