import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { NoticeMessage } from "#domain/notices/notice.ts";
import { sqsClient } from "./client.ts";

/** Queues notices. */
export function sqsNotices(queueUrl: string, client: SQSClient = sqsClient()) {
  return async (message: NoticeMessage): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  };
}
