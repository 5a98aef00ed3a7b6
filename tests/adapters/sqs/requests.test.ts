import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sqsRequests } from "#adapters/sqs/requests.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
let queues: QueuesPart;
let client: SQSClient;
beforeAll(async () => {
  queues = await startQueues({ port: 0 });
  client = new SQSClient({ endpoint: queues.url, region: "us-east-1", credentials });
});
afterAll(async () => {
  client.destroy();
  await queues.close();
});

test("a request waits for its delay, so a burst of them doesn't leave at once", async () => {
  const send = vi.spyOn(client, "send");
  const QueueUrl = queues.queues.requests;
  const requests = sqsRequests(QueueUrl, client);
  const request = { do: "welcome" as const, newsletter: "daily", id: "a", at: "2026-11-23T07:00:00.000Z" };
  await requests.put(request, 900);
  expect(send.mock.lastCall?.[0].input).toMatchObject({ DelaySeconds: 900 });
  await requests.put({ ...request, id: "b" }, 0);
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body }) => JSON.parse(Body ?? ""))).toEqual([{ ...request, id: "b" }]);
});
