import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { BatchKey } from "./batch.ts";

/** Readers of one batch whose deliveries SES accepted twice. This must not happen; a person checks each case. */
export const Double = z.strictObject({
  key: BatchKey,
  /** The accepted attempt that the ledger didn't know, or the later of two. */
  attempt: z.number().int().min(1),
  /** Positions in the batch, as far as known when it was noticed. */
  positions: z.array(z.number().int().min(0)),
  noticedAt: Instant,
});
export type Double = z.infer<typeof Double>;

/** When a person last allowed automatic resends again, despite earlier doubles. */
export const ResendAllowed = z.strictObject({ at: Instant, by: z.string() });
export type ResendAllowed = z.infer<typeof ResendAllowed>;

/** Noticed since a person last accepted doubles, so nothing is sent again by itself. */
export const isUnaccepted = ({ noticedAt }: Double, allowed: ResendAllowed | undefined): boolean =>
  allowed === undefined || noticedAt > allowed.at;
