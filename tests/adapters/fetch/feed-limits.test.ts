import { createServer, type Server, type Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { openFetcher } from "#adapters/fetch/feed.ts";

/** What no HTTP server would send: the bytes of each answer are written by hand. */
const servers: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

async function serveRaw(answer: (socket: Socket) => void): Promise<{ origin: string; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    socket.once("data", () => answer(socket));
  });
  servers.push({ server, sockets });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { origin: `http://127.0.0.1:${address.port}`, sockets };
}

async function fetchRaw(answer: (socket: Socket) => void, timeout = 2000) {
  const { origin, sockets } = await serveRaw(answer);
  const result = await openFetcher({ allowOrigins: [origin], timeout })({ url: `${origin}/feed.xml` });
  return { result, sockets };
}

const feed = "<rss><channel><title>Tidings</title></channel></rss>";
const known = 'ETag: "v1"\r\nLast-Modified: Mon, 23 Nov 2026 07:00:00 GMT\r\n';
const head = (headers: string) => `HTTP/1.1 200 OK\r\n${known}${headers}\r\n`;

/** Writes a piece again and again until the connection is closed. */
function drip(socket: Socket, piece: string, every = 5): void {
  const timer = setInterval(() => socket.write(piece), every);
  socket.once("close", () => clearInterval(timer));
}

describe("an answer that", () => {
  test.each<[string, (socket: Socket) => void, RegExp]>([
    [
      "switches protocols",
      (socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
      /returned 101/,
    ],
    ["is closed before it begins", (socket) => socket.end(), /could not be fetched|broke off/],
    ["isn't HTTP", (socket) => socket.end("220 mail.example ESMTP\r\n"), /doesn't speak HTTP/],
    ["has headers without end", (socket) => drip(socket, `X-${"a".repeat(900)}: b\r\n`, 1), /doesn't speak HTTP/],
    [
      "has more headers than a page has text",
      (socket) => socket.end(`${head(`X: ${"a".repeat(200_000)}\r\nContent-Length: ${feed.length}\r\n`)}${feed}`),
      /doesn't speak HTTP/,
    ],
    ["has its header dripped", (socket) => drip(socket, "H", 20), /doesn't speak HTTP/],
    ["has a body dripped", (socket) => drip(socket.write(head("")) ? socket : socket, "x", 20), /did not answer/],
    [
      "is announced again and again",
      (socket) => drip(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
      /did not answer/,
    ],
    ["ends before its length", (socket) => socket.end(`${head("Content-Length: 900\r\n")}${feed}`), /broke off/],
    [
      "ends without its last chunk",
      (socket) => socket.end(`${head("Transfer-Encoding: chunked\r\n")}${feed.length.toString(16)}\r\n${feed}\r\n`),
      /broke off/,
    ],
    [
      "is gzip and ends before its length",
      (socket) => {
        socket.write(head("Content-Encoding: gzip\r\nContent-Length: 900\r\n"));
        socket.end(gzipSync(feed));
      },
      /broke off/,
    ],
    [
      "is compressed twice",
      (socket) => {
        socket.write(head("Content-Encoding: gzip, br\r\n"));
        socket.end(brotliCompressSync(gzipSync(feed)));
      },
      /compressed more than once/,
    ],
    [
      "says its coding in two headers",
      (socket) => {
        socket.write(head("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"));
        socket.end(gzipSync(gzipSync(feed)));
      },
      /compressed more than once/,
    ],
    [
      "redirects to an endless address",
      (socket) => socket.end(`HTTP/1.1 301 Moved\r\nLocation: /${"a".repeat(9000)}\r\n\r\n`),
      /without a usable Location/,
    ],
  ])("%s fails within its time, and its connection is closed", async (_what, answer, message) => {
    const { result, sockets } = await fetchRaw(answer, 400);
    expect(result).toMatchObject({ kind: "failed", message: expect.stringMatching(message) });
    await expect.poll(() => sockets.size).toBe(0);
  });
});

describe("compressed data that inflates to no output", () => {
  test("is counted as it arrives", async () => {
    const { origin, sockets } = await serveRaw((socket) => {
      socket.write(head("Content-Encoding: gzip\r\n"));
      // A gzip header whose file name never ends.
      socket.write(Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]));
      drip(socket, "n".repeat(64_000), 1);
    });
    const result = await openFetcher({ allowOrigins: [origin], limit: 1024 * 1024 })({ url: origin });
    expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining("larger than 1 MB") });
    await expect.poll(() => sockets.size).toBe(0);
  });

  test.each<[string, Buffer, string?]>([
    ["br", brotliCompressSync(feed)],
    ["deflate", deflateSync(feed)],
    ["deflate", deflateRawSync(feed), "raw deflate"],
    ["zstd", zstdCompressSync(feed)],
    ["zstd", Buffer.from("502a4d1800000000", "hex"), "a zstd frame to be skipped"],
  ])("may end before its body does, and ends no process: %s", async (coding, compressed) => {
    const uncaught: Error[] = [];
    const note = (error: Error) => void uncaught.push(error);
    process.prependListener("uncaughtException", note);
    const { sockets } = await fetchRaw((socket) => {
      socket.write(head(`Content-Encoding: ${coding}\r\n`));
      socket.write(compressed);
      drip(socket, "\0".repeat(60_000), 1);
    });
    await expect.poll(() => sockets.size).toBe(0);
    await new Promise((wake) => setTimeout(wake, 20));
    process.removeListener("uncaughtException", note);
    expect(uncaught).toEqual([]);
  });

  test("may not ask for a window of its own size", async () => {
    // A frame (RFC 8878 §3.1.1) of one raw block, that asks for a window of so many bytes, as a power of two.
    const frame = (window: number) => {
      const block = (feed.length << 3) | 1;
      const header = [0x28, 0xb5, 0x2f, 0xfd, 0, (window - 10) << 3, block & 0xff, block >> 8, 0];
      return Buffer.concat([Buffer.from(header), Buffer.from(feed)]);
    };
    const fetched = async (window: number) => {
      const bytes = frame(window);
      const { result } = await fetchRaw((socket) => {
        socket.write(head(`Content-Encoding: zstd\r\nContent-Length: ${bytes.byteLength}\r\n`));
        socket.end(bytes);
      });
      return result.kind;
    };
    expect([await fetched(23), await fetched(24)]).toEqual(["fetched", "failed"]);
  });
});

describe("validators", () => {
  const validators = { etag: '"v1"', lastModified: "Mon, 23 Nov 2026 07:00:00 GMT" };
  const none = { etag: null, lastModified: null };
  const cut = feed.slice(0, 30);
  const gzip = gzipSync(feed);

  test.each<[string, string, string | Buffer, object]>([
    ["of a body with its length are kept", `Content-Length: ${feed.length}\r\n`, feed, validators],
    ["of a body cut off without a length are not", "", cut, none],
    ["of a body without a length that ends like a feed are kept", "", feed, validators],
    [
      "of gzip that stops halfway are not",
      `Content-Encoding: gzip\r\nContent-Length: ${gzip.length - 9}\r\n`,
      gzip.subarray(0, -9),
      none,
    ],
  ])("%s", async (_what, headers, body, expected) => {
    const { result } = await fetchRaw((socket) => {
      socket.write(head(headers));
      socket.end(body);
    });
    expect(result).toMatchObject({ kind: "fetched", ...expected });
  });
});
