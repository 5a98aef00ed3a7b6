import type { Page } from "playwright-core";
import sharp from "sharp";

/** Pixels as they were painted: three bytes each, row after row. */
export type Picture = { data: Buffer; width: number; height: number };

/** A pixel of CSS is so many pixels wide and high. */
export const scale = 2;

/** CSS pixels: a whole email at twice its size is taller than Chromium paints in one. */
const slice = 4_000;

/** The whole page as it is painted. */
export async function pictureOf(page: Page): Promise<Picture> {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const devtools = await page.context().newCDPSession(page);
  const slices: Picture[] = [];
  for (let y = 0; y < height; y += slice) {
    // Asked for without the page's own `screenshot`, whose PNGs are packed tighter than what is unpacked at once needs.
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

/** A picture as a PNG for people to look at. */
export const encoded = (picture: Picture): Promise<Buffer> =>
  raw(picture)
    .resize({ width: Math.min(600, picture.width) })
    .png({ compressionLevel: 6 })
    .toBuffer();

/** Half as wide as it was laid out: large enough to see what changed. */
export async function reduced(picture: Picture): Promise<Picture> {
  const width = Math.round(picture.width / scale / 2);
  const { data, info } = await raw(picture).resize({ width }).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Levels of a channel from one kept colour to the next: few colours make a small file. */
const step = 32;

/**
 * A reduced picture as the file that is kept. Each pixel goes to the nearest kept colour by itself: a palette that fits
 * the picture would make one pixel's change that of many.
 */
export function kept(picture: Picture): Promise<Buffer> {
  const data = Buffer.from(picture.data.map((level) => Math.min(255, Math.round(level / step) * step)));
  return raw({ ...picture, data })
    .png({ palette: true, quality: 100, colours: 256, dither: 0, compressionLevel: 9 })
    .toBuffer();
}

/** Of a kept colour and what is painted now: half a step is the keeping's, the rest a browser's own. */
const levels = step / 2 + 16;

type Difference = { share: number; map: Picture };

/**
 * How much of a picture is not as it was, 0 to 1, and where: red on what there is now. What one has below the other's
 * end is changed; 1 where the widths differ.
 */
export function difference(before: Picture, now: Picture): Difference {
  if (before.width !== now.width) return { share: 1, map: now };
  const data = Buffer.from(now.data.map((level) => 160 + level / 3));
  let changed = Math.max(0, before.data.length - now.data.length) / 3;
  for (let i = 0; i < now.data.length; i += 3) {
    // Beyond the end there are no pixels, which differs from every level.
    const isSame = [i, i + 1, i + 2].every(
      (at) => Math.abs((before.data[at] ?? -levels) - (now.data[at] ?? 0)) <= levels,
    );
    if (isSame) continue;
    changed++;
    data.set([200, 0, 0], i);
  }
  return { share: changed / (Math.max(before.data.length, now.data.length) / 3), map: { ...now, data } };
}

/** Above it a picture counts as changed: the same browser and the same fonts paint alike, but not to the last bit. */
export const tolerance = 0.0003;
