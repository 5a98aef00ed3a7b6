import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { type LambdaSurroundings, nowhere, openSurroundings } from "../../testing/aws/lambda.ts";
import { approved, key } from "../../testing/delivery/delivery-system.ts";

let opened: LambdaSurroundings;
let queues: QueuesPart;
beforeAll(async () => {
  queues = await startQueues({ port: 0 });
  const { kicks, feedback, feedbackDead } = queues.queues;
  const settings = { resend: "auto", settleSeconds: 60 };
  opened = await openSurroundings({
    ...{ AWS_ENDPOINT_URL_SQS: queues.url, AWS_ENDPOINT_URL_LAMBDA: nowhere, AWS_ENDPOINT_URL_SESV2: nowhere },
    ...{ KICKS_QUEUE_URL: kicks, FEEDBACK_QUEUE_URL: feedback, FEEDBACK_DEAD_QUEUE_URL: feedbackDead },
    ...{ DISPATCH_FUNCTION: "dispatch", ASSEMBLE_FUNCTION: "assemble", DELIVERY_SETTINGS: JSON.stringify(settings) },
  });
});
afterAll(() => Promise.all([opened.close(), queues.close()]));

test("events that wait in the queue are waited for, not taken for dead", async () => {
  const ledger = dynamoLedger(opened.server.table);
  const at = toInstant(Date.now() - 70_000);
  const id = (n: number) => n.toString(16).padStart(24, "0");
  const frozen = { frozenAt: at, groups: 1, size: 5, frozen: 105 };
  await dynamoEditions(opened.server.table).create({ ...approved(), state: "sending", ...frozen });
  await ledger.point({ ...key, dueAt: at });
  const place = { ...key, group: "00", run: "r", due: at };
  for (let n = 0; n < 21; n++) {
    const ids = Array.from({ length: 5 }, (_, k) => id(n * 5 + k));
    const call = { at: toInstant(Date.parse(at) + n * 10), until: at, positions: [0, 1, 2, 3, 4], rev: 1, run: "me" };
    const outcomes = Array(5).fill("accepted");
    const answered = n === 10 ? { state: "unknown" as const } : { state: "done" as const, outcomes, messageIds: ids };
    const own = { ...place, first: ids[0] ?? "" };
    await ledger.writeBatches([{ ...freshBatch(own, ids), attempts: 1, call, ...answered }]);
    if (n !== 10) await ledger.addSeen(own, ["1:0", "1:1", "1:2", "1:3", "1:4"]);
  }
  const times = { committedAt: at, startedAt: at, closedAt: null, counts: null };
  await ledger.commitGroup(key, { group: "00", run: "r", batches: 21, readers: 105, ...times });
  const client = new SQSClient({ endpoint: queues.url });
  await client.send(new SendMessageCommand({ QueueUrl: queues.queues.feedback, MessageBody: "an event" }));
  client.destroy();

  const { handler } = await import("#functions/watch/handler.ts");
  await handler();
  expect((await ledger.batch({ ...place, first: id(50) }))?.state).toBe("unknown");
});
