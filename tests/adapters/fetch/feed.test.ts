import { createServer, type RequestListener, type Server } from "node:http";
import { Readable } from "node:stream";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { type FetchOptions, openFetcher } from "#adapters/fetch/feed.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

async function fetchFrom(listener: RequestListener, path = "/feed.xml", options: FetchOptions = {}, request = {}) {
  const origin = await serve(listener);
  return openFetcher({ allowOrigins: [origin], ...options })({ url: origin + path, ...request });
}

const textOf = (result: { kind: string; bytes?: Uint8Array }) =>
  result.bytes === undefined ? result : Buffer.from(result.bytes).toString();
const feed = "<rss><channel><title>Tïdings</title></channel></rss>";

describe("a body", () => {
  test.each([
    ["none", undefined, Buffer.from(feed)],
    ["gzip", "gzip", gzipSync(feed)],
    ["x-gzip", "x-gzip", gzipSync(feed)],
    ["deflate", "deflate", deflateSync(feed)],
    ["deflate without its header", "deflate", deflateRawSync(feed)],
    ["brotli", "br", brotliCompressSync(feed)],
    ["zstd", "zstd", zstdCompressSync(feed)],
    ["an unknown coding", "utf-8", Buffer.from(feed)],
    ["gzip cut short", "gzip", gzipSync(feed).subarray(0, -6)],
  ])("compressed with %s is read", async (_what, encoding, body) => {
    const result = await fetchFrom((_request, response) => {
      response.writeHead(200, encoding === undefined ? {} : { "content-encoding": encoding });
      response.end(body);
    });
    expect(textOf(result)).toBe(feed);
  });

  test.each([
    ["is gzip and is not", "gzip", Buffer.from(feed)],
    ["is brotli and is not", "br", Buffer.from(feed)],
    ["is zstd and is not", "zstd", Buffer.from(feed)],
  ])("that says it %s is an error that says so", async (_what, encoding, body) => {
    const result = await fetchFrom((_request, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(body),
    );
    expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining("claims to be") });
  });

  test("that inflates beyond the limit is given up on the way", async () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000));
    const result = await fetchFrom(
      (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
      "/",
      {
        limit: 1_000_000,
      },
    );
    expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining("larger than") });
  });

  test("that never ends is cut off, and the connection closed", async () => {
    let closed = false;
    const result = await fetchFrom(
      (_request, response) => {
        const timer = setInterval(() => response.write(Buffer.alloc(100_000)), 1);
        response.once("close", () => {
          closed = true;
          clearInterval(timer);
        });
      },
      "/",
      { limit: 500_000 },
    );
    expect(result).toMatchObject({ kind: "failed" });
    await expect.poll(() => closed).toBe(true);
  });

  test("that is empty is an error", async () => {
    const result = await fetchFrom((_request, response) => response.end());
    expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining("returned an empty document") });
  });
});

describe("time", () => {
  test.each([
    ["headers that never come", () => undefined],
    ["a body that never ends", (_: unknown, response: { write: (text: string) => void }) => response.write("<rss>")],
  ] as [string, RequestListener][])("is up for %s", async (_what, listener) => {
    const result = await fetchFrom(listener, "/", { timeout: 150 });
    expect(result).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("did not answer within 0.15 seconds"),
    });
  });

  test("runs out for a name server that does not answer", async () => {
    const result = await openFetcher({ timeout: 50, resolve: () => new Promise(() => undefined) })({
      url: "https://feeds.example.com/",
    });
    expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining("did not answer") });
  });
});

describe("what did not change", () => {
  const listener: RequestListener = (request, response) => {
    const same =
      request.headers["if-none-match"] === '"v1"' &&
      request.headers["if-modified-since"] === "Mon, 23 Nov 2026 07:00:00 GMT";
    if (same) response.writeHead(304).end();
    else response.writeHead(200, { etag: '"v1"', "last-modified": "Mon, 23 Nov 2026 07:00:00 GMT" }).end(feed);
  };

  test("is not sent again", async () => {
    const origin = await serve(listener);
    const fetchFeed = openFetcher({ allowOrigins: [origin] });
    const first = await fetchFeed({ url: origin });
    if (first.kind !== "fetched") throw new Error("not fetched");
    expect(await fetchFeed({ url: origin, etag: first.etag, lastModified: first.lastModified })).toEqual({
      kind: "unchanged",
      movedTo: null,
    });
  });

  test("an unrequested 304 is an error", async () => {
    expect(await fetchFrom((_request, response) => response.writeHead(304).end())).toMatchObject({ kind: "failed" });
  });
});

describe("redirects", () => {
  const chain =
    (statuses: readonly number[]): RequestListener =>
    (request, response) => {
      const hop = Number(new URL(request.url ?? "", "http://x").searchParams.get("hop"));
      const status = statuses[hop];
      if (status === undefined) response.end(feed);
      else response.writeHead(status, { location: `?hop=${hop + 1}` }).end();
    };

  test.each([
    [[301], 1],
    [[308, 301], 2],
    [[302], null],
    [[301, 302, 301], 1],
    [[307, 301], null],
  ])("of %s are followed, permanent ones remembered", async (statuses, movedHop) => {
    const result = await fetchFrom(chain(statuses), "/?hop=0");
    if (result.kind !== "fetched") throw new Error(JSON.stringify(result));
    expect(new URL(result.url).search).toBe(`?hop=${statuses.length}`);
    expect(result.movedTo === null ? null : new URL(result.movedTo).search).toBe(
      movedHop === null ? null : `?hop=${movedHop}`,
    );
  });

  test.each([
    ["https://a.example/ 301 https://b.example/ 308 https://c.example/", "https://c.example/"],
    ["https://a.example/ 301 https://b.example/?to=c 302 https://c.example/", null],
    ["https://a.example/ 301 https://b.example/ 302 https://b.example/feed", "https://b.example/"],
    ["https://a.example/ 301 http://a.example/x 301 https://c.example/", null],
    ["http://a.example/ 301 http://b.example/ 301 https://c.example/", "https://c.example/"],
  ])("%s moves the feed to %s", async (hops, moved) => {
    const steps = hops.split(" ");
    const result = await openFetcher({
      resolve: async () => [{ address: "93.184.215.14", family: 4 }],
      transport: async ({ url }) => {
        const at = steps.indexOf(url.href);
        const [status = "200", location] = steps.slice(at + 1);
        return {
          status: Number(status),
          headers: location ? { location } : {},
          body: Readable.from([Buffer.from(feed)]),
        };
      },
    })({ url: steps[0] ?? "" });
    expect(result).toMatchObject({ kind: "fetched", url: steps.at(-1), movedTo: moved });
  });

  test("five are followed, six are not, nor is a loop", async () => {
    expect(await fetchFrom(chain([302, 302, 302, 302, 302]), "/?hop=0")).toMatchObject({ kind: "fetched" });
    expect(await fetchFrom(chain([302, 302, 302, 302, 302, 302]), "/?hop=0")).toMatchObject({ kind: "failed" });
    const loop = await fetchFrom((_request, response) => response.writeHead(301, { location: "/" }).end(), "/");
    expect(loop).toMatchObject({ kind: "failed", message: expect.stringContaining("more than 5 times") });
  });

  test.each([
    "http://127.0.0.1:1/",
    "http://169.254.169.254/latest/",
    "file:///etc/passwd",
    "http://[::ffff:10.0.0.1]/",
    "http://user@example.com/",
  ])("to %s are refused", async (location) => {
    const result = await fetchFrom((_request, response) => response.writeHead(302, { location }).end());
    expect(result).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("redirects to an address that isn't fetched"),
    });
  });

  test("to nowhere are an error", async () => {
    expect(await fetchFrom((_request, response) => response.writeHead(302).end())).toMatchObject({ kind: "failed" });
    const empty = await fetchFrom((_request, response) => response.writeHead(302, { location: " " }).end());
    expect(empty).toMatchObject({
      kind: "failed",
      message: expect.stringContaining("without a usable Location header"),
    });
  });
});

describe("the connection goes to the address that was checked", () => {
  test("whatever the name says the second time", async () => {
    const asked: string[] = [];
    const connected: string[] = [];
    const fetchFeed = openFetcher({
      resolve: async (host) => {
        asked.push(host);
        return [{ address: asked.length === 1 ? "93.184.215.14" : "127.0.0.1", family: 4 }];
      },
      transport: async ({ addresses }) => {
        connected.push(...addresses.map((one) => one.address));
        throw new Error("far enough");
      },
    });
    await fetchFeed({ url: "http://rebinding.example.com/" });
    expect(asked).toHaveLength(1);
    expect(connected).toEqual(["93.184.215.14"]);
  });

  test("and a look-up of the real client gets no other", async () => {
    const origin = await serve((_request, response) => response.end(feed));
    const named = origin.replace("127.0.0.1", "feeds.example.test");
    const fetchFeed = openFetcher({
      allowOrigins: [named],
      resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    });
    expect(textOf(await fetchFeed({ url: named }))).toBe(feed);
  });
});

describe("other answers", () => {
  test.each([
    [404, "no such page"],
    [403, "doesn't let Broadsheet in"],
    [500, "has a problem"],
    [204, "returned 204"],
    [300, "returned 300"],
  ])("%i is an error with what to do", async (status, words) => {
    const result = await fetchFrom((_request, response) =>
      response.writeHead(status, { location: "/elsewhere" }).end(),
    );
    expect(result).toMatchObject({ kind: "failed", retryAfter: null, message: expect.stringContaining(words) });
  });

  test("410 is gone for good", async () => {
    expect(await fetchFrom((_request, response) => response.writeHead(410).end())).toMatchObject({ kind: "gone" });
  });

  test.each([
    ["120", 120_000],
    ["Mon, 23 Nov 2026 07:10:00 GMT", 600_000],
    ["99999999", 86_400_000],
    ["soon", null],
    ["-5", null],
  ])("Retry-After: %s sets the wait", async (value, wait) => {
    const now = () => Date.parse("2026-11-23T07:00:00Z");
    const result = await fetchFrom(
      (_request, response) => response.writeHead(503, { "retry-after": value }).end(),
      "/",
      { now },
    );
    expect(result).toMatchObject({ kind: "failed", retryAfter: wait });
  });

  test("an unreachable host, an unknown name, and a server that doesn't speak HTTP", async () => {
    const free = await serve(() => undefined);
    servers.pop()?.close();
    expect(await openFetcher({ allowOrigins: [free] })({ url: free })).toMatchObject({
      message: expect.stringContaining("nothing answers"),
    });
    const missing = Object.assign(new Error("x"), { code: "ENOTFOUND" });
    expect(
      await openFetcher({ resolve: () => Promise.reject(missing) })({ url: "https://nope.example.com/" }),
    ).toMatchObject({
      message: "https://nope.example.com/ can't be found: there is no host of that name. Check the spelling.",
    });
  });

  test("it identifies itself, accepts only codings it can read, and hides nothing", async () => {
    let headers: Record<string, unknown> = {};
    await fetchFrom(
      (request, response) => {
        headers = request.headers;
        response.end(feed);
      },
      "/",
      { about: "https://news.example.com" },
    );
    expect(headers["user-agent"]).toBe("Broadsheet/1 (newsletter feed reader; +https://news.example.com)");
    expect(headers["accept-encoding"]).toBe("gzip, br, zstd, deflate");
  });
});
