import sharp from "sharp";
import { formats, MOST_BYTES, MOST_PIXELS } from "#domain/edition/content/picture.ts";
import { copySize, cropAround, type PictureShape } from "#domain/edition/content/picture-size.ts";
import type { Focus } from "#domain/edition/edition.ts";
import { slowPart } from "./slow-parts.ts";

/** A Lambda makes one picture at a time, so caching is off. */
sharp.cache(false);
sharp.concurrency(1);

/** Background of transparent pictures: off-white, like the email's paper. */
const PAPER = "#fffefb";
const QUALITIES = [82, 74, 66, 56, 46, 36];
/** Time limit for libvips, in seconds. */
const PATIENCE = 10;

/**
 * Prepares a picture for email: its first frame, rotated upright, without camera metadata such as location, in sRGB, at
 * most twice its displayed size, and at the best quality that fits. A crop keeps the most salient part, or the part
 * around the focus.
 * @throws sharp's error if the file is broken, has an unsupported format, or has too many pixels
 */
export async function resize(
  picture: Uint8Array,
  shape: PictureShape,
  focus?: Focus,
): Promise<{ jpeg: Uint8Array; width: number; height: number }> {
  const slow = slowPart(picture);
  if (slow !== undefined) throw new Error(`it ${slow}`);
  const input = sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: "error", pages: 1, page: 0 });
  const { format, autoOrient } = await input.metadata();
  if (!isDecoded(format)) throw new Error(`it is ${format}`);
  const size = copySize(autoOrient, shape, focus);
  if ("unfit" in size) throw new Error(size.unfit);
  const turned = input.timeout({ seconds: PATIENCE }).autoOrient();
  const upright = await (focus === undefined ? turned : turned.extract(cropAround(autoOrient, size, focus)))
    .flatten({ background: PAPER })
    .toColourspace("srgb")
    .resize({ ...size, fit: "cover", position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = upright.info;
  for (const quality of QUALITIES) {
    const jpeg = await sharp(upright.data, { raw: { width, height, channels } })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer();
    if (jpeg.byteLength <= MOST_BYTES) return { jpeg, width, height };
  }
  throw new Error(`it does not fit ${MOST_BYTES / 1000} KB`);
}

/** libvips names AVIF after its container. */
const isDecoded = (format: string | undefined) => format === "heif" || formats.some((decoded) => decoded === format);
