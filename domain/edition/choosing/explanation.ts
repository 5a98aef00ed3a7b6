import * as z from "zod";

/** What a story got and why, for an editor: `place` is 0 for the lead, and null where it is not in the edition. */
export const Explanation = z.object({
  storyId: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string(),
  place: z.number().int().nullable(),
  /** Null where it was never scored. */
  score: z.number().nullable(),
  /** What each part of the score gave. */
  points: z.record(z.string(), z.number()),
  reasons: z.array(z.string()),
  /** The other articles that tell the story. */
  articles: z.array(z.object({ id: z.string(), title: z.string(), url: z.string().nullable(), source: z.string() })),
});
export type Explanation = z.infer<typeof Explanation>;
