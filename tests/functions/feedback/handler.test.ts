import { createServer, type Server } from "node:http";
import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { config } from "#broadsheet.config.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { toEvent } from "#local/host/mapping.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";
import { approved, keys } from "../../testing/delivery/delivery-system.ts";
import { complained, sent } from "../../testing/delivery/ses-events.ts";

/** The handler over a real table and real queues, with events as EventBridge puts them there. */
let server: TestTable;
let queues: QueuesPart;
let secrets: Server;
const [newsletter = ""] = Object.keys(config.newsletters);
const address = "ann@example.org";
const at = "2026-11-23T07:00:00.000Z";
const edition = { newsletter, date: "2026-11-23" };
const id = subscriberId(keys, newsletter, address);
const key = { ...edition, group: "00", run: "r", due: at, first: id };

beforeAll(async () => {
  [server, queues, secrets] = await Promise.all([startTable(), startQueues({ port: 0 }), startSecrets()]);
  const bound = secrets.address();
  const environment = {
    ...{ AWS_ENDPOINT_URL_DYNAMODB: server.endpoint, AWS_ENDPOINT_URL_SQS: queues.url },
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`,
    ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    ...{ TABLE_NAME: server.table.name, CONFIGURATION_SET: "broadsheet", KEYS_SECRET: "keys" },
    ...{ FEEDBACK_DEAD_QUEUE_URL: queues.queues.feedbackDead, POWERTOOLS_LOG_LEVEL: "SILENT" },
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  secrets.close();
  await Promise.all([server.close(), queues.close()]);
});

async function startSecrets(): Promise<Server> {
  const http = createServer((_, response) => {
    response.end(JSON.stringify({ SecretString: JSON.stringify({ id: keys.id, key: keys.key }) }));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return http;
}

test("processes a poll of events: proofs, stops, and events that are not ours", async () => {
  const ledger = dynamoLedger(server.table);
  const editions = dynamoEditions(server.table);
  const subscribers = dynamoSubscribers(server.table);
  await editions.create({ ...approved(), ...edition, state: "sending", frozenAt: at, frozen: 1, groups: 1, size: 1 });
  await ledger.writeBatches([{ ...freshBatch(key, [id]), state: "unknown", attempts: 1 }]);
  const ann = {
    ...{ id, newsletter, address, status: "active" as const, consent: "test", addedAt: at, changedAt: at },
    ...{ origin: null, movedTo: null, movedAt: null },
  };
  await subscribers.write(newsletter, [{ before: undefined, after: ann }]);
  const { handler } = await import("#functions/feedback/handler.ts");
  const told = { key, position: 0, to: address };
  const bodies = [sent(told), complained(told), '{"kick":1}'];
  const messages = bodies.map((Body, n) => ({ MessageId: `q${n}`, ReceiptHandle: "h", Body }));

  expect(await handler(toEvent(messages, queues.queues.feedback))).toEqual({ batchItemFailures: [] });
  expect(await ledger.seen(key)).toEqual(new Set(["1:0:m0"]));
  expect(await ledger.outcome(edition, "00", id)).toMatchObject({ kind: "complaint", detail: "abuse" });
  expect(await editions.get(edition)).toMatchObject({ complained: 1 });
  expect((await subscribers.get(newsletter, id))?.status).toBe("complained");
  const client = new SQSClient({ endpoint: queues.url });
  const asked = { QueueUrl: queues.queues.feedbackDead, MessageAttributeNames: ["All"], WaitTimeSeconds: 1 };
  const { Messages } = await client.send(new ReceiveMessageCommand(asked));
  client.destroy();
  expect(Messages).toMatchObject([
    {
      Body: '{"kick":1}',
      MessageAttributes: { reason: { StringValue: expect.stringContaining("not an SES event") } },
    },
  ]);
});

test("returns the messages that the table did not store, and only those", async () => {
  const { handler } = await import("#functions/feedback/handler.ts");
  const bodies = [sent({ key, position: 0, to: address }), "nothing of ours"];
  const messages = bodies.map((Body, n) => ({ MessageId: `q${n}`, ReceiptHandle: "h", Body }));
  await server.client.send(new DeleteTableCommand({ TableName: server.table.name }));
  expect(await handler(toEvent(messages, queues.queues.feedback))).toEqual({
    batchItemFailures: [{ itemIdentifier: "q0" }],
  });
});
