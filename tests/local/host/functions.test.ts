import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localAws, region } from "#local/aws.ts";
import { startData } from "#local/data/start.ts";
import { type Folder, openFolder } from "#local/folder.ts";
import { functionName, keysSecret, type LocalFunction } from "#local/host/functions.ts";
import { type Host, startHost } from "#local/host/start.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { until } from "../up-process.ts";

type Seen = { event: unknown; context: Context };

/** Functions that note what they get and do what their event says. */
function doubles(seen: Seen[]): Record<string, LocalFunction> {
  const double = async (event: unknown, context: Context): Promise<unknown> => {
    seen.push({ event, context });
    if (typeof event === "object" && event !== null && "fail" in event) throw new TypeError(String(event.fail));
    if (typeof event === "object" && event !== null && "wait" in event) {
      await new Promise((resolve) => setTimeout(resolve, Number(event.wait)));
    }
    return typeof event === "object" && event !== null && "give" in event ? event.give : undefined;
  };
  const load = async () => ({ handler: double });
  return { [functionName("command")]: { timeout: 1, load }, [functionName("send")]: { timeout: 660, load } };
}

describe("the functions' host", () => {
  const seen: Seen[] = [];
  let path: string;
  let folder: Folder;
  let queues: QueuesPart;
  let data: { url: string; close(): Promise<void> };
  let host: Host;
  let lambda: LambdaClient;

  beforeAll(async () => {
    path = mkdtempSync(join(tmpdir(), "broadsheet-host-"));
    folder = openFolder(path);
    data = await startData({ port: 0, table: "broadsheet" });
    queues = await startQueues({ port: 0 });
    host = await startHost({
      port: 0,
      folder,
      endpoints: { dynamodb: data.url, sqs: queues.url, sesv2: "http://127.0.0.1:9" },
      issuer: "http://127.0.0.1:9",
      allowOrigins: [],
      allowSamples: false,
      log: () => undefined,
      functions: doubles(seen),
    });
    lambda = new LambdaClient({ region, credentials: host.credentials, endpoint: host.url, maxAttempts: 1 });
    // The kick that every start of the queues gives.
    await until(
      "the first kick",
      async () => seen.length,
      (count) => count === 1,
    );
    seen.pop();
  });

  afterAll(async () => {
    lambda.destroy();
    await host.close();
    await queues.close();
    await data.close();
    rmSync(path, { recursive: true });
  });

  const invoke = async (event: unknown, more: Partial<ConstructorParameters<typeof InvokeCommand>[0]> = {}) => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: functionName("command"), Payload: JSON.stringify(event), ...more }),
    );
    return { ...answer, body: JSON.parse(Buffer.from(answer.Payload ?? []).toString() || "null") };
  };

  it("gives a function its event and its answer as JSON", async () => {
    const answer = await invoke({ give: { a: [1, "ü"] } });
    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.body).toEqual({ a: [1, "ü"] });
    expect(seen.at(-1)?.event).toEqual({ give: { a: [1, "ü"] } });
  });

  it("gives null for a function that returns nothing", async () => {
    expect((await invoke({})).body).toBeNull();
  });

  it("gives a context as Lambda's", async () => {
    await invoke({});
    const context = seen.at(-1)?.context;
    expect(context?.functionName).toBe(functionName("command"));
    expect(context?.invokedFunctionArn).toContain(":function:broadsheet-command");
    expect(context?.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
    const left = context?.getRemainingTimeInMillis() ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(1_000);
  });

  it("reports what a function throws as Lambda does", async () => {
    const answer = await invoke({ fail: "no ink" });
    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBe("Unhandled");
    expect(answer.body).toMatchObject({ errorType: "TypeError", errorMessage: "no ink" });
  });

  it("ends the wait for a function that runs out of time", async () => {
    const answer = await invoke({ wait: 3_000 });
    expect(answer.FunctionError).toBe("Unhandled");
    expect(answer.body.errorMessage).toMatch(/Task timed out after 1.00 seconds/);
  });

  it("answers an Event invocation at once and runs it", async () => {
    const before = seen.length;
    const answer = await invoke({ wait: 200, mark: "later" }, { InvocationType: "Event" });
    expect(answer.StatusCode).toBe(202);
    await expect.poll(() => seen.slice(before).map(({ event }) => event)).toContainEqual({ wait: 200, mark: "later" });
  });

  it("knows a function by name, qualifier and ARN", async () => {
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${functionName("command")}`;
    for (const name of [arn, `${arn}:$LATEST`, `000000000000:function:${functionName("command")}`]) {
      expect((await invoke({ give: 1 }, { FunctionName: name })).body).toBe(1);
    }
    expect((await invoke({ give: 2 }, { Qualifier: "$LATEST" })).body).toBe(2);
  });

  it("says which function it does not know", async () => {
    await expect(invoke({}, { FunctionName: "broadsheet-nothing" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: expect.stringContaining("broadsheet-nothing"),
    });
  });

  it("refuses a body that is not JSON", async () => {
    await expect(
      lambda.send(new InvokeCommand({ FunctionName: functionName("command"), Payload: "{" })),
    ).rejects.toMatchObject({ name: "InvalidRequestContentException" });
  });

  it("lets no web page invoke a function", async () => {
    const url = `${host.url}/2015-03-31/functions/${functionName("command")}/invocations`;
    const before = seen.length;
    const answer = await fetch(url, { method: "POST", body: "{}", headers: { origin: "http://evil.example" } });
    expect(answer.status).toBe(403);
    expect(seen.length).toBe(before);
  });

  it("hands the signing keys to who asks Secrets Manager, always the same", async () => {
    const client = new SecretsManagerClient({ region, credentials: host.credentials, endpoint: host.url });
    const ask = () => client.send(new GetSecretValueCommand({ SecretId: keysSecret }));
    const keys = JSON.parse((await ask()).SecretString ?? "");
    expect(keys.key.length).toBeGreaterThanOrEqual(32);
    expect(JSON.parse((await ask()).SecretString ?? "")).toEqual(keys);
    const rotated = JSON.stringify({ ...keys, rings: {} });
    await client.send(new PutSecretValueCommand({ SecretId: keysSecret, SecretString: rotated }));
    expect((await ask()).SecretString).toBe(rotated);
    await expect(client.send(new PutSecretValueCommand({ SecretId: keysSecret }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(client.send(new GetSecretValueCommand({ SecretId: "other" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    client.destroy();
  });

  it("wakes the sender for a kick with an SQS event, and deletes the kick", async () => {
    const client = new SQSClient({ ...localAws, endpoint: queues.url });
    await client.send(new SendMessageCommand({ QueueUrl: queues.queues.kicks, MessageBody: '{"kick":1}' }));
    const isKick = ({ event }: Seen) => typeof event === "object" && event !== null && "Records" in event;
    await expect.poll(() => seen.filter(isKick).length, { timeout: 5_000 }).toBe(1);
    expect(seen.find(isKick)?.event).toEqual({
      Records: [
        expect.objectContaining({
          body: '{"kick":1}',
          eventSource: "aws:sqs",
          eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:kicks",
          awsRegion: "us-east-1",
          messageAttributes: {},
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          attributes: expect.objectContaining({
            ApproximateReceiveCount: "1",
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          }),
        }),
      ],
    });
    const queue = async () => await (await fetch(`${queues.url}/_fauxqs/queues/kicks`)).json();
    await expect.poll(queue).toMatchObject({ messages: { ready: [], delayed: [], inflight: [] } });
    client.destroy();
  });
});
