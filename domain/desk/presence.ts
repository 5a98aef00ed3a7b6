import * as z from "zod";

/** Who looks at an edition, and at which of its stories. Times are epoch milliseconds. */
export const Presence = z.strictObject({ id: z.string(), name: z.string(), at: z.string(), seenAt: z.number().int() });
export type Presence = z.infer<typeof Presence>;

/** Open pages say every few seconds that they are there; anyone who was not heard of for so long is gone. */
export const PRESENCE_TIMEOUT = 15_000;
