import * as z from "zod";

/** A story's position and its reasons, for editors: `place` is 0 for the lead, null if it isn't in the edition. */
export const Explanation = z.object({
  storyId: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string(),
  place: z.number().int().nullable(),
  /** Null: it wasn't scored. */
  score: z.number().nullable(),
  /** The points of each part of the score. */
  points: z.record(z.string(), z.number()),
  reasons: z.array(z.string()),
  /** The story's other articles. */
  articles: z.array(z.object({ id: z.string(), title: z.string(), url: z.string().nullable(), source: z.string() })),
});
export type Explanation = z.infer<typeof Explanation>;
