import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { account, localAws, region } from "../aws.ts";
import type { Invoker } from "./invoker.ts";

type Mapping = {
  endpoint: string;
  queueUrl: string;
  functionName: string;
  /** Most messages an invocation, and seconds to wait for more. */
  batchSize: number;
  window: number;
  maxConcurrency: number;
  /** Visibility timeout of received messages in seconds, also if this host dies. */
  visibility: number;
  log(line: string): void;
};

/** SQS's limit of messages in one receive. */
const RECEIVED = 10;

/**
 * An event source mapping with limits of messages an invocation and of parallel invocations. Processed messages are
 * deleted; failed ones, or all if the function threw, come back after the queue's visibility timeout, as with Lambda
 * and ReportBatchItemFailures.
 * @returns a function that stops it; the invoker waits for running invocations.
 */
export function startMapping(invoker: Invoker, mapping: Mapping): () => void {
  const client = new SQSClient({ ...localAws, endpoint: mapping.endpoint, maxAttempts: 1 });
  const stop = new AbortController();
  void poll(invoker, mapping, client, stop.signal);
  return () => stop.abort();
}

async function poll(invoker: Invoker, mapping: Mapping, client: SQSClient, stop: AbortSignal): Promise<void> {
  const running = new Set<Promise<void>>();
  const stopped = new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
  let quiet = false;
  while (!stop.aborted) {
    if (running.size >= mapping.maxConcurrency) {
      await Promise.race([...running, stopped]);
      continue;
    }
    try {
      const messages = await gather(client, mapping, stop);
      quiet = false;
      if (messages.length === 0) continue;
      const work = stop.aborted ? giveBack(client, mapping, messages) : handle(invoker, mapping, client, messages);
      running.add(work);
      void work.finally(() => running.delete(work));
    } catch (error) {
      if (stop.aborted) return;
      if (!quiet) mapping.log(`The queue at ${mapping.queueUrl} does not answer (${reason(error)}); trying again.`);
      quiet = true;
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 500)), stopped]);
    }
  }
}

/** The messages of one invocation: the first, and further ones until the limit or the time is reached. */
async function gather(client: SQSClient, mapping: Mapping, stop: AbortSignal): Promise<Message[]> {
  // Short, because a killed receiver may still receive a message while its request waits.
  const messages = await receive(client, mapping, mapping.batchSize, 5, stop);
  const until = Date.now() + mapping.window * 1000;
  while (messages.length > 0 && messages.length < mapping.batchSize && Date.now() < until && !stop.aborted) {
    const more = await receive(client, mapping, mapping.batchSize - messages.length, 1, stop).catch(() => []);
    messages.push(...more);
  }
  return messages;
}

async function receive(
  client: SQSClient,
  { queueUrl, visibility }: Mapping,
  most: number,
  seconds: number,
  stop: AbortSignal,
) {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(RECEIVED, most),
      WaitTimeSeconds: seconds,
      VisibilityTimeout: visibility,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
    { abortSignal: stop },
  );
  return answer.Messages ?? [];
}

const Failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

async function handle(invoker: Invoker, mapping: Mapping, client: SQSClient, messages: Message[]): Promise<void> {
  try {
    const result = await invoker.invoke(mapping.functionName, toEvent(messages, mapping.queueUrl));
    if (result.functionError !== null) return;
    const reported = Failures.safeParse(JSON.parse(result.payload));
    const failures = reported.success ? reported.data.batchItemFailures : [];
    const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ""));
    for (const Entries of entriesOf(done)) {
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: mapping.queueUrl, Entries }));
    }
  } catch (error) {
    mapping.log(`Messages of ${mapping.queueUrl} were not handled: ${reason(error)}`);
  }
}

/** When the host ends, messages that weren't started become visible for the next one at once. */
async function giveBack(client: SQSClient, { queueUrl, log }: Mapping, messages: Message[]): Promise<void> {
  try {
    for (const entries of entriesOf(messages)) {
      const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  } catch (error) {
    log(`Messages of ${queueUrl} come again only after its visibility time-out: ${reason(error)}`);
  }
}

function entriesOf(messages: readonly Message[]) {
  const entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle: ReceiptHandle ?? "" }));
  return Array.from({ length: Math.ceil(entries.length / RECEIVED) }, (_, at) =>
    entries.slice(at * RECEIVED, (at + 1) * RECEIVED),
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function toEvent(messages: readonly Message[], queueUrl: string): SQSEvent {
  return { Records: messages.map((message) => toRecord(message, queueUrl)) };
}

function toRecord(message: Message, queueUrl: string): SQSRecord {
  const sent = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ...sent,
      ApproximateReceiveCount: sent.ApproximateReceiveCount ?? "1",
      SentTimestamp: sent.SentTimestamp ?? "0",
      SenderId: sent.SenderId ?? account,
      ApproximateFirstReceiveTimestamp: sent.ApproximateFirstReceiveTimestamp ?? "0",
    },
    messageAttributes: attributesOf(message),
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:${region}:${account}:${new URL(queueUrl).pathname.split("/").at(-1)}`,
    awsRegion: region,
  };
}

function attributesOf(message: Message): SQSMessageAttributes {
  const attributes: SQSMessageAttributes = {};
  for (const [name, value] of Object.entries(message.MessageAttributes ?? {})) {
    attributes[name] = {
      dataType: value.DataType ?? "String",
      stringListValues: [],
      binaryListValues: [],
      ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
      ...(value.BinaryValue === undefined ? {} : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
    };
  }
  return attributes;
}

const reason = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));
