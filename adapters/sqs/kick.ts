import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

/** Puts a kick on the queue: there is work, without saying which. With an index, it is for that sender. */
export function sqsKick(queueUrl: string, client: SQSClient = sqsClient()): (sender?: number) => Promise<void> {
  return async (sender) => {
    const MessageBody = JSON.stringify({ kick: 1, sender });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  };
}
