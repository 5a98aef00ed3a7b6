import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, constants as zlib } from "node:zlib";

/** A body that was given up: a clause that completes "it ". */
export class BodyProblem extends Error {
  override readonly name = "BodyProblem";
}

/**
 * Reads a body to its end, decompressed as its Content-Encoding says, and stops as soon as it exceeds the limit:
 * neither an endless body nor one that inflates a thousandfold is ever held in memory.
 * @param limit bytes after decompression
 */
export async function readBody(body: Readable, encoding: string | undefined, limit: number): Promise<Uint8Array> {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== "identity");
  if (codings.length > 3) throw new BodyProblem("is compressed more than three times over");
  let stream: Readable = body;
  for (const coding of codings.reverse()) stream = await decoded(stream, coding);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limit) throw new BodyProblem(`is larger than ${Math.floor(limit / 1024 / 1024)} MB`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      /^(Z_|ERR__ERROR|ERR_BROTLI|ERR_PADDING)/.test(String(error.code))
    ) {
      throw new BodyProblem(`says it is ${encoding}, and is not`);
    }
    throw error;
  } finally {
    stream.destroy();
    body.destroy();
  }
  return Buffer.concat(chunks, size);
}

async function decoded(stream: Readable, coding: string): Promise<Readable> {
  // A flush at the end keeps what a truncated gzip body holds instead of losing all of it.
  const options = { finishFlush: zlib.Z_SYNC_FLUSH };
  if (coding === "gzip" || coding === "x-gzip") return join(stream, createGunzip(options));
  if (coding === "br") return join(stream, createBrotliDecompress());
  if (coding === "deflate")
    return join(stream, (await startsLikeZlib(stream)) ? createInflate(options) : createInflateRaw(options));
  throw new BodyProblem(`is encoded as ${coding}, which is not understood`);
}

/** Errors of the network side reach the reader of the decompressed side. */
function join(from: Readable, to: Transform): Readable {
  from.once("error", (error) => to.destroy(error));
  return from.pipe(to);
}

/** "deflate" means zlib's format (RFC 9110 §8.4.1.2); some servers send the raw one. */
async function startsLikeZlib(stream: Readable): Promise<boolean> {
  const head = await firstChunk(stream);
  return head === undefined || (head[0] ?? 0) % 16 === 8;
}

function firstChunk(stream: Readable): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      stream.off("readable", look).off("end", settle).off("error", fail);
      resolve(undefined);
    };
    const fail = (error: Error) => reject(error);
    const look = () => {
      const chunk: unknown = stream.read();
      stream.off("readable", look).off("end", settle).off("error", fail);
      if (!(chunk instanceof Uint8Array)) return resolve(undefined);
      stream.unshift(chunk);
      resolve(chunk);
    };
    stream.once("readable", look).once("end", settle).once("error", fail);
  });
}
