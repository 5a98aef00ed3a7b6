import { crc32, deflateSync } from "node:zlib";
import { type Palette, readyTheme, type Theme } from "#domain/theme/theme.ts";

/** The size at which networks show link pictures without cropping (1.91 to 1; ogp.me specifies none). */
export const sharePictureSize = { width: 1200, height: 630 } as const;

type Ink = keyof Pick<Palette, "desk" | "paper" | "ink" | "quiet" | "accent" | "line">;
const inks: readonly Ink[] = ["desk", "paper", "ink", "quiet", "accent", "line"];

/** A rectangle in pixels. */
type Block = { x: number; y: number; width: number; height: number; ink: Ink };

/** Lines of text as bars; a paragraph's last one is short. */
const lines = (x: number, y: number, width: number, count: number, ink: Ink): Block[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ x, y: y + n * 26, height: 10, ink },
    width: n === count - 1 ? Math.round(width * 0.6) : width,
  }));

/** A newspaper's front page without words, so it needs no fonts and fits every language. */
const frontPage: readonly Block[] = [
  { x: 110, y: 60, width: 980, height: 570, ink: "paper" },
  { x: 170, y: 104, width: 860, height: 10, ink: "ink" },
  { x: 170, y: 118, width: 860, height: 2, ink: "ink" },
  { x: 380, y: 142, width: 440, height: 44, ink: "ink" },
  { x: 170, y: 206, width: 860, height: 2, ink: "ink" },
  { x: 540, y: 224, width: 120, height: 8, ink: "quiet" },
  { x: 170, y: 262, width: 130, height: 10, ink: "accent" },
  { x: 170, y: 288, width: 500, height: 28, ink: "ink" },
  { x: 170, y: 328, width: 420, height: 28, ink: "ink" },
  ...lines(170, 382, 500, 5, "quiet"),
  { x: 170, y: 520, width: 500, height: 2, ink: "line" },
  ...lines(170, 544, 500, 4, "quiet"),
  { x: 710, y: 262, width: 320, height: 180, ink: "line" },
  { x: 710, y: 476, width: 320, height: 18, ink: "ink" },
  ...lines(710, 512, 320, 5, "quiet"),
];

/**
 * The share picture of an edition without its own picture, in its newsletter's colours, as a PNG of a few kilobytes.
 */
export function sharePicture({ light }: Theme = readyTheme("broadsheet")): Uint8Array<ArrayBuffer> {
  const { width, height } = sharePictureSize;
  // Each line of pixels begins with its filter, 0: none (PNG, 9.2).
  const pixels = new Uint8Array((width + 1) * height);
  for (const { x, y, width: across, height: down, ink } of frontPage) {
    for (let row = y; row < Math.min(y + down, height); row += 1) {
      const start = row * (width + 1) + 1 + x;
      pixels.fill(inks.indexOf(ink), start, start + across);
    }
  }
  return png(
    pixels,
    inks.map((ink) => light[ink]),
  );
}

/** An indexed PNG (https://www.w3.org/TR/png-3/). @param palette colours as `#rrggbb` */
function png(pixels: Uint8Array, palette: readonly string[]): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sharePictureSize.width, 0);
  header.writeUInt32BE(sharePictureSize.height, 4);
  // Eight bits a pixel, colours by index.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.map((colour) => colour.slice(1)).join(""), "hex");
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Uint8Array.from(
    Buffer.concat([
      signature,
      chunk("IHDR", header),
      chunk("PLTE", colours),
      chunk("IDAT", deflateSync(pixels, { level: 9 })),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
