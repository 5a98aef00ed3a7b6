import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoPushKeys } from "#adapters/dynamo/articles/push.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { limits } from "#domain/article/push.ts";
import { newPushSource } from "#domain/source/polling.ts";
import { pushKeyText, storedKey } from "#domain/source/push-key.ts";
import { article } from "../../testing/articles/push-newsroom.ts";
import { httpEvent, type LambdaSurroundings, openSurroundings } from "../../testing/aws/lambda.ts";
import { keys } from "../../testing/delivery/delivery-system.ts";

const at = "2026-11-23T07:00:00.000Z";
const originSecret = "what the distribution alone knows";
const key = pushKeyText("desk", "a".repeat(48));
let opened: LambdaSurroundings;

beforeAll(async () => {
  opened = await openSurroundings({ ORIGIN_SECRET: originSecret });
  await dynamoSources(opened.server.table).add(newPushSource({ id: "desk", title: "The desk" }, at));
  await dynamoPushKeys(opened.server.table).put(storedKey(keys, key, "desk", at));
});
afterAll(() => opened.close());

const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
const body = JSON.stringify({ articles: [article(1, { title: "Bürgermeister spricht über die Brücke" })] });

test("a body lands as it was sent, in base64 or as text", async () => {
  const { handler } = await import("#functions/push/handler.ts");
  const first = await handler(httpEvent("POST", "/articles", { headers, body: btoa64(body), base64: true }));
  expect(JSON.parse(first.body ?? "")).toMatchObject({ outcomes: [{ outcome: "new" }] });
  const again = await handler(httpEvent("POST", "/articles", { headers, body }));
  expect(JSON.parse(again.body ?? "")).toMatchObject({ outcomes: [{ outcome: "same" }] });
});

test("a client is limited by its own address, which only the distribution may name", async () => {
  const { handler } = await import("#functions/push/handler.ts");
  const ask = async (from: string, viewer: string, secret: string) => {
    const named = { "cloudfront-viewer-address": `${viewer}:443`, "x-origin-secret": secret };
    return (await handler(httpEvent("POST", "/articles", { headers: named, body: "{}", from }))).statusCode;
  };
  for (let n = 0; n < limits.client.burst; n++) await ask("198.51.100.7", "203.0.113.1", originSecret);
  expect(await ask("198.51.100.7", "203.0.113.1", originSecret)).toBe(429);
  expect(await ask("198.51.100.7", "203.0.113.2", originSecret)).toBe(401);
  expect(await ask("198.51.100.8", "203.0.113.1", originSecret)).toBe(429);
  // Without the secret the header is anyone's word.
  expect(await ask("198.51.100.9", "203.0.113.1", "guessed")).toBe(401);
});

const btoa64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
