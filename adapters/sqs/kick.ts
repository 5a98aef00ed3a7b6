import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

/** Puts a kick on the queue: there is work, without saying which. */
export function sqsKick(queueUrl: string, client: SQSClient = sqsClient()): () => Promise<void> {
  return async () => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ kick: 1 }) }));
  };
}
