import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { readyTheme, themeNames } from "#domain/theme/theme.ts";
import { sharePicture, sharePictureSize } from "#templates/pages/share-picture.ts";

/** The chunks of a PNG, each with a right check sum. */
function chunksOf(bytes: Uint8Array): Map<string, Buffer> {
  const file = Buffer.from(bytes);
  expect(file.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const named = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    chunks.set(named.toString("latin1", 0, 4), named.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

test.each(themeNames)("is a PNG of a few kilobytes in the colours of the theme %s", (name) => {
  const theme = readyTheme(name);
  const picture = sharePicture({ ...theme, base: name, spacing: "regular" });
  expect(picture.length).toBeLessThan(8_000);
  const chunks = chunksOf(picture);
  const { width, height } = sharePictureSize;
  expect([chunks.get("IHDR")?.readUInt32BE(0), chunks.get("IHDR")?.readUInt32BE(4)]).toEqual([width, height]);
  const colours = chunks.get("PLTE")?.toString("hex");
  for (const colour of [theme.light.paper, theme.light.ink, theme.light.accent])
    expect(colours).toContain(colour.slice(1));
  const pixels = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  expect(pixels.length).toBe((width + 1) * height);
  // Every colour of the palette is used, and no pixel has another.
  const used = new Set(pixels);
  expect([...used].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  for (let row = 0; row < height; row += 1) expect(pixels[row * (width + 1)]).toBe(0);
});
