import { createHash } from "node:crypto";
import * as z from "zod";
import type { EditionContent, Focus, StoryImage } from "../edition.ts";
import type { PictureShape } from "./picture-size.ts";

/** Limits of a copy. */
export const MOST_BYTES = 100_000;
/** Most pixels of a source's picture; 50 million need 200 MB. */
export const MOST_PIXELS = 50_000_000;

/** Raised when copies are made differently; old ones stay for the emails that show them. */
const VERSION = 2;

/** A copy's name, from the picture's address, so the same picture is fetched and copied once. */
export function pictureName(source: string, shape: PictureShape, focus?: Focus): string {
  const around = focus === undefined ? "" : ` ${focus.x},${focus.y}`;
  return `${createHash("sha256").update(`${VERSION} ${shape}${around} ${source}`).digest("hex").slice(0, 32)}.jpg`;
}

/** Our copy of a picture: its address, its pixels, its bytes. */
export const PictureCopy = z.object({
  url: z.url(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  bytes: z.number().int().positive(),
});
export type PictureCopy = z.infer<typeof PictureCopy>;

/** The formats that are decoded. Others, such as SVG, can contain more than a picture. */
export const formats = ["jpeg", "png", "gif", "webp", "avif"] as const;
type Format = (typeof formats)[number];

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** A file's format by its first bytes; signatures are from the formats' specifications. */
export function formatOf(bytes: Uint8Array): Format | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === "PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return "gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (ascii(bytes, 4, 12) === "ftypavif") return "avif";
  return undefined;
}

/** The picture of the lead, or of the headline at this index. */
type PictureOf = "lead" | number;

/** The edition with a picture replaced by our copy. */
export const withCopy = (
  content: EditionContent,
  of: PictureOf,
  image: StoryImage,
  copy: Omit<PictureCopy, "bytes">,
): EditionContent =>
  pictured(content, of, { ...image, url: copy.url, width: copy.width, height: copy.height, from: image.url });

/** The edition without a picture that can't be shown, with the reason for editors. */
export const withoutPicture = (content: EditionContent, of: PictureOf, why: string): EditionContent =>
  pictured(content, of, null, [`Shown without its picture: ${why}`]);

function pictured(
  content: EditionContent,
  of: PictureOf,
  image: StoryImage | null,
  why: string[] = [],
): EditionContent {
  const { lead, headlines } = content;
  if (of === "lead") return { ...content, lead: { ...lead, image, reasons: [...lead.reasons, ...why] } };
  return {
    ...content,
    headlines: headlines.map((headline, i) => {
      if (i !== of) return headline;
      const { image: _, ...rest } = headline;
      return { ...rest, ...(image && { image }), reasons: [...headline.reasons, ...why] };
    }),
  };
}
