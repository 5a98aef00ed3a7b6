import * as z from "zod";
import { ArticleImage } from "../../article/article.ts";
import { Focus, type StoryImage } from "../edition.ts";

/** What an editor wants of a story's picture. What is absent stays as its source has it. */
export const PictureChoice = z.strictObject({
  /** The picture; null: none. */
  image: ArticleImage.nullable().optional(),
  /** What stays in where it is cropped; null: what the eye goes to. */
  focus: Focus.nullable().optional(),
  /** For readers who don't see it; empty: it only decorates. */
  alt: z.string().optional(),
});
export type PictureChoice = z.infer<typeof PictureChoice>;

/** One choice after another: focus and text belong to the picture they were given for. */
export function mergeChoice(before: PictureChoice | undefined, now: PictureChoice): PictureChoice {
  const { image, focus, alt } = now;
  return {
    ...(image === undefined ? before : { image }),
    ...(focus === undefined ? {} : { focus }),
    ...(alt === undefined ? {} : { alt }),
  };
}

/** The picture that a story shows, given its article's own. */
export function chosenPicture(own: ArticleImage | null, choice: PictureChoice | undefined): StoryImage | null {
  const image = choice?.image === undefined ? own : choice.image;
  if (image === null || choice === undefined) return image;
  const { focus, alt } = choice;
  return { ...image, ...(alt === undefined ? {} : { alt }), ...(focus ? { focus } : {}) };
}
