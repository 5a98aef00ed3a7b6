import { createServer, type Server } from "node:http";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { memoryPictures } from "#adapters/memory/pictures.ts";
import { resize } from "#adapters/sharp/resize.ts";
import { MOST_BYTES, pictureName } from "#domain/edition/content/picture.ts";
import type { PictureShape } from "#domain/edition/content/picture-size.ts";
import { type KeepPorts, keepPicture, type Made } from "#usecases/editions/making/copy-picture.ts";
import { avifGrid, avifGrids, avifTileAlpha, avifTurned, avifWithAlpha } from "../../../testing/editions/avif.ts";
import {
  bomb,
  endlessExif,
  jpegWithExif,
  longGif,
  longWebp,
  noise,
  plain,
} from "../../../testing/editions/pictures.ts";

const files = new Map<string, Buffer>();
let server: Server;
let origin: string;
let requests: string[];
let kept: Map<string, Made>;
let ports: KeepPorts;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? "");
    if (request.url === "/inside.jpg") return response.writeHead(302, { location: "http://10.0.0.1/a.jpg" }).end();
    if (request.url === "/never.jpg") return;
    const file = files.get(request.url ?? "");
    return file ? response.writeHead(200, { "content-type": "text/plain" }).end(file) : response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  requests = [];
  kept = new Map();
  const memory = memoryPictures("https://pictures.example");
  const put = async (name: string, made: Made) => {
    kept.set(name, made);
    await memory.shelf.put(name, made);
  };
  const fetch = openFetcher({ allowOrigins: [origin], limit: 2 * 1024 * 1024, timeout: 700 });
  ports = { ...memory, shelf: { ...memory.shelf, put }, fetch, resize };
});

/** Keeps what the server gives under this path. */
async function keep(path: string, file?: Buffer, shape: PictureShape = "column") {
  if (file) files.set(path, file);
  return keepPicture(ports, { url: origin + path, shape });
}

const made = (path: string, shape: PictureShape = "column") =>
  kept.get(pictureName(origin + path, shape)) ?? expect.fail(`no copy of ${path}`);

describe("a copy", () => {
  it("has twice the column's width at most, and fits a mail, even of noise", async () => {
    const answer = await keep(
      "/noise.jpg",
      await noise({ width: 1600, height: 1100 }).jpeg({ quality: 60 }).toBuffer(),
    );
    const { jpeg, width, height } = made("/noise.jpg");
    expect(answer).toEqual({
      ok: true,
      value: {
        url: `https://pictures.example/pictures/${pictureName(`${origin}/noise.jpg`, "column")}`,
        ...{ width, height, bytes: jpeg.byteLength },
      },
    });
    expect([width, height]).toEqual([1056, 726]);
    expect(jpeg.byteLength).toBeLessThanOrEqual(MOST_BYTES);
  });

  it("is never larger than the picture", async () => {
    await keep("/small.png", await plain({ width: 400, height: 300 }).png().toBuffer());
    expect(made("/small.png")).toMatchObject({ width: 400, height: 300 });
  });

  it("of a portrait is three by two around what the eye goes to, for the column and small", async () => {
    // Plain except for a patch of colour low in it, which a crop at the centre would lose.
    const patch = await plain({ width: 260, height: 200 }, "#d01010").png().toBuffer();
    const portrait = plain({ width: 800, height: 1600 }, "#ddddd8").composite([{ input: patch, left: 270, top: 1350 }]);
    const file = await portrait.png().toBuffer();
    for (const shape of ["column", "small"] as const) {
      await keep("/portrait.png", file, shape);
      const { jpeg, width, height } = made("/portrait.png", shape);
      expect([width, height]).toEqual(shape === "small" ? [240, 160] : [800, 533]);
      const { channels } = await sharp(jpeg).stats();
      expect((channels[0]?.mean ?? 0) - (channels[1]?.mean ?? 0)).toBeGreaterThan(8);
    }
  });

  it("with a focus keeps what is around it, upright, and is a copy of its own", async () => {
    const patch = await plain({ width: 200, height: 200 }, "#d01010").png().toBuffer();
    const wide = plain({ width: 1400, height: 500 }, "#ddddd8").composite([{ input: patch, left: 1150, top: 150 }]);
    files.set("/wide.jpg", await wide.withMetadata({ orientation: 3 }).jpeg().toBuffer());
    // Turned by half a circle: the patch is seen at the left.
    const redAt = async (x: number) => {
      const focus = { x, y: 50 };
      await keepPicture(ports, { url: `${origin}/wide.jpg`, shape: "small", focus });
      const copy = kept.get(pictureName(`${origin}/wide.jpg`, "small", focus)) ?? expect.fail("no copy");
      expect([copy.width, copy.height]).toEqual([240, 160]);
      const { channels } = await sharp(copy.jpeg).stats();
      return (channels[0]?.mean ?? 0) - (channels[1]?.mean ?? 0);
    };
    expect(await redAt(10)).toBeGreaterThan(8);
    expect(await redAt(90)).toBeLessThan(2);
    await keepPicture(ports, { url: `${origin}/wide.jpg`, shape: "small" });
    expect(kept.size).toBe(3);
  });

  it.each(["jpeg", "png", "webp", "gif", "avif"] as const)(
    "of %s is a JPEG, whatever its name and type say",
    async (format) => {
      const answer = await keep(
        `/picture-${format}.txt`,
        await plain({ width: 600, height: 400 }).toFormat(format).toBuffer(),
      );
      expect(answer).toMatchObject({ ok: true, value: { width: 600, height: 400 } });
      expect((await sharp(made(`/picture-${format}.txt`).jpeg).metadata()).format).toBe("jpeg");
    },
  );

  it("stands upright, says nothing of the camera and its place, and is in sRGB", async () => {
    const exif = { IFD0: { Copyright: "nobody" }, IFD3: { GPSLatitudeRef: "N" } };
    const turned = await plain({ width: 600, height: 400 })
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    await keep("/turned.jpg", turned);
    expect(made("/turned.jpg")).toMatchObject({ width: 400, height: 267 });
    const cmyk = await plain({ width: 500, height: 500 }).toColourspace("cmyk").jpeg().toBuffer();
    await keep("/cmyk.jpg", cmyk);
    for (const path of ["/turned.jpg", "/cmyk.jpg"]) {
      const { exif: camera, space } = await sharp(made(path).jpeg).metadata();
      expect({ camera, space }).toEqual({ camera: undefined, space: "srgb" });
    }
  });

  it("has paper where the picture is transparent, and a moving picture's first frame", async () => {
    await keep("/clear.png", await plain({ width: 600, height: 400 }, "#00000000").png().toBuffer());
    const { dominant } = await sharp(made("/clear.png").jpeg).stats();
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
    expect(await keep("/long.gif", await longGif(5_000), "small")).toMatchObject({ ok: true });
    expect(made("/long.gif", "small")).toMatchObject({ width: 240, height: 160 });
    expect(await keep("/long.webp", await longWebp(900), "small")).toMatchObject({ ok: true });
    expect(await keep("/camera.jpg", await jpegWithExif(endlessExif(3, "MM")))).toMatchObject({ ok: true });
  });

  it("of an AVIF has its tiles together, without its alpha, and upright", async () => {
    expect(await keep("/tiles.avif", await avifGrid(2, 300))).toMatchObject({ value: { width: 600, height: 400 } });
    expect(await keep("/alpha.avif", await avifWithAlpha([600, 400]))).toMatchObject({ ok: true });
    const camera = plain({ width: 600, height: 400 }).withExif({ IFD0: { Copyright: "nobody" } });
    expect(await keep("/camera.avif", await camera.avif({ effort: 0 }).toBuffer())).toMatchObject({ ok: true });
    expect(await keep("/turned.avif", await avifTurned(1))).toMatchObject({ value: { width: 400, height: 267 } });
  });

  it("is made once", async () => {
    const file = await plain({ width: 600, height: 400 }).png().toBuffer();
    const first = await keep("/once.png", file);
    expect(await keep("/once.png")).toEqual(first);
    expect(requests).toEqual(["/once.png"]);
  });
});

describe("what isn't a picture, or is too large, is refused with a sentence", () => {
  const refusals: [string, () => Buffer | Promise<Buffer>, string, RegExp][] = [
    ["/bomb.png", bomb, "not-a-picture", /exceeds pixel limit/],
    [
      "/cut.jpg",
      async () => (await noise({ width: 800, height: 600 }).jpeg().toBuffer()).subarray(0, 9000),
      "not-a-picture",
      /can’t be used in an email/,
    ],
    [
      "/script.svg",
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><script>1</script></svg>'),
      "not-a-picture",
      /isn’t a JPEG, PNG/,
    ],
    ["/page.jpg", () => Buffer.from("<!doctype html><title>Sorry</title>"), "not-a-picture", /isn’t a JPEG, PNG/],
    [
      "/lie.png",
      () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.from("<svg/>")]),
      "not-a-picture",
      /can’t be used in an email/,
    ],
    ["/nothing.jpg", () => Buffer.alloc(0), "fetch-failed", /returned an empty document/],
    [
      "/stamp.png",
      () => plain({ width: 120, height: 90 }).png().toBuffer(),
      "not-a-picture",
      /120 pixels wide, and 400 are the least/,
    ],
    [
      "/banner.png",
      () => plain({ width: 970, height: 90 }).png().toBuffer(),
      "not-a-picture",
      /it is a strip of 970 by 90 pixels/,
    ],
    ["/endless.webp", () => longWebp(4_000), "not-a-picture", /more than 4000 frames/],
    [
      "/loop-ii.jpg",
      async () => jpegWithExif(endlessExif(17, "II")),
      "not-a-picture",
      /metadata that refers to itself/,
    ],
    [
      "/loop-mm.jpg",
      async () => jpegWithExif(endlessExif(17, "MM")),
      "not-a-picture",
      /metadata that refers to itself/,
    ],
    ["/tiles.avif", () => avifGrid(11, 1024), "not-a-picture", /parts of more than 100 million pixels together/],
    ["/alpha.avif", () => avifWithAlpha([16_000, 16_000]), "not-a-picture", /more than 100 million pixels together/],
    ["/alpha-space.avif", () => avifWithAlpha([16_000, 16_000], true), "not-a-picture", /100 million pixels together/],
    ["/alpha-unsized.avif", () => avifWithAlpha(undefined), "not-a-picture", /100 million pixels together/],
    ["/alpha-tiles.avif", avifTileAlpha, "not-a-picture", /100 million pixels together/],
    ["/turned.avif", () => avifTurned(4), "not-a-picture", /it is turned more than once/],
    ["/grids.avif", () => avifGrids(3), "not-a-picture", /more than 100 million pixels together/],
    ["/loop.avif", () => avifGrids("endless"), "not-a-picture", /more than 100 million pixels together/],
    [
      "/heavy.jpg",
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(3 * 1024 * 1024)]),
      "fetch-failed",
      /larger than 2 MB/,
    ],
  ];
  it.each(refusals)("%s", async (path, file, code, message) => {
    const began = performance.now();
    expect(await keep(path, await file())).toMatchObject({
      ok: false,
      fault: { code, message: expect.stringMatching(message) },
    });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(kept.size).toBe(0);
  });

  it.each([
    ["/inside.jpg", "fetch-refused", /private|redirects to an address that isn't fetched/],
    ["/never.jpg", "fetch-failed", /did not answer within/],
    ["/gone.jpg", "fetch-failed", /returned 404/],
  ])("%s", async (path, code, message) => {
    expect(await keep(path)).toMatchObject({ ok: false, fault: { code, message: expect.stringMatching(message) } });
  });

  it("an address of this network, and one that is none", async () => {
    expect(await keepPicture(ports, { url: "http://192.168.1.1/router.jpg", shape: "column" })).toMatchObject({
      fault: { code: "fetch-refused" },
    });
    expect(await keepPicture(ports, { url: "file:///etc/passwd", shape: "small" })).toMatchObject({
      fault: { code: "fetch-refused" },
    });
  });
});
