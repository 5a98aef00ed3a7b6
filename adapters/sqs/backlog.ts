import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;

/** Approximate numbers of a queue's waiting messages, and of those just received. */
async function lookAt(client: SQSClient, QueueUrl: string): Promise<{ waiting: number; inHand: number }> {
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
  const [waiting, inHand] = names.map((name) => Number(Attributes?.[name] ?? Number.NaN));
  if (waiting === undefined || inHand === undefined || Number.isNaN(waiting + inHand)) {
    throw new Error("SQS did not say how many messages wait");
  }
  return { waiting, inHand };
}

/** Numbers of waiting messages and dead letters. SQS's counts are about a minute old. */
export function sqsBacklog(queueUrl: string, deadQueueUrl: string, client: SQSClient = sqsClient()) {
  return async (): Promise<{ waiting: number; dead: number }> => {
    const [{ waiting }, dead] = await Promise.all([lookAt(client, queueUrl), lookAt(client, deadQueueUrl)]);
    // Dead letters that someone is viewing count too; messages being processed aren't a backlog.
    return { waiting, dead: dead.waiting + dead.inHand };
  };
}
