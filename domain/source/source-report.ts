import * as z from "zod";

/** What a poll of one source found. */
export const SourceReport = z.object({
  source: z.string(),
  title: z.string(),
  url: z.string(),
  outcome: z.enum(["polled", "unchanged", "failed"]),
  /** Articles stored for the first time, changed, and left as they were. */
  fresh: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  /** Articles dropped because the source brought more than one source may. */
  dropped: z.number().int(),
  /** It dropped some, and the editors haven't been notified within 30 days. */
  overLimit: z.boolean(),
  /** Items that couldn't be used, with the reason. */
  refused: z.array(z.object({ why: z.string(), at: z.string() })),
  /** Its new address, if this poll moved it. */
  movedTo: z.string().nullable(),
  /** Why it failed and what to do, as a sentence. */
  error: z.string().nullable(),
});
export type SourceReport = z.infer<typeof SourceReport>;
