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

/** SQS gives at most so many messages at once. */
const MAX_RECEIVED = 10;
/** Long enough to look at all that is asked for without seeing any twice. Seconds. */
const VISIBILITY_SECONDS = 60;

/**
 * A dead-letter queue, to be looked at and emptied. SQS can move messages back by itself; who is to get them decides
 * here, and emulators cannot.
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
  /** At most so many messages, each once. */
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
    /** About how many there are. */
    async count(): Promise<number> {
      const input = { QueueUrl: deadQueueUrl, AttributeNames: ["ApproximateNumberOfMessages" as const] };
      const { Attributes } = await client.send(new GetQueueAttributesCommand(input));
      return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    },

    /** At most so many, left where they are. */
    async look(most: number): Promise<DeadMessage[]> {
      const seen: Message[] = [];
      for await (const message of messages(most)) seen.push(message);
      await Promise.all(seen.map(show));
      return seen.map(toDead);
    },

    /** Hands over at most so many; what `take` says yes to is gone from here. Gives how many. */
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

/** Puts a message back on the queue it came from. */
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
