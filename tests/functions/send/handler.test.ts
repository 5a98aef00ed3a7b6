import { createServer, type Server } from "node:http";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";
import { approved, key, keys, revision, subscriber } from "../../testing/delivery/delivery-system.ts";

/** The three handlers with the events AWS gives them; only the endpoints are not AWS's. */
let server: TestTable;
let ses: RunningSes;
let queues: QueuesPart;
let lambda: { server: Server; url: string; invoked: string[] };

beforeAll(async () => {
  [server, ses, queues, lambda] = await Promise.all([
    startTable(),
    startSes({ port: 0 }),
    startQueues({ port: 0 }),
    startLambda(),
  ]);
  const environment = {
    ...{
      AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
      AWS_ENDPOINT_URL_SESV2: ses.url,
      AWS_ENDPOINT_URL_SQS: queues.url,
    },
    ...{ AWS_ENDPOINT_URL_LAMBDA: lambda.url, AWS_ENDPOINT_URL_SECRETS_MANAGER: lambda.url },
    ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    ...{ TABLE_NAME: server.table.name, KICKS_QUEUE_URL: queues.queues.kicks, SITE_URL: "https://news.example" },
    ...{
      KICKS_DEAD_QUEUE_URL: queues.queues.kicksDead,
      FEEDBACK_QUEUE_URL: queues.queues.feedback,
      FEEDBACK_DEAD_QUEUE_URL: queues.queues.feedbackDead,
    },
    ...{
      CONFIGURATION_SET: "broadsheet",
      KEYS_SECRET: "keys",
      DISPATCH_FUNCTION: "broadsheet-dispatch",
      ASSEMBLE_FUNCTION: "broadsheet-assemble",
    },
    ...{ POWERTOOLS_LOG_LEVEL: "SILENT" },
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  lambda.server.close();
  await Promise.all([server.close(), ses.close(), queues.close()]);
});

/** Lambda's Invoke and Secrets Manager's GetSecretValue, as far as they are asked here. */
async function startLambda() {
  const invoked: string[] = [];
  const http = createServer((request, response) => {
    if (request.headers["x-amz-target"] === "secretsmanager.GetSecretValue") {
      return response.end(JSON.stringify({ SecretString: JSON.stringify({ id: keys.id, key: keys.key }) }));
    }
    invoked.push(request.url ?? "");
    return response.end("null");
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { server: http, url: `http://127.0.0.1:${port}`, invoked };
}

const context = (remaining: number): Context => ({
  ...{ callbackWaitsForEmptyEventLoop: true, functionName: "send", functionVersion: "$LATEST", awsRequestId: "1" },
  ...{ invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:send", memoryLimitInMB: "512" },
  ...{ logGroupName: "/aws/lambda/send", logStreamName: "1" },
  ...{
    getRemainingTimeInMillis: () => remaining,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  },
});
const kickEvent = (body: string): SQSEvent => ({
  Records: [
    {
      ...{ messageId: "059f36b4-87a3-44ab-83d2-661975830a7d", receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a" },
      ...{ body, messageAttributes: {}, md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3", eventSource: "aws:sqs" },
      ...{ eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:kicks", awsRegion: "us-east-1" },
      attributes: {
        ...{ ApproximateReceiveCount: "1", SentTimestamp: "1545082649183", SenderId: "AIDAIENQZJOLO23YVJ4VO" },
        ApproximateFirstReceiveTimestamp: "1545082649185",
      },
    },
  ],
});

async function messagesOf(QueueUrl: string) {
  const client = new SQSClient({ endpoint: queues.url });
  const asked = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, MessageAttributeNames: ["All"] };
  const { Messages = [] } = await client.send(new ReceiveMessageCommand(asked));
  client.destroy();
  return Messages;
}

const kicksWaiting = async (): Promise<unknown[]> =>
  (await messagesOf(queues.queues.kicks)).map(({ Body }) => JSON.parse(Body ?? ""));

describe("the handlers", () => {
  test("take an edition from approval to every reader", { timeout: 60_000 }, async () => {
    const [dispatch, send, watch] = await Promise.all([
      import("#functions/dispatch/handler.ts"),
      import("#functions/send/handler.ts"),
      import("#functions/watch/handler.ts"),
    ]);
    const readers = Array.from({ length: 60 }, (_, n) => ({ before: undefined, after: subscriber(n) }));
    await dynamoSubscribers(server.table).write("daily", readers);
    const editions = dynamoEditions(server.table);
    await editions.putRevision(key, revision);
    await editions.create(approved());
    // The queue begins with one kick.
    await kicksWaiting();

    expect(await dispatch.handler(key)).toEqual({ ok: true, value: { state: "sending", audience: 60 } });
    const [kick] = await kicksWaiting();
    expect(kick).toEqual({ kick: 1 });
    const report = await send.handler(kickEvent(JSON.stringify(kick)), context(600_000));
    expect(report).toEqual({ end: "idle", calls: 2, kicked: false });
    expect((await editions.get(key))?.state).toBe("finished");
    const messages = await (await fetch(`${ses.inboxUrl}/messages`)).json();
    expect(messages).toHaveLength(60);

    await editions.create({ ...approved(), date: "2026-11-24", approvedAt: "2026-01-01T00:00:00.000Z", dueAt: null });
    expect((await watch.handler()).dispatched).toEqual(["daily 2026-11-24"]);
    expect(lambda.invoked.join()).toContain("broadsheet-dispatch");
  });

  test("end at once without work, and refuse messages that aren't kicks", async () => {
    const { handler } = await import("#functions/send/handler.ts");
    expect(await handler(kickEvent('{"kick":1}'), context(600_000))).toMatchObject({ end: "nothing to do" });
    for (const body of ['{"kick":2}', '{"hello":1}', "hello"]) {
      expect(await handler(kickEvent(body), context(600_000))).toMatchObject({ end: "nothing to do", calls: 0 });
    }
    const dead = await messagesOf(queues.queues.kicksDead);
    expect(dead.map(({ Body }) => Body)).toEqual(['{"kick":2}', '{"hello":1}', "hello"]);
    expect(dead[0]?.MessageAttributes?.reason?.StringValue).toMatch(/unknown kick version/);
  });

  test("refuse a dispatch that names no edition", async () => {
    const { handler } = await import("#functions/dispatch/handler.ts");
    await expect(handler({ newsletter: "daily" })).rejects.toThrow();
    expect(await handler({ newsletter: "daily", date: "2020-01-01" })).toMatchObject({ fault: { code: "no-edition" } });
  });

  describe("a run of the sender", () => {
    /** An edition of one reader that is with the sender. */
    async function sending(date: string) {
      const dispatch = await import("#functions/dispatch/handler.ts");
      const { handler } = await import("#functions/send/handler.ts");
      const editions = dynamoEditions(server.table);
      const own = { ...key, date };
      await editions.putRevision(own, { ...revision, content: { ...revision.content, date } });
      await editions.create({ ...approved(), date });
      await dispatch.handler(own);
      const state = async () => (await editions.get(own))?.state;
      return { run: (remaining: number) => handler(kickEvent('{"kick":1}'), context(remaining)), state };
    }

    test("claims nothing when the longest call would outlast it, and passes its kick on", async () => {
      const { run, state } = await sending("2026-12-01");
      expect(await run(25_000)).toEqual({ end: "time", calls: 0, kicked: true });
      expect(await run(27_000)).toMatchObject({ end: "idle" });
      expect(await state()).toBe("finished");
    });

    test("measures durations by the monotonic clock", async () => {
      const { run } = await sending("2026-12-02");
      const began = performance.now();
      const now = performance.now.bind(performance);
      // Half an hour passes in the first second, by this clock only.
      const spy = vi.spyOn(performance, "now").mockImplementation(() => {
        const at = now();
        return at - began < 500 ? at : at + 1_800_000;
      });
      try {
        expect(await run(600_000)).toMatchObject({ end: "time", calls: 0 });
      } finally {
        spy.mockRestore();
      }
      expect(await run(600_000)).toMatchObject({ end: "idle" });
    });

    test("begins by a kick alone, whatever else is on the queue", async () => {
      const { handler } = await import("#functions/send/handler.ts");
      const { state } = await sending("2026-12-04");
      expect(await handler(kickEvent('{"kick":2}'), context(600_000))).toMatchObject({ end: "nothing to do" });
      expect(await state()).toBe("sending");
      const [bad] = kickEvent("hello").Records;
      const [good] = kickEvent('{"kick":1}').Records;
      const both = { Records: [bad, good].filter((one) => one !== undefined) };
      expect(await handler(both, context(600_000))).toMatchObject({ end: "idle", calls: 2 });
      expect(await state()).toBe("finished");
    });

    test("sends nothing by a clock that differs from the table's", async () => {
      const { run, state } = await sending("2026-12-05");
      const now = Date.now.bind(Date);
      vi.resetModules();
      const spy = vi.spyOn(Date, "now").mockImplementation(() => now() + 10_000);
      try {
        const { handler } = await import("#functions/send/handler.ts");
        const report = await handler(kickEvent('{"kick":1}'), context(600_000));
        expect(report).toMatchObject({ end: "stopped", calls: 0 });
      } finally {
        spy.mockRestore();
        vi.resetModules();
      }
      expect(await state()).toBe("sending");
      await run(600_000);
    });

    test("leaves no connection to SES behind: a process that was frozen would write into a dead one", async () => {
      const { run } = await sending("2026-12-03");
      const destroyed = vi.spyOn(SESv2Client.prototype, "destroy");
      await run(600_000);
      expect(destroyed).toHaveBeenCalledTimes(1);
      destroyed.mockRestore();
    });

    test("calls another sender by a kick of its own, and both send", { timeout: 60_000 }, async () => {
      vi.stubEnv("DELIVERY_SETTINGS", JSON.stringify({ senders: 2, canarySeconds: "off" }));
      vi.resetModules();
      try {
        // So many readers are two groups.
        const count = { PK: "COUNT#daily", SK: "#", type: "count", v: 1, active: 20_000 };
        await server.table.document.send(new PutCommand({ TableName: server.table.name, Item: count }));
        const { run, state } = await sending("2026-12-06");
        await kicksWaiting();
        const first = run(600_000);
        const calls = await kicksWaiting();
        expect(calls).toEqual([{ kick: 1, sender: 1 }]);
        const { handler } = await import("#functions/send/handler.ts");
        const second = await handler(kickEvent(JSON.stringify(calls[0])), context(600_000));
        expect(second).toEqual({ end: "idle", calls: 1, kicked: false, sender: 1 });
        expect(await first).toEqual({ end: "idle", calls: 1, kicked: false });
        expect(await state()).toBe("finished");
      } finally {
        vi.stubEnv("DELIVERY_SETTINGS", undefined);
        vi.resetModules();
      }
    });
  });
});
