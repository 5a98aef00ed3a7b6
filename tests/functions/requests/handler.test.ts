import { afterAll, beforeAll, expect, test } from "vitest";
import { type LambdaSurroundings, nowhere, openSurroundings, queueEvent } from "../../testing/aws/lambda.ts";

let opened: LambdaSurroundings;
beforeAll(async () => {
  opened = await openSurroundings({ KICKS_QUEUE_URL: `${nowhere}/kicks`, AWS_ENDPOINT_URL_SESV2: nowhere });
});
afterAll(() => opened.close());

const request = (address: string) =>
  JSON.stringify({
    ...{ do: "subscribe", newsletter: "daily", address, at: "2026-11-23T07:00:00.000Z", language: "en" },
    ...{ source: "web form", network: null },
  });

test("a request that could not be answered is retried, and no other", async () => {
  const { handler } = await import("#functions/requests/handler.ts");
  // SES does not answer.
  const event = queueEvent("nothing of ours", request("ann@example.org"));
  expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: "q1" }] });
});

test("without messages it is the schedule's call, and sends reminders", async () => {
  const { handler } = await import("#functions/requests/handler.ts");
  expect(await handler({})).toEqual({ reminded: 0 });
});
