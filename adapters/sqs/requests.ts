import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { ReaderRequest } from "#domain/audience/reader-request.ts";
import { sqsClient } from "./client.ts";

/** Queues readers' requests. SQS delays a message by at most 900 seconds. */
export function sqsRequests(queueUrl: string, client: SQSClient = sqsClient()) {
  return {
    put: async (request: ReaderRequest, delaySeconds: number): Promise<void> => {
      const MessageBody = JSON.stringify(request);
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }));
    },
  };
}
