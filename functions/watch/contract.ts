import * as z from "zod";
import { DeliverySettingsText } from "#domain/config.ts";

/** watch gives every state its timer: it repairs, kicks again, dispatches again, closes and finishes. */
export const name = "watch";

/** The clock, each minute. */
export const trigger = { every: "1 minute" } as const;

/** Seconds: as long as dispatch, which it may wait for. */
export const timeout = 660;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KICKS_QUEUE_URL: z.url(),
  FEEDBACK_QUEUE_URL: z.url(),
  FEEDBACK_DEAD_QUEUE_URL: z.url(),
  DISPATCH_FUNCTION: z.string(),
  /** Only for trials; a deployment's settings are the config's. */
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
});

export const WatchReport = z.object({
  kicked: z.boolean(),
  dispatched: z.array(z.string()),
  /** Batches that became unknown. */
  unknown: z.number().int(),
  /** Batches without an answer whose fate was found, or that wait for a person now. */
  settled: z.number().int(),
  closed: z.number().int(),
  finished: z.array(z.string()),
});
export type WatchReport = z.infer<typeof WatchReport>;
