import * as z from "zod";
import { ArticleImage } from "../../article/article.ts";
import { Focus, type StoryImage } from "../edition.ts";

/** An editor's choice for a story's picture. Absent fields are the source's. */
export const PictureChoice = z.strictObject({
  /** The picture; null: none. */
  image: ArticleImage.nullable().optional(),
  /** The point that a crop keeps; null: automatic. */
  focus: Focus.nullable().optional(),
  /** Alt text; empty: the picture is decoration. */
  alt: z.string().optional(),
});
export type PictureChoice = z.infer<typeof PictureChoice>;

/** Combines choices; focus and alt text belong to the picture they were given for. */
export function mergeChoice(before: PictureChoice | undefined, now: PictureChoice): PictureChoice {
  const { image, focus, alt } = now;
  return {
    ...(image === undefined ? before : { image }),
    ...(focus === undefined ? {} : { focus }),
    ...(alt === undefined ? {} : { alt }),
  };
}

/** The picture that a story shows, given its article's. */
export function chosenPicture(own: ArticleImage | null, choice: PictureChoice | undefined): StoryImage | null {
  const image = choice?.image === undefined ? own : choice.image;
  if (image === null || choice === undefined) return image;
  const { focus, alt } = choice;
  return { ...image, ...(alt === undefined ? {} : { alt }), ...(focus ? { focus } : {}) };
}
