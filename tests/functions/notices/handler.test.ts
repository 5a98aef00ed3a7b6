import { afterAll, beforeAll, expect, test } from "vitest";
import { type LambdaSurroundings, nowhere, openSurroundings, queueEvent } from "../../testing/aws/lambda.ts";

let opened: LambdaSurroundings;
beforeAll(async () => {
  opened = await openSurroundings({
    ...{ NOTICES_QUEUE_URL: `${nowhere}/notices`, WEBHOOKS_SECRET: "", PUTS_EVENTS: "false", ALLOW_ORIGINS: "" },
  });
});
afterAll(() => opened.close());

test("a message that isn't a notice is returned to the queue, and the next is processed", async () => {
  const { handler } = await import("#functions/notices/handler.ts");
  expect(await handler(queueEvent("{", '{"hello":1}'))).toEqual({
    batchItemFailures: [{ itemIdentifier: "q0" }, { itemIdentifier: "q1" }],
  });
});
