import type { Page } from "playwright-core";
import sharp from "sharp";

/** Pixels as painted: three bytes each, row by row. */
export type Picture = { data: Buffer; width: number; height: number };

/** Painted pixels for each CSS pixel, in width and height. */
export const scale = 2;

/** CSS pixels. A whole email at twice its size is taller than Chromium can paint at once. */
const slice = 4_000;

/** A picture of the whole page. */
export async function pictureOf(page: Page): Promise<Picture> {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const devtools = await page.context().newCDPSession(page);
  const slices: Picture[] = [];
  for (let y = 0; y < height; y += slice) {
    // Faster than the page's `screenshot`, whose PNGs are compressed more than is useful here.
    const { data } = await devtools.send("Page.captureScreenshot", {
      format: "png",
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip: { x: 0, y, width, height: Math.min(slice, height - y), scale },
    });
    slices.push(await decoded(Buffer.from(data, "base64")));
  }
  await devtools.detach();
  return {
    data: Buffer.concat(slices.map(({ data }) => data)),
    width: slices[0]?.width ?? 0,
    height: slices.reduce((sum, { height }) => sum + height, 0),
  };
}

export async function decoded(png: Buffer): Promise<Picture> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const raw = ({ data, width, height }: Picture) => sharp(data, { raw: { width, height, channels: 3 } });

/** The picture as a PNG. */
export const encoded = (picture: Picture): Promise<Buffer> =>
  raw(picture)
    .resize({ width: Math.min(600, picture.width) })
    .png({ compressionLevel: 6 })
    .toBuffer();

/** The picture at half its width in CSS pixels, which is enough to see changes. */
export async function reduced(picture: Picture): Promise<Picture> {
  const width = Math.round(picture.width / scale / 2);
  const { data, info } = await raw(picture).resize({ width }).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The distance of stored colours in each channel. Few colours make a small file. */
const step = 32;

/**
 * A reduced picture as the file in the repository. Each pixel is rounded to a fixed set of colours; with a palette made
 * for the picture, a change of one pixel could change many.
 */
export function kept(picture: Picture): Promise<Buffer> {
  const data = Buffer.from(picture.data.map((level) => Math.min(255, Math.round(level / step) * step)));
  return raw({ ...picture, data })
    .png({ palette: true, quality: 100, colours: 256, dither: 0, compressionLevel: 9 })
    .toBuffer();
}

/** The largest difference that counts as equal: half a step from rounding, the rest for browser differences. */
const levels = step / 2 + 16;

type Difference = { share: number; map: Picture };

/**
 * The share of changed pixels, 0 to 1, and a picture that marks them in red. Rows that only one picture has count as
 * changed; with different widths, the share is 1.
 */
export function difference(before: Picture, now: Picture): Difference {
  if (before.width !== now.width) return { share: 1, map: now };
  const data = Buffer.from(now.data.map((level) => 160 + level / 3));
  let changed = Math.max(0, before.data.length - now.data.length) / 3;
  for (let i = 0; i < now.data.length; i += 3) {
    // Beyond the end there are no pixels, and `undefined` differs from any level.
    const isSame = [i, i + 1, i + 2].every(
      (at) => Math.abs((before.data[at] ?? -levels) - (now.data[at] ?? 0)) <= levels,
    );
    if (isSame) continue;
    changed++;
    data.set([200, 0, 0], i);
  }
  return { share: changed / (Math.max(before.data.length, now.data.length) / 3), map: { ...now, data } };
}

/** A picture counts as changed above this share. The same browser and fonts don't paint identically to the last bit. */
export const tolerance = 0.0003;
