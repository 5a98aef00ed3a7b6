import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

/** Puts a kick on the queue: it says that there is work, and names none. */
export function sqsKick(queueUrl: string, client: SQSClient = sqsClient()): () => Promise<void> {
  return async () => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ kick: 1 }) }));
  };
}
