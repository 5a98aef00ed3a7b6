import { formatOf } from "#domain/edition/content/picture.ts";
import { costlyPart } from "./avif-parts.ts";

/**
 * Parts of a picture on which libvips' decoders would spend minutes, whatever the picture's size in pixels: libwebp looks
 * through all earlier chunks at each one, and libexif follows every pointer of a directory of metadata, also to itself.
 */
const MOST_CHUNKS = 4_000;
/** Of sub-directories, in one directory; cameras write three. */
const MOST_POINTERS = 16;
/** Of all directories; cameras write about a hundred. */
const MOST_ENTRIES = 20_000;
const MOST_HEADERS = 1_000;

/** Why the picture isn't decoded: a clause that completes "it ". Undefined: it is. */
export function slowPart(picture: Uint8Array): string | undefined {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  if (hasManyChunks(bytes)) return `has more than ${MOST_CHUNKS} frames or other parts`;
  if (hasEndlessMetadata(bytes)) return "has metadata that refers to itself";
  return formatOf(bytes) === "avif" ? costlyPart(bytes) : undefined;
}

function hasManyChunks(bytes: Buffer): boolean {
  if (bytes.toString("latin1", 0, 4) !== "RIFF") return false;
  let chunks = 0;
  for (let at = 12; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4)) {
    at += at % 2;
    chunks += 1;
    if (chunks > MOST_CHUNKS) return true;
  }
  return false;
}

/** EXIF is a TIFF file (CIPA DC-008 §4.5.2) inside the picture, in any format at another place. */
function hasEndlessMetadata(bytes: Buffer): boolean {
  let headers = 0;
  for (const order of ["II*\0", "MM\0*"]) {
    for (let at = bytes.indexOf(order, 0, "latin1"); at !== -1; at = bytes.indexOf(order, at + 4, "latin1")) {
      headers += 1;
      if (headers > MOST_HEADERS || isEndless(bytes.subarray(at), order === "II*\0")) return true;
    }
  }
  return false;
}

/** Pointers to the directories of the camera, of the place and of interoperability. */
const POINTERS = new Set([0x87_69, 0x88_25, 0xa0_05]);

function isEndless(tiff: Buffer, little: boolean): boolean {
  const number16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const number32 = (at: number) => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directories = new Set([number32(4)]);
  let read = 0;
  for (const start of directories) {
    const entries = Math.min(number16(start), Math.floor((tiff.length - start) / 12));
    let pointers = 0;
    for (let entry = start + 2; entry < start + 2 + entries * 12; entry += 12) {
      read += 1;
      if (!POINTERS.has(number16(entry))) continue;
      pointers += 1;
      directories.add(number32(entry + 8));
    }
    if (pointers > MOST_POINTERS || read > MOST_ENTRIES) return true;
  }
  return false;
}
