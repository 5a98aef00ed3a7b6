import { createHash } from "node:crypto";
import type { ArticleImage } from "../../article/article.ts";
import type { EditionContent, LeadImage } from "../edition.ts";

/** What a copy may be at most: twice the column's 528 pixels, and a few screens of a phone high. */
export const longestSides = { width: 1056, height: 1408 } as const;
/** Narrower than this it would be a stamp in the column. Pixels. */
export const LEAST_WIDTH = 200;
export const MOST_BYTES = 100_000;
/** Pixels of a source's picture that are decoded: 50 million take 200 MB. */
export const MOST_PIXELS = 50_000_000;

/** Raised when copies are made otherwise than before: the old ones stay for the mails that show them. */
const VERSION = 1;

/** Under which a copy is kept, by where the picture comes from: the same picture is fetched and made once. */
export const pictureName = (source: string): string =>
  `${createHash("sha256").update(`${VERSION} ${source}`).digest("hex").slice(0, 32)}.jpg`;

/** A copy of ours. Pixels and bytes. */
export type Copy = { readonly url: string; readonly width: number; readonly height: number };

/** The formats that are decoded. All others, SVG among them, can hold more than a picture. */
export const formats = ["jpeg", "png", "gif", "webp", "avif"] as const;
export type Format = (typeof formats)[number];

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What a file is by its first bytes, whatever it is called. Signatures: the formats' own specifications. */
export function formatOf(bytes: Uint8Array): Format | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === "PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return "gif";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (ascii(bytes, 4, 12) === "ftypavif") return "avif";
  return undefined;
}

/** The edition with our copy of its lead's picture in the picture's place. */
export const withCopy = (content: EditionContent, image: ArticleImage, { url, width, height }: Copy): EditionContent =>
  pictured(content, { ...image, url, width, height, from: image.url });

/** The edition without a picture that cannot be shown, and why, for its editors. */
export const withoutPicture = (content: EditionContent, why: string): EditionContent => {
  const { lead } = content;
  return {
    ...content,
    lead: { ...lead, image: null, reasons: [...lead.reasons, `Shown without its picture: ${why}`] },
  };
};

const pictured = (content: EditionContent, image: LeadImage): EditionContent => ({
  ...content,
  lead: { ...content.lead, image },
});
