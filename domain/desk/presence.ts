import * as z from "zod";

/** Who has an edition open, and at which story. Times are epoch milliseconds. */
export const Presence = z.strictObject({ id: z.string(), name: z.string(), at: z.string(), seenAt: z.number().int() });
export type Presence = z.infer<typeof Presence>;

/** Open pages report every few seconds; someone who hasn't reported for this long has left. */
export const PRESENCE_TIMEOUT = 15_000;
