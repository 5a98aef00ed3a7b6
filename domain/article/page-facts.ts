import * as z from "zod";
import { ArticleImage } from "./article.ts";

/** What a web page says about itself: enough to add it to an edition, once an editor has read it. */
export const PageFacts = z.object({
  /** Canonical, after redirects. */
  url: z.string(),
  title: z.string(),
  /** Its site's name; empty where it doesn't say. */
  source: z.string(),
  /** One paragraph; may be empty. */
  summary: z.string(),
  image: ArticleImage.nullable(),
  language: z.string().nullable(),
});
export type PageFacts = z.infer<typeof PageFacts>;
