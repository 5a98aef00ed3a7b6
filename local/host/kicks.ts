import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from "aws-lambda";
import { account, localAws, region } from "../aws.ts";
import type { Invoker } from "./invoker.ts";

export type Mapping = {
  endpoint: string;
  queueUrl: string;
  functionName: string;
  maxConcurrency: number;
  log(line: string): void;
};

/**
 * An event source mapping: one message an invocation, at most so many at once, deleted when the function succeeded.
 * When it failed the message comes back after the queue's visibility time-out, as with Lambda.
 * @returns what stops it; what runs is the invoker's to drain.
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
      const message = await receive(client, mapping.queueUrl, stop);
      quiet = false;
      if (message === undefined || stop.aborted) continue;
      const work = handle(invoker, mapping, client, message);
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

async function receive(client: SQSClient, queueUrl: string, stop: AbortSignal): Promise<Message | undefined> {
  const answer = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 1,
      // Short, because a receiver that was killed may still swallow a message while it would have waited.
      WaitTimeSeconds: 5,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
    { abortSignal: stop },
  );
  return answer.Messages?.[0];
}

async function handle(invoker: Invoker, mapping: Mapping, client: SQSClient, message: Message): Promise<void> {
  try {
    const result = await invoker.invoke(mapping.functionName, toEvent(message, mapping.queueUrl));
    if (result.functionError !== null || message.ReceiptHandle === undefined) return;
    await client.send(new DeleteMessageCommand({ QueueUrl: mapping.queueUrl, ReceiptHandle: message.ReceiptHandle }));
  } catch (error) {
    mapping.log(`A message of ${mapping.queueUrl} was not handled: ${reason(error)}`);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function toEvent(message: Message, queueUrl: string): SQSEvent {
  const sent = message.Attributes ?? {};
  const record: SQSRecord = {
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
  return { Records: [record] };
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
