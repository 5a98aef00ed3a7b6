/** Pixels of the email's column of text, which a picture fills. */
export const COLUMN_WIDTH = 528;
/** A picture that is narrower is left out: a stamp in the column, or a blur across it. Pixels. */
const LEAST_WIDTH = 400;
/** So many times as wide as high, or as high as wide: an advertisement's strip, not a picture of the news. */
const STRIP = 3;
/** A picture that is higher than wide is cropped to this, width to height: else it would fill a phone's screen. */
const PORTRAIT_CROP = 3 / 2;

type Size = { readonly width: number | null; readonly height: number | null };

/** Whether a picture can fill the column, as far as its source says how large it is. */
export const fillsColumn = ({ width, height }: Size): boolean =>
  (width === null || width >= LEAST_WIDTH) && !isStrip({ width, height });

const isStrip = ({ width, height }: Size): boolean =>
  width !== null && height !== null && (width > height * STRIP || height > width * STRIP);

/** `column`: the lead's, as wide as its text. `small`: beside a summary. */
export const pictureShapes = ["column", "small"] as const;
export type PictureShape = (typeof pictureShapes)[number];

/** A summary's picture, in CSS pixels; a copy has twice as many each way. */
const SMALL = { width: 120, height: 80 } as const;

/** How large a summary's picture is shown: whole, in its own shape. */
export function smallSize({ width, height }: Size): { width: number; height: number } {
  if (width === null || height === null) return SMALL;
  const scale = Math.min(SMALL.width / width, SMALL.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The size of a copy, in pixels, of a picture of that size; a clause that says why there can be none. */
export function copySize(
  source: { readonly width: number; readonly height: number },
  shape: PictureShape,
  focus?: Point,
): { width: number; height: number } | { unfit: string } {
  const { width, height } = source;
  if (isStrip(source)) return { unfit: `it is a strip of ${width} by ${height} pixels` };
  const least = shape === "small" ? SMALL.width : LEAST_WIDTH;
  if (width < least) return { unfit: `it is ${width} pixels wide, and ${least} are the least` };
  if (shape === "small") return { width: 2 * SMALL.width, height: 2 * SMALL.height };
  const shown = Math.min(width, 2 * COLUMN_WIDTH);
  // With a focus of its own a picture is cropped whatever its shape: else the focus would say nothing.
  const ratio = height > width || focus !== undefined ? PORTRAIT_CROP : width / height;
  return { width: shown, height: Math.round(shown / ratio) };
}

/** Percent of a picture's width and height, from its top left corner. */
type Point = { readonly x: number; readonly y: number };

/** The largest part of a picture that has this shape and its middle at the focus, as far as the edges let it. Pixels. */
export function cropAround(
  source: { readonly width: number; readonly height: number },
  shape: { readonly width: number; readonly height: number },
  focus: Point,
): { left: number; top: number; width: number; height: number } {
  const scale = Math.min(source.width / shape.width, source.height / shape.height);
  const width = Math.max(1, Math.min(source.width, Math.round(shape.width * scale)));
  const height = Math.max(1, Math.min(source.height, Math.round(shape.height * scale)));
  const start = (length: number, part: number, percent: number) =>
    Math.round(Math.max(0, Math.min(length - part, (length * percent) / 100 - part / 2)));
  return { left: start(source.width, width, focus.x), top: start(source.height, height, focus.y), width, height };
}
