import * as z from "zod";

/** watch gives every state its timer: it repairs, kicks again, dispatches again, closes and finishes. */
export const name = "watch";

/** The clock, each minute. */
export const trigger = { every: "1 minute" } as const;

/** Seconds: as long as dispatch, which it may wait for. */
export const timeout = 660;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KICKS_QUEUE_URL: z.url(),
  DISPATCH_FUNCTION: z.string(),
});

export const WatchReport = z.object({
  kicked: z.boolean(),
  dispatched: z.array(z.string()),
  /** Batches that became unknown. */
  unknown: z.number().int(),
  closed: z.number().int(),
  finished: z.array(z.string()),
});
export type WatchReport = z.infer<typeof WatchReport>;
