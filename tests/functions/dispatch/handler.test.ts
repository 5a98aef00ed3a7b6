import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { canarySize } from "#domain/delivery/pace/canary.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { type LambdaSurroundings, nowhere, openSurroundings } from "../../testing/aws/lambda.ts";
import { approved, key, revision, subscriber } from "../../testing/delivery/delivery-system.ts";

const READERS = 600;
let opened: LambdaSurroundings;
let queues: QueuesPart;
beforeAll(async () => {
  queues = await startQueues({ port: 0 });
  const settings = { share: 0.5, canarySeconds: 600 };
  opened = await openSurroundings({
    ...{ AWS_ENDPOINT_URL_SQS: queues.url, KICKS_QUEUE_URL: queues.queues.kicks, AWS_ENDPOINT_URL_LAMBDA: nowhere },
    DELIVERY_SETTINGS: JSON.stringify(settings),
  });
});
afterAll(() => Promise.all([opened.close(), queues.close()]));

test("a large edition is cut for our share of SES's rate, and goes to some of its readers first", async () => {
  const { table } = opened.server;
  const ledger = dynamoLedger(table);
  const editions = dynamoEditions(table);
  const changes = Array.from({ length: READERS }, (_, n) => ({ before: undefined, after: subscriber(n) }));
  await dynamoSubscribers(table).write("daily", changes);
  await ledger.takeSender({ ...takeSender(undefined, "s", toInstant(0), 1), rate: 28 }, toInstant(0));
  await editions.putRevision(key, revision);
  await editions.create(approved());
  const { handler } = await import("#functions/dispatch/handler.ts");
  expect(await handler(key)).toEqual({ ok: true, value: { state: "sending", audience: READERS } });
  expect(canarySize(READERS)).not.toBeNull();
  expect(await editions.get(key)).toMatchObject({ stage: "canary", size: 14 });
});
