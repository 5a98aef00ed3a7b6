import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonPoster } from "#adapters/fetch/post.ts";

const got: { url: string | undefined; body: string; headers: Record<string, unknown> }[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  got.push({ url: request.url, body, headers: request.headers });
  if (request.url?.startsWith("/moved")) response.writeHead(302, { location: "/elsewhere" }).end();
  else if (request.url?.startsWith("/slow")) setTimeout(() => response.end(), 2_000);
  else response.writeHead(request.url?.startsWith("/bad") ? 500 : 204).end();
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("posts a document with its headers", async () => {
  await jsonPoster({ allowOrigins: [origin] })(`${origin}/hook?t=secret`, '{"a":"é"}', { "webhook-id": "1" });
  expect(got.at(-1)).toMatchObject({
    url: "/hook?t=secret",
    body: '{"a":"é"}',
    headers: { "content-type": "application/json", "webhook-id": "1", "content-length": "10" },
  });
});

test.each([
  ["/moved", /answered 302/],
  ["/bad", /answered 500/],
  ["/slow", /in time/],
])("%s is a failure, and no redirect is followed", async (path, why) => {
  const before = got.length;
  await expect(jsonPoster({ allowOrigins: [origin], timeout: 300 })(origin + path, "{}")).rejects.toThrow(why);
  expect(got.length).toBe(before + 1);
});

test.each([
  ["http://127.0.0.1:1/secret", /isn't a public/],
  ["http://hooks.example/secret", /https/],
  ["https://10.0.0.1/secret", /isn't a public/],
  ["https://rebound.example/secret", /isn't public/],
  ["https://gone.example/secret", /couldn't be reached \(ENOTFOUND\)/],
])("%s is refused, and the error names no address", async (address, why) => {
  const resolve = async (host: string) => {
    if (host === "gone.example") throw Object.assign(new Error(`getaddrinfo ${host}`), { code: "ENOTFOUND" });
    return [{ address: "169.254.169.254", family: 4 as const }];
  };
  const failed = jsonPoster({ resolve })(address, "{}");
  await expect(failed).rejects.toThrow(why);
  await expect(failed).rejects.not.toThrow(/secret|example|10\.0|127\.0/);
});

test("a name that no server resolves is a failure in time", async () => {
  const hanging = jsonPoster({ timeout: 200, resolve: () => new Promise(() => undefined) });
  await expect(hanging("https://hooks.example/secret", "{}")).rejects.toThrow(/in time/);
});
