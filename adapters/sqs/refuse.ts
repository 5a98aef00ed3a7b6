import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

/** The message attribute with a dead letter's reason. */
export const REASON = "reason";
/** SQS's limit is 1 MiB including attributes; a reason is a sentence. */
const LONGEST = 500;

/** Moves messages to a dead-letter queue, with the reason. */
export function sqsRefuse(deadQueueUrl: string, client: SQSClient = sqsClient()) {
  return async (body: string, reason: string): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadQueueUrl,
        // SQS doesn't accept an empty body.
        MessageBody: body === "" ? " " : body,
        MessageAttributes: { [REASON]: { DataType: "String", StringValue: reason.slice(0, LONGEST) } },
      }),
    );
  };
}
