import * as z from "zod";
import { type Article, ArticleImage } from "../article/article.ts";
import { Instant } from "../time/instant.ts";
import type { Candidate } from "./choosing/stories.ts";
import { fillsColumn } from "./content/picture-size.ts";
import { StoryImage } from "./edition.ts";

/** A picture that a story can show, and the article it is of. */
export const StoryPicture = z.object({ image: ArticleImage, source: z.string() });
export type StoryPicture = z.infer<typeof StoryPicture>;

/** A story with all its articles and pictures: what an editor needs to change what it is made of. */
export const StoryDetail = z.object({
  storyId: z.string(),
  /** 0 is the lead; null: it isn't in the edition. */
  place: z.number().int().nullable(),
  title: z.string(),
  source: z.string(),
  /** Oldest first; `edition split` counts them from 1. */
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
  /** `edition picture` counts them from 1. */
  pictures: z.array(StoryPicture),
  /** The picture it shows, or would. */
  image: StoryImage.nullable(),
  /** An editor said something about its picture. */
  isChosen: z.boolean(),
  /** Whether a story in its place shows a picture. */
  showsPicture: z.boolean(),
  /** Stories that it can be joined with: those of the edition by place, then the best of the others. */
  others: z.array(
    z.object({ storyId: z.string(), place: z.number().int().nullable(), title: z.string(), source: z.string() }),
  ),
});
export type StoryDetail = z.infer<typeof StoryDetail>;

/** The pictures of a story's articles, the shown article's first, each once. */
export function storyPictures({ article, articles }: Pick<Candidate, "article" | "articles">): StoryPicture[] {
  const all = [article, ...articles].flatMap(({ image, sourceTitle }: Article) =>
    image !== null && fillsColumn(image) ? [{ image, source: sourceTitle }] : [],
  );
  return all.filter(({ image }, i) => all.findIndex((other) => other.image.url === image.url) === i);
}
