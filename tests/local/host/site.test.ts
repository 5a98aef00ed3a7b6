import { createServer, type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBody } from "#local/host/http.ts";
import { fromResult, toEvent } from "#local/host/site.ts";
import { closeServer, listen } from "#local/listen.ts";

const now = new Date("2026-11-23T07:05:09.123Z");

describe("the site over HTTP", () => {
  let event: ReturnType<typeof toEvent> | undefined;
  let result: unknown;
  const server = createServer(async (incoming, outgoing) => {
    event = toEvent(incoming, (await readBody(incoming, 1_000)) ?? Buffer.from("too long"), now);
    fromResult(result, outgoing, incoming.method === "HEAD");
  });
  let url: string;
  beforeAll(async () => {
    url = await listen(server, 0);
  });
  afterAll(() => closeServer(server));

  const ask = (path: string, headers: Record<string, string | string[]> = {}, method = "GET", body?: string) =>
    new Promise<{ answer: IncomingMessage; text: string }>((resolve, reject) => {
      const sent = request(url + path, { method, headers }, async (answer) => {
        resolve({ answer, text: (await readBody(answer, 10_000))?.toString() ?? "" });
      });
      sent.on("error", reject).end(body);
    });

  it("makes a payload-2.0 event of a request", async () => {
    result = { statusCode: 204 };
    await ask("/daily/2026-11-22?a=1&a=2&b=%20x", { cookie: "one=1; two=2", "x-many": ["p", "q"], "User-Agent": "t" });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/daily/2026-11-22",
      rawQueryString: "a=1&a=2&b=%20x",
      queryStringParameters: { a: "1,2", b: " x" },
      cookies: ["one=1", "two=2"],
      isBase64Encoded: false,
      requestContext: {
        http: { method: "GET", path: "/daily/2026-11-22", protocol: "HTTP/1.1", userAgent: "t" },
        stage: "$default",
        time: "23/Nov/2026:07:05:09 +0000",
        timeEpoch: now.getTime(),
      },
    });
    expect(event?.headers["x-many"]).toBe("p,q");
    expect(event?.headers.cookie).toBeUndefined();
    expect(event?.body).toBeUndefined();
  });

  it("gives text as text and a form in base64, as an HTTP API does", async () => {
    result = { statusCode: 200 };
    await ask("/x", { "content-type": "application/json" }, "POST", '{"ü":1}');
    expect(event).toMatchObject({ body: '{"ü":1}', isBase64Encoded: false });
    await ask("/x", { "content-type": "application/x-www-form-urlencoded" }, "POST", "List-Unsubscribe=One-Click");
    expect(event?.isBase64Encoded).toBe(true);
    expect(Buffer.from(event?.body ?? "", "base64").toString()).toBe("List-Unsubscribe=One-Click");
  });

  it("answers with status, headers, cookies and a body from base64", async () => {
    result = {
      statusCode: 201,
      headers: { "content-type": "image/gif", "x-number": 3 },
      cookies: ["a=1; HttpOnly", "b=2"],
      body: Buffer.from("GIF89a").toString("base64"),
      isBase64Encoded: true,
    };
    const { answer, text } = await ask("/");
    expect(answer.statusCode).toBe(201);
    expect(answer.headers["content-type"]).toBe("image/gif");
    expect(answer.headers["x-number"]).toBe("3");
    expect(answer.headers["set-cookie"]).toEqual(["a=1; HttpOnly", "b=2"]);
    expect(text).toBe("GIF89a");
  });

  it("takes a result without a status code for the body of a 200", async () => {
    result = { hello: "there" };
    const { answer, text } = await ask("/");
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(text)).toEqual({ hello: "there" });
  });

  it("sends no body to HEAD", async () => {
    result = { statusCode: 200, body: "page" };
    const { answer, text } = await ask("/", {}, "HEAD");
    expect(answer.headers["content-length"]).toBe("4");
    expect(text).toBe("");
  });

  it("reads no body beyond its limit", async () => {
    result = { statusCode: 200 };
    await ask("/", { "content-type": "text/plain" }, "POST", "x".repeat(2_000));
    expect(event?.body).toBe("too long");
  });
});
