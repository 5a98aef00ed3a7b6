import { Readable, type Transform } from "node:stream";
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  constants as zlib,
} from "node:zlib";

/** A body that can't be used: a clause that completes "it ". */
export class BodyProblem extends Error {
  override readonly name = "BodyProblem";
}

type Body = {
  readonly bytes: Uint8Array;
  /** False: the compressed data is incomplete. */
  readonly whole: boolean;
};

/** More than nearly all feeds and pages have, in bytes. */
const LARGE = 1024 * 1024;

/**
 * Reads a body to its end, decompressed by its Content-Encoding. It stops as soon as the received or the decompressed
 * size exceeds the limit, so neither an endless body nor a decompression bomb is held in memory. Only one coding is
 * read, because each further one multiplies the expansion, and no feed needs it. An unknown coding counts as none,
 * because servers write other things there, such as character sets.
 * @param limit bytes, both before and after decompression
 * @param beforeLarge waited for before more than a megabyte is read
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  limit: number,
  beforeLarge?: () => Promise<void>,
): Promise<Body> {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== "identity");
  if (codings.length > 1) throw new BodyProblem("is compressed more than once");
  const [coding = "identity"] = codings;
  const arriving = limited(body, limit);
  const chunks: Uint8Array[] = [];
  let whole = true;
  let wait = beforeLarge;
  let size = 0;
  try {
    for await (const chunk of limited(await decoded(arriving, coding), limit)) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (wait === undefined || size < LARGE) continue;
      await wait();
      wait = undefined;
    }
  } catch (error) {
    whole = codeOf(error) !== "Z_BUF_ERROR";
    if (whole) throw isDecodingError(error) ? new BodyProblem(`claims to be ${coding} data but isn't`) : error;
  } finally {
    body.destroy();
  }
  return { bytes: Buffer.concat(chunks), whole };
}

async function* limited(stream: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyProblem(`is larger than ${Math.floor(limit / 1024 / 1024)} MB`);
    yield chunk;
  }
}

/** A window of 8 MB, the most that a decoder has to support (RFC 8878 §3.1.1.1.2); a frame may request far more. */
const ZSTD = { params: { [zlib.ZSTD_d_windowLogMax]: 23 } };

async function decoded(body: AsyncGenerator<Uint8Array>, coding: string): Promise<AsyncIterable<Uint8Array>> {
  if (coding === "gzip" || coding === "x-gzip") return through(body, createGunzip());
  if (coding === "br") return through(body, createBrotliDecompress());
  if (coding === "zstd") return through(body, createZstdDecompress(ZSTD));
  if (coding !== "deflate") return body;
  // "deflate" is zlib's format (RFC 9110 §8.4.1.2); some servers send the raw one. The first byte tells them apart.
  const { value: head = new Uint8Array() } = await body.next();
  return through(after(head, body), (head[0] ?? 0) % 16 === 8 ? createInflate() : createInflateRaw());
}

async function* after(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

/**
 * Network errors reach the reader of the decompressed stream, and its end closes the network stream. Compressed data may
 * end before the body does. Closing the rest is an error of the network stream then, and no one reads the decoder any
 * more: without a listener of its own that error would end the process.
 */
function through(body: AsyncGenerator<Uint8Array>, decoder: Transform): AsyncIterable<Uint8Array> {
  const source = Readable.from(body, { objectMode: false });
  decoder.on("error", () => undefined);
  source.on("error", (error) => decoder.destroy(error));
  decoder.once("close", () => source.destroy());
  return source.pipe(decoder);
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");
const isDecodingError = (error: unknown) => /^(Z_|ZSTD_|ERR__ERROR|ERR_BROTLI|ERR_PADDING)/.test(codeOf(error));
