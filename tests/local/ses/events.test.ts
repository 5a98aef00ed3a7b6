import { createServer } from "node:http";
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import type { SesOptions } from "#local/ses/start.ts";
import { bulk, entryTo, readers, startTrial } from "../ses-client.ts";

const Event = z.object({
  version: z.literal("0"),
  source: z.literal("aws.ses"),
  "detail-type": z.string(),
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({
      messageId: z.string(),
      destination: z.array(z.string()),
      tags: z.record(z.string(), z.array(z.string())),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  }),
});

let part: QueuesPart;
let endpoint = "";
let queueUrl = "";
let sqs: SQSClient;
let trial: Awaited<ReturnType<typeof startTrial>>;

beforeAll(async () => {
  part = await startQueues({ port: 0 });
  endpoint = part.url;
  queueUrl = part.queues.feedback;
  sqs = new SQSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
});
afterEach(() => trial.stop());
afterAll(async () => {
  sqs.destroy();
  await part.close();
});

/** Takes events off the queue until there are `count`, or none comes for a second. */
async function take(count: number) {
  const events: z.infer<typeof Event>[] = [];
  while (events.length < count) {
    const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(receive);
    if (Messages.length === 0) break;
    events.push(...Messages.map(({ Body }) => Event.parse(JSON.parse(Body ?? ""))));
    const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
  return events;
}

const start = (options: Partial<SesOptions> = {}) => startTrial({ events: { queueUrl, endpoint }, ...options });
const inSet = { ConfigurationSetName: "broadsheet" };
const types = (events: z.infer<typeof Event>[]) => events.map((event) => event.detail.eventType).sort();

describe("events", () => {
  it("come for each message of a configuration set, with its tags and id", async () => {
    trial = await start();
    const entry = { ...entryTo("a@example.org"), ReplacementTags: [{ Name: "delivery", Value: "7" }] };
    const { BulkEmailEntryResults: results } = await trial.client.send(bulk([entry], inSet));
    const events = await take(2);
    expect(events.map((event) => event["detail-type"])).toEqual(["Email Sent", "Email Delivered"]);
    const mail = events[0]?.detail.mail;
    expect(mail).toMatchObject({ messageId: results?.[0]?.MessageId, destination: ["a@example.org"] });
    expect(mail?.tags).toMatchObject({ delivery: ["7"], "ses:configuration-set": ["broadsheet"] });
    expect(mail?.headers).toContainEqual({ name: "Subject", value: "News for a@example.org" });
  });

  it("do not come without a configuration set", async () => {
    trial = await start();
    await trial.client.send(bulk(readers(1)));
    expect(await take(1)).toEqual([]);
  });

  it.each([
    ["bounce+1@simulator.amazonses.com", ["Bounce", "Send"], 0],
    ["complaint@simulator.amazonses.com", ["Complaint", "Delivery", "Send"], 1],
    ["suppressionlist@simulator.amazonses.com", ["Bounce", "Send"], 0],
    ["ooto@simulator.amazonses.com", ["Delivery", "Send"], 1],
    ["success@simulator.amazonses.com", ["Delivery", "Send"], 1],
  ])("of %s are %j", async (address, expected, mails) => {
    trial = await start();
    await trial.client.send(bulk([entryTo(address)], inSet));
    expect(types(await take(expected.length))).toEqual(expected);
    expect(await trial.mails()).toHaveLength(mails);
  });

  it("say what a template lacked, instead of Send", async () => {
    trial = await start();
    await trial.client.send(bulk([entryTo("a@example.org", {})], inSet));
    const [event] = await take(1);
    expect(event?.["detail-type"]).toBe("Email Rendering Failed");
    expect(event?.detail.failure).toMatchObject({
      errorMessage: "Attribute 'name' is not present in the rendering data.",
    });
  });

  it.each([
    ["bounced", ["Bounce", "Send"]],
    ["soft-bounced", ["Bounce", "Send"]],
    ["rejected", ["Reject"]],
    ["delayed", ["Delivery", "DeliveryDelay", "Send"]],
  ])("of a mail whose fate is to be %s are %j", async (fate, expected) => {
    trial = await start();
    await trial.faults({ kind: "fate", fate, to: "b@example.org" });
    await trial.client.send(bulk([entryTo("b@example.org")], inSet));
    expect(types(await take(expected.length))).toEqual(expected);
  });

  it("of a hard bounce put the address on the suppression list", async () => {
    trial = await start();
    await trial.faults({ kind: "fate", fate: "bounced", to: "b@example.org" });
    for (let time = 0; time < 2; time++) await trial.client.send(bulk([entryTo("b@example.org")], inSet));
    const bounces = (await take(4)).filter(({ detail }) => detail.eventType === "Bounce");
    expect(bounces.map(({ detail }) => detail.bounce)).toMatchObject([
      { bounceType: "Permanent", bounceSubType: "General" },
      { bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList" },
    ]);
  });

  it("are lost, late and doubled on request", async () => {
    trial = await start();
    await trial.faults(
      { kind: "lose-events", types: ["Send"] },
      { kind: "double-events", after: 1 },
      { kind: "late-events", after: 2, ms: 700 },
    );
    await trial.client.send(bulk(readers(1), inSet));
    expect(types(await take(1))).toEqual(["Delivery"]);
    await trial.client.send(bulk(readers(1), inSet));
    expect(types(await take(4))).toEqual(["Delivery", "Delivery", "Send", "Send"]);
    await trial.client.send(bulk(readers(1), inSet));
    expect(await trial.ask("GET", "/_control/events")).toMatchObject({ lost: 1, late: 1 });
    expect(types(await take(2))).toEqual(["Delivery", "Send"]);
  });

  it("are lost one by one where each has a chance", async () => {
    const chances = [0, 0.2, 0.9, 0.9, 0.2];
    trial = await start({ random: () => chances.shift() ?? 1 });
    await trial.faults({ kind: "lose-events", each: 0.5, times: null });
    await trial.client.send(bulk(readers(2), inSet));
    expect(types(await take(2))).toEqual(["Delivery", "Send"]);
    expect(await trial.ask("GET", "/_control/events")).toMatchObject({ lost: 2 });
  });

  it("never stop a send when their queue is gone", async () => {
    trial = await startTrial({
      events: { queueUrl: "http://127.0.0.1:9/000000000000/gone", endpoint: "http://127.0.0.1:9" },
    });
    for (let call = 0; call < 3; call++) await trial.client.send(bulk(readers(50), inSet));
    expect(await trial.mails()).toHaveLength(150);
  });

  it("go by PutEvents where an emulator routes them", async () => {
    const received: { target: string | undefined; body: string }[] = [];
    const bus = createServer(async (incoming, outgoing) => {
      const body = Buffer.concat(await incoming.toArray()).toString();
      received.push({ target: incoming.headers["x-amz-target"]?.toString(), body });
      outgoing.end("{}");
    });
    await new Promise<void>((resolve) => bus.listen(0, "127.0.0.1", resolve));
    const address = bus.address();
    const port = typeof address === "object" ? address?.port : undefined;
    trial = await startTrial({ events: { eventBridgeEndpoint: `http://127.0.0.1:${port}`, types: ["Send"] } });
    await trial.client.send(bulk(readers(1), inSet));
    await expect.poll(() => received.length).toBe(1);
    expect(received[0]?.target).toBe("AWSEvents.PutEvents");
    const [entry] = JSON.parse(received[0]?.body ?? "").Entries;
    expect(entry).toMatchObject({ Source: "aws.ses", DetailType: "Email Sent" });
    expect(JSON.parse(entry.Detail)).toMatchObject({ eventType: "Send" });
    bus.close();
  });
});
