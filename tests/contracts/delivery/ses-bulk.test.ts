import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import type { BulkCall } from "#domain/delivery/calls/call.ts";

/** A server that does what a test says, and shows what reached it. */
let server: Server;
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let requests: { body: string; socket: Socket; signature: string }[];
let endpoint: string;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      requests.push({ body, socket: request.socket, signature: request.headers.authorization ?? "" });
      respond(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  endpoint = typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "";
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const answer = (status: number, body: unknown, headers = {}) => {
  respond = (_, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
const taken = { BulkEmailEntryResults: [{ Status: "SUCCESS", MessageId: "m0" }] };
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const open = (timeoutSeconds = 1) => {
  const client = bulkClient({ endpoint, region: "us-east-1", credentials });
  return { client, sendBulk: sesBulk(client, "set", timeoutSeconds) };
};
const call: BulkCall = {
  from: '"News" <editor@news.example>',
  replyTo: "editor@news.example",
  email: { subject: "S", html: "<p>{{unsubscribe}}</p>", text: "T" },
  headers: [{ name: "List-Id", value: "<daily.news.example>" }],
  entries: [
    {
      to: "ann@example.org",
      values: { unsubscribe: "https://news.example/u/1", b: "{", e: "}" },
      headers: [{ name: "List-Unsubscribe", value: "<https://news.example/o/1>" }],
      tags: [{ name: "newsletter", value: "daily" }],
    },
  ],
};
const go = () => "go" as const;

describe("one bulk call", () => {
  test("says what SES needs, each reader's own in their entry", async () => {
    answer(200, taken);
    expect(await open().sendBulk(call, go)).toEqual({
      is: "results",
      results: [{ status: "SUCCESS", messageId: "m0", error: null }],
    });
    expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
      FromEmailAddress: '"News" <editor@news.example>',
      ReplyToAddresses: ["editor@news.example"],
      ConfigurationSetName: "set",
      // No pixel, no rewritten link, whatever the account's settings are.
      ConfigurationOverrides: { Tracking: { OpenTrackingEnabled: "DISABLED", ClickTrackingEnabled: "DISABLED" } },
      DefaultContent: {
        Template: {
          TemplateContent: { Subject: "S", Html: "<p>{{unsubscribe}}</p>", Text: "T" },
          TemplateData: "{}",
          Headers: [{ Name: "List-Id", Value: "<daily.news.example>" }],
        },
      },
      BulkEmailEntries: [
        {
          Destination: { ToAddresses: ["ann@example.org"] },
          ReplacementEmailContent: {
            ReplacementTemplate: {
              ReplacementTemplateData: '{"unsubscribe":"https://news.example/u/1","b":"{","e":"}"}',
            },
          },
          ReplacementHeaders: [{ Name: "List-Unsubscribe", Value: "<https://news.example/o/1>" }],
          ReplacementTags: [{ Name: "newsletter", Value: "daily" }],
        },
      ],
    });
  });

  test("asks the gate once, after signing and before anything leaves", async () => {
    answer(200, taken);
    const { client, sendBulk } = open();
    const order: string[] = [];
    const original = client.config.signer;
    client.config.signer = async (...args) => {
      order.push("signed");
      return original(...args);
    };
    await sendBulk(call, () => {
      order.push(`gate after ${requests.length} requests`);
      return "go";
    });
    expect(order.at(-1)).toBe("gate after 0 requests");
    expect(order.filter((what) => what.startsWith("gate"))).toHaveLength(1);
    expect(requests[0]?.signature).toMatch(/^AWS4-HMAC-SHA256/);
  });

  test("does not leave when the gate is shut", async () => {
    answer(200, taken);
    expect(await open().sendBulk(call, () => "wait")).toEqual({ is: "window" });
    expect(await open().sendBulk(call, () => "late")).toMatchObject({ is: "not-sent" });
    expect(requests).toHaveLength(0);
  });

  test.each([
    [429, "TooManyRequestsException", "Maximum sending rate exceeded."],
    [400, "MessageRejected", "Email address is not verified."],
    [403, "AccessDeniedException", "no"],
    [500, "InternalServiceErrorException", "oops"],
    [503, "ServiceUnavailable", "later"],
  ])("gives SES's %d %s as it came, and asks only once", async (status, code, message) => {
    answer(status, { message }, { "x-amzn-ErrorType": code });
    expect(await open().sendBulk(call, go)).toMatchObject({ is: "error", status, code, message });
    expect(requests).toHaveLength(1);
  });

  test("is unanswered when the connection breaks, and is not sent again", async () => {
    respond = (request) => request.socket.destroy();
    expect(await open().sendBulk(call, go)).toMatchObject({
      is: "unanswered",
      why: expect.stringMatching(/ECONNRESET/),
    });
    expect(requests).toHaveLength(1);
  });

  test("is unanswered when half an answer comes", async () => {
    respond = (request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      response.write('{"BulkEmailEntryResults":[{"Sta');
      setTimeout(() => request.socket.destroy(), 20);
    };
    expect(await open().sendBulk(call, go)).toMatchObject({ is: "unanswered" });
    expect(requests).toHaveLength(1);
  });

  test("is unanswered when the answer cannot be read", async () => {
    respond = (_, response) => response.writeHead(200, { "content-type": "application/json" }).end("<html>hello");
    expect(await open().sendBulk(call, go)).toMatchObject({ is: "unanswered" });
  });

  test("ends by itself when SES says nothing", async () => {
    respond = () => undefined;
    expect(await open(0.3).sendBulk(call, go)).toEqual({ is: "unanswered", why: "no answer within 0.3 s" });
  });

  test("is unreachable when nothing listens", async () => {
    const { sendBulk } = open();
    server.close();
    server.closeAllConnections();
    expect(await sendBulk(call, go)).toMatchObject({ is: "unreachable", why: "ECONNREFUSED" });
  });

  test("waits for no other: as many are on their way at once as the sender ever has", async () => {
    const AT_ONCE = 64;
    const waiting: ServerResponse[] = [];
    respond = (_, response) => {
      waiting.push(response);
      if (waiting.length < AT_ONCE) return;
      for (const one of waiting) one.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(taken));
    };
    const { sendBulk } = open(10);
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => sendBulk(call, go)));
    expect(answers.map(({ is }) => is)).toEqual(Array(AT_ONCE).fill("results"));
  });

  test("uses a connection again, but not one that was idle for over 4 s", async () => {
    answer(200, taken);
    const { sendBulk } = open();
    await sendBulk(call, go);
    await sendBulk(call, go);
    expect(requests[1]?.socket).toBe(requests[0]?.socket);
    await new Promise((resolve) => setTimeout(resolve, 4_300));
    await sendBulk(call, go);
    expect(requests[2]?.socket).not.toBe(requests[0]?.socket);
  });
});
