import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

type Shape = { width: number; height: number; channels?: 3 | 4 };

/** Noise compresses badly, as photographs do. */
export const noise = ({ width, height, channels = 3 }: Shape) =>
  sharp({ create: { width, height, channels, background: "#000", noise: { type: "gaussian", mean: 128, sigma: 60 } } });

export const plain = ({ width, height }: Shape, background = "#2a4d69") =>
  sharp({ create: { width, height, channels: 4, background } });

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}

/** A PNG of some kilobytes that says it is 30,000 pixels wide and high: 900 MB in memory. */
export function bomb(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc(30_001 * 300));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** A GIF of so many frames, each of which is the whole picture. */
export async function longGif(frames: number): Promise<Buffer> {
  const one = await plain({ width: 300, height: 200 }).gif().toBuffer();
  const table = 13 + 3 * 2 ** (((one[10] ?? 0) & 7) + 1);
  const [head, frame] = [one.subarray(0, table), one.subarray(table, -1)];
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}
