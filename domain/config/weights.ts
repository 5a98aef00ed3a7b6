import * as z from "zod";

/** How much each part of a story's score counts. 0 leaves a part out. */
export const Weights = z.strictObject({
  sources: z.number().min(0).default(3),
  recency: z.number().min(0).default(2),
  sourceWeight: z.number().min(0).default(1),
  completeness: z.number().min(0).default(1),
  novelty: z.number().min(0).default(2),
  /** How many other articles of the day are about the same subject. */
  subject: z.number().min(0).default(1.5),
  /** News before opinion, live pages, videos and galleries. */
  form: z.number().min(0).default(3),
});
export type Weights = z.infer<typeof Weights>;
