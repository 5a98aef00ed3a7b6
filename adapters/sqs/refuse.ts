import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

/** The message attribute in which a dead letter says why it is one. */
export const REASON = "reason";
/** SQS takes 1 MiB with the attributes; a reason is a sentence. */
const LONGEST = 500;

/** Puts messages into a dead-letter queue, with the reason why. */
export function sqsRefuse(deadQueueUrl: string, client: SQSClient = sqsClient()) {
  return async (body: string, reason: string): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadQueueUrl,
        // SQS takes no empty body.
        MessageBody: body === "" ? " " : body,
        MessageAttributes: { [REASON]: { DataType: "String", StringValue: reason.slice(0, LONGEST) } },
      }),
    );
  };
}
