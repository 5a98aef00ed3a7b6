import sharp from "sharp";
import { formats, MOST_BYTES, MOST_PIXELS } from "#domain/edition/content/picture.ts";
import { copySize, cropAround, type PictureShape } from "#domain/edition/content/picture-size.ts";
import type { Focus } from "#domain/edition/edition.ts";

/** A Lambda makes one picture at a time, and keeps none. */
sharp.cache(false);
sharp.concurrency(1);

/** Where a picture is transparent, paper shows through: off-white, as the email's. */
const PAPER = "#fffefb";
const QUALITIES = [82, 74, 66, 56, 46, 36];
/** Seconds in which libvips must be done. */
const PATIENCE = 10;

/**
 * A picture made fit for mail: its first frame upright, without what cameras write into it (places among it), in sRGB,
 * at most twice as large as it is shown, and as good as fits. Where its shape changes, what the eye goes to stays in it, or what is around the focus.
 * @throws sharp's error for a file that is broken, of another format than it decodes, or has too many pixels
 */
export async function resize(
  picture: Uint8Array,
  shape: PictureShape,
  focus?: Focus,
): Promise<{ jpeg: Uint8Array; width: number; height: number }> {
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

/** libvips calls AVIF by the name of its container. */
const isDecoded = (format: string | undefined) => format === "heif" || formats.some((decoded) => decoded === format);
