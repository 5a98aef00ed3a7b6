/** Width of the email's text column in pixels, which a picture fills. */
export const COLUMN_WIDTH = 528;
/** Narrower pictures are left out, because they would be tiny or blurred. Pixels. */
const LEAST_WIDTH = 400;
/** Above this aspect ratio in either direction, a picture is a strip, such as an advertisement. */
const STRIP = 3;
/** Portraits are cropped to this ratio of width to height, or they would fill a phone's screen. */
const PORTRAIT_CROP = 3 / 2;

type Size = { readonly width: number | null; readonly height: number | null };

/** Whether a picture can fill the column, if its source gives its size. */
export const fillsColumn = ({ width, height }: Size): boolean =>
  (width === null || width >= LEAST_WIDTH) && !isStrip({ width, height });

const isStrip = ({ width, height }: Size): boolean =>
  width !== null && height !== null && (width > height * STRIP || height > width * STRIP);

/** `column`: the lead's, as wide as its text. `small`: next to a summary. */
export const pictureShapes = ["column", "small"] as const;
export type PictureShape = (typeof pictureShapes)[number];

/** Size of a summary's picture in CSS pixels; a copy has twice as many in each direction. */
const SMALL = { width: 120, height: 80 } as const;

/** The displayed size of a summary's picture, uncropped. */
export function smallSize({ width, height }: Size): { width: number; height: number } {
  if (width === null || height === null) return SMALL;
  const scale = Math.min(SMALL.width / width, SMALL.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The size of a copy in pixels, for a picture of this size; or a clause with the reason why there can't be one. */
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
  // A picture with a focus is always cropped, or the focus would have no effect.
  const ratio = height > width || focus !== undefined ? PORTRAIT_CROP : width / height;
  return { width: shown, height: Math.round(shown / ratio) };
}

/** In percent of the picture's width and height, from its top left corner. */
type Point = { readonly x: number; readonly y: number };

/** The largest part of a picture with this shape, centred on the focus as far as the edges allow. Pixels. */
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
