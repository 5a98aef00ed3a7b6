import * as z from "zod";
import { type Article, ArticleImage } from "../../article/article.ts";
import { Instant } from "../../time/instant.ts";
import type { Candidate } from "../choosing/stories.ts";
import { fillsColumn } from "../content/picture-size.ts";
import { StoryImage } from "../edition.ts";

/** A picture that a story can show, and its article. */
export const StoryPicture = z.object({ image: ArticleImage, source: z.string() });
export type StoryPicture = z.infer<typeof StoryPicture>;

/** A story with all its articles and pictures, for editing it. */
export const StoryDetail = z.object({
  storyId: z.string(),
  /** 0 is the lead; null: it isn't in the edition. */
  place: z.number().int().nullable(),
  title: z.string(),
  source: z.string(),
  /** Oldest first; numbered from 1 in `edition split`. */
  articles: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      url: z.string().nullable(),
      source: z.string(),
      at: Instant,
      /** The one whose words are shown. */
      isShown: z.boolean(),
    }),
  ),
  /** Numbered from 1 in `edition picture`. */
  pictures: z.array(StoryPicture),
  /** The picture it shows, or would. */
  image: StoryImage.nullable(),
  /** Whether an editor changed its picture. */
  isChosen: z.boolean(),
  /** Whether a story shows a picture in its position. */
  showsPicture: z.boolean(),
  /** Stories to join it with: those of the edition in order, then the best of the others. */
  others: z.array(
    z.object({ storyId: z.string(), place: z.number().int().nullable(), title: z.string(), source: z.string() }),
  ),
});
export type StoryDetail = z.infer<typeof StoryDetail>;

/** The pictures of a story's articles, each once, the shown article's first. */
export function storyPictures({ article, articles }: Pick<Candidate, "article" | "articles">): StoryPicture[] {
  const all = [article, ...articles].flatMap(({ image, sourceTitle }: Article) =>
    image !== null && fillsColumn(image) ? [{ image, source: sourceTitle }] : [],
  );
  return all.filter(({ image }, i) => all.findIndex((other) => other.image.url === image.url) === i);
}
