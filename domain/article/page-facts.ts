import * as z from "zod";
import { ArticleImage } from "./article.ts";

/** A web page's metadata, enough to add it to an edition after an editor's check. */
export const PageFacts = z.object({
  /** Canonical, after redirects. */
  url: z.string(),
  title: z.string(),
  /** Its site's name; empty: not given. */
  source: z.string(),
  /** One paragraph; may be empty. */
  summary: z.string(),
  image: ArticleImage.nullable(),
  language: z.string().nullable(),
});
export type PageFacts = z.infer<typeof PageFacts>;
