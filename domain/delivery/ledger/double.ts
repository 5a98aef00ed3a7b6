import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { BatchKey } from "./batch.ts";

/** Readers of one batch that SES accepted twice. That must not happen; a person looks at each. */
export const Double = z.strictObject({
  key: BatchKey,
  /** The attempt that the ledger did not know to be accepted, or the last of two. */
  attempt: z.number().int().min(1),
  /** Positions of the batch, as far as known when it was noticed. */
  positions: z.array(z.number().int().min(0)),
  noticedAt: Instant,
});
export type Double = z.infer<typeof Double>;

/** When a person last said that silence may be taken for "not sent" again, despite doubles before. */
export const ResendAllowed = z.strictObject({ at: Instant, by: z.string() });
export type ResendAllowed = z.infer<typeof ResendAllowed>;
