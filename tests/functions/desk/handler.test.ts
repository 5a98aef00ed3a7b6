import { afterAll, beforeAll, expect, test } from "vitest";
import { limits } from "#functions/desk/contract.ts";
import { httpEvent, type LambdaSurroundings, nowhere, openSurroundings } from "../../testing/aws/lambda.ts";

const originSecret = "what the distribution alone knows";
let opened: LambdaSurroundings;
beforeAll(async () => {
  opened = await openSurroundings({
    ...{ ORIGIN_SECRET: originSecret, COMMAND_FUNCTION: "desk-command", OIDC_ISSUER: nowhere, OIDC_CLIENT_ID: "desk" },
    ...{ OIDC_CLIENT_SECRET: "", OIDC_SCOPES: "openid", OIDC_GROUPS_CLAIM: "groups" },
  });
});
afterAll(() => opened.close());

test("a stranger is limited by their own address, which only the distribution may name", async () => {
  const { handler } = await import("#functions/desk/handler.ts");
  const ask = async (from: string, viewer: string, secret = originSecret) => {
    const headers = { "cloudfront-viewer-address": `${viewer}:443`, "x-origin-secret": secret };
    return (await handler(httpEvent("GET", "/desk", { headers, from }))).statusCode;
  };
  for (let n = 0; n < limits.strangers.burst; n++) expect(await ask("198.51.100.7", "203.0.113.1")).toBe(302);
  expect(await ask("198.51.100.7", "203.0.113.1")).toBe(429);
  expect(await ask("198.51.100.7", "203.0.113.2")).toBe(302);
  expect(await ask("198.51.100.9", "203.0.113.1", "guessed")).toBe(302);
});
