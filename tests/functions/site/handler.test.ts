import { createServer, type Server } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

/** The handlers of command and site over a real table, as Lambda calls them: wired by their environment alone. */
const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
/** Nothing here asks them. */
const queues = ["KICKS", "KICKS_DEAD", "FEEDBACK", "FEEDBACK_DEAD", "CLOCK_DEAD"];
let table: TestTable;
let secrets: Server;
let reads = 0;
const before = { ...process.env };

beforeAll(async () => {
  table = await startTable("broadsheet");
  secrets = createServer((_, response) => {
    reads += 1;
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ SecretString: JSON.stringify(keys) }));
  });
  await new Promise<void>((ready) => secrets.listen(0, "127.0.0.1", ready));
  const address = secrets.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${address.port}`,
    TABLE_NAME: "broadsheet",
    SITE_URL: "https://news.example.com",
    CONFIGURATION_SET: "broadsheet",
    KEYS_SECRET: "broadsheet/keys",
    REQUESTS_QUEUE_URL: "http://127.0.0.1:9/000000000000/requests",
    INGEST_FUNCTION: "ingest",
    ASSEMBLE_FUNCTION: "assemble",
    DISPATCH_FUNCTION: "dispatch",
    PICTURES_FUNCTION: "",
    ...Object.fromEntries(queues.map((name) => [`${name}_QUEUE_URL`, `http://127.0.0.1:9/000000000000/${name}`])),
    POWERTOOLS_LOG_LEVEL: "SILENT",
  });
});
afterAll(async () => {
  process.env = before;
  secrets.closeAllConnections();
  secrets.close();
  await table.close();
});

const event = (method: string, path: string): APIGatewayProxyEventV2 => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: path,
  rawQueryString: "",
  headers: { host: "news.example.com", "content-type": "application/x-www-form-urlencoded" },
  requestContext: {
    accountId: "123456789012",
    apiId: "api",
    domainName: "news.example.com",
    domainPrefix: "news",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
    requestId: "request",
    routeKey: "$default",
    stage: "$default",
    time: "23/Nov/2026:07:00:00 +0000",
    timeEpoch: 1795417200000,
  },
  ...(method === "POST" ? { body: btoa("List-Unsubscribe=One-Click") } : {}),
  isBase64Encoded: method === "POST",
});

test("a reader added by an operator unsubscribes by the link in an email, and the operator sees it", async () => {
  const { handler: command } = await import("#functions/command/handler.ts");
  const { handler: site } = await import("#functions/site/handler.ts");
  const ann = { newsletter: "daily", address: "ann@example.com" };
  expect(await command({ do: "subscriber add", newsletter: "daily", addresses: [ann.address] })).toEqual({
    ok: true,
    added: 1,
    already: 0,
    refused: [],
  });
  const claim = { newsletter: "daily", id: subscriberId(keys, "daily", ann.address) };
  const token = unsubscribeToken(keys, claim);
  expect((await site(event("GET", `/unsubscribe/${token}`))).body).toContain("a…@example.com");
  expect(await command({ do: "subscriber show", ...ann })).toMatchObject({ subscriber: { status: "active" } });
  expect(await site(event("POST", `/one-click/${token}`))).toMatchObject({ statusCode: 200 });
  expect(await command({ do: "subscriber show", ...ann })).toMatchObject({ subscriber: { status: "left" } });
  expect(reads).toBe(1);
});

test("a wrong request gets an answer, not an exception", async () => {
  const { handler: command } = await import("#functions/command/handler.ts");
  expect(await command(undefined)).toMatchObject({ ok: false, fault: { code: "bad-request" } });
  expect(await command({ do: "show", newsletter: "nope" })).toMatchObject({ fault: { code: "unknown-newsletter" } });
  expect(await command({ do: "source list" })).toEqual({ ok: true, sources: [] });
});
