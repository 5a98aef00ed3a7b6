import * as z from "zod";
import { OriginList } from "#domain/config/origins.ts";
import { PictureCopy } from "#domain/edition/content/picture.ts";
import { pictureShapes } from "#domain/edition/content/picture-size.ts";
import { Focus } from "#domain/edition/edition.ts";
import { outcomeOf } from "#domain/outcome.ts";

/** pictures makes copies of stories' pictures: fetched once, resized for email, and served from our own address. */
export const name = "pictures";

/** Invoked by assemble for the pictures of an edition. */
export const trigger = { invoked: true } as const;

/** Seconds: ten to fetch, the rest to copy the largest picture that is accepted. */
export const timeout = 30;

/** Megabytes: a whole vCPU. */
export const memory = 1769;

export const Environment = z.object({
  PICTURES_BUCKET: z.string(),
  /** Public address of the bucket's objects. */
  PICTURES_URL: z.url(),
  /** Comma-separated origins that may be fetched although their address is private. */
  ALLOW_ORIGINS: OriginList,
});

export const PictureRequest = z.object({
  url: z.string(),
  shape: z.enum(pictureShapes).default("column"),
  focus: Focus.optional(),
});
export type PictureRequest = z.infer<typeof PictureRequest>;

export const PictureResponse = outcomeOf(PictureCopy);
export type PictureResponse = z.infer<typeof PictureResponse>;
