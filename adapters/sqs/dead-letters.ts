import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { DeadMessage } from "#domain/delivery/resolving/dead-letter.ts";
import { toInstant } from "#domain/time/instant.ts";
import { sqsClient } from "./client.ts";
import { REASON } from "./refuse.ts";

/** Most messages in one receive. */
const MAX_RECEIVED = 10;
/** Long enough to list all requested messages without seeing one twice. Seconds. */
const VISIBILITY_SECONDS = 60;

/**
 * A dead-letter queue, to list and empty. SQS can also move messages back; here the caller decides for each message,
 * and it works in emulators.
 */
export function sqsDeadLetters(deadQueueUrl: string, client: SQSClient = sqsClient()) {
  const receive = async (): Promise<Message[]> => {
    const input = { MaxNumberOfMessages: MAX_RECEIVED, VisibilityTimeout: VISIBILITY_SECONDS, WaitTimeSeconds: 1 };
    const named = { MessageAttributeNames: [REASON], MessageSystemAttributeNames: ["SentTimestamp" as const] };
    const answer = await client.send(new ReceiveMessageCommand({ QueueUrl: deadQueueUrl, ...input, ...named }));
    return answer.Messages ?? [];
  };
  const show = async ({ ReceiptHandle }: Message) => {
    const shown = { QueueUrl: deadQueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(shown));
  };
  /** At most this many messages, each once. */
  async function* messages(most: number): AsyncGenerator<Message> {
    for (let left = most; left > 0; ) {
      const received = await receive();
      if (received.length === 0) return;
      for (const [at, message] of received.entries()) {
        if (at < left) yield message;
        else await show(message);
      }
      left -= received.length;
    }
  }
  return {
    /** Approximate number of messages. */
    async count(): Promise<number> {
      const input = { QueueUrl: deadQueueUrl, AttributeNames: ["ApproximateNumberOfMessages" as const] };
      const { Attributes } = await client.send(new GetQueueAttributesCommand(input));
      return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    },

    /** Lists at most this many, without removing them. */
    async look(most: number): Promise<DeadMessage[]> {
      const seen: Message[] = [];
      for await (const message of messages(most)) seen.push(message);
      await Promise.all(seen.map(show));
      return seen.map(toDead);
    },

    /**
     * Passes at most this many messages to `take`, and removes those for which it returns true. Returns their number.
     */
    async empty(most: number, take: (message: DeadMessage) => Promise<boolean>): Promise<number> {
      let taken = 0;
      for await (const message of messages(most)) {
        if (!(await take(toDead(message)))) {
          await show(message);
          continue;
        }
        taken += 1;
        const { ReceiptHandle } = message;
        await client.send(new DeleteMessageCommand({ QueueUrl: deadQueueUrl, ReceiptHandle }));
      }
      return taken;
    },
  };
}
export type SqsDeadLetters = ReturnType<typeof sqsDeadLetters>;

/** Returns a message to the queue it came from. */
export function sqsPutBack(queueUrl: string, client: SQSClient = sqsClient()) {
  return async (body: string): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  };
}

const toDead = ({ Body, Attributes, MessageAttributes }: Message): DeadMessage => ({
  body: Body ?? "",
  at: toInstant(Number(Attributes?.SentTimestamp ?? 0)),
  reason: MessageAttributes?.[REASON]?.StringValue ?? null,
});
