import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { deskFiles } from "#functions/desk/files.ts";

/** Bytes of fonts, script and style sheet together, as they are sent: what a first visit on a slow line waits for. */
const MOST = 90_000;

test("the desk's fonts, scripts and styles are small, compressed", () => {
  // A WOFF2 font is compressed already.
  const sizes = deskFiles.map(({ type, body }) => (type === "font/woff2" ? body.length : gzipSync(body).length));
  expect(deskFiles.map(({ type }) => type.split(";")[0]).toSorted()).toEqual([
    "font/woff2",
    "font/woff2",
    "font/woff2",
    "text/css",
    "text/javascript",
  ]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST);
});
