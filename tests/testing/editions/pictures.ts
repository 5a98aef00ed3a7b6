import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

type Shape = { width: number; height: number; channels?: 3 | 4 };

/** Noise, which compresses as badly as photographs. */
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

/** A GIF with this many full frames. */
export async function longGif(frames: number): Promise<Buffer> {
  const one = await plain({ width: 300, height: 200 }).gif().toBuffer();
  const table = 13 + 3 * 2 ** (((one[10] ?? 0) & 7) + 1);
  const [head, frame] = [one.subarray(0, table), one.subarray(table, -1)];
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

/** An animated WebP of so many frames of 16 by 16 pixels. */
export async function longWebp(frames: number): Promise<Buffer> {
  const one = (await plain({ width: 16, height: 16 }).webp().toBuffer()).subarray(12);
  const size = Buffer.from([0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 0, 0, 0, 0]);
  const canvas = Buffer.from([2, 0, 0, 0, 0xff, 3, 0, 0xff, 3, 0]);
  const frame = riffChunk("ANMF", Buffer.concat([size, one]));
  const parts = [riffChunk("VP8X", canvas), riffChunk("ANIM", Buffer.alloc(6)), ...Array(frames).fill(frame)];
  return riffChunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...parts]));
}

function riffChunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type), length, data, Buffer.alloc(data.length % 2)]);
}

/** EXIF in either byte order, whose directory has so many pointers to itself. */
export function endlessExif(pointers: number, order: "II" | "MM"): Buffer {
  const bytes = Buffer.alloc(10 + pointers * 12);
  const number16 = order === "II" ? bytes.writeUInt16LE.bind(bytes) : bytes.writeUInt16BE.bind(bytes);
  const number32 = order === "II" ? bytes.writeUInt32LE.bind(bytes) : bytes.writeUInt32BE.bind(bytes);
  bytes.write(order);
  number16(42, 2);
  number32(8, 4);
  number16(pointers, 8);
  for (let entry = 10; entry < bytes.length; entry += 12) {
    number16(0x87_69, entry);
    number16(4, entry + 2);
    number32(1, entry + 4);
    number32(8, entry + 8);
  }
  return bytes;
}

/** A JPEG with these bytes as its EXIF. */
export async function jpegWithExif(exif: Buffer): Promise<Buffer> {
  const jpeg = await plain({ width: 600, height: 400 }).flatten().jpeg().toBuffer();
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 8);
  const part = Buffer.concat([Buffer.from([0xff, 0xe1]), length, Buffer.from("Exif\0\0"), exif]);
  return Buffer.concat([jpeg.subarray(0, 2), part, jpeg.subarray(2)]);
}
