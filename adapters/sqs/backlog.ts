import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./client.ts";

const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;

/** About how many messages of a queue no one has taken yet, and how many someone has just received. */
async function lookAt(client: SQSClient, QueueUrl: string): Promise<{ waiting: number; inHand: number }> {
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
  const [waiting, inHand] = names.map((name) => Number(Attributes?.[name] ?? Number.NaN));
  if (waiting === undefined || inHand === undefined || Number.isNaN(waiting + inHand)) {
    throw new Error("SQS did not say how many messages wait");
  }
  return { waiting, inHand };
}

/** How many messages wait to be taken in, and how many are dead. SQS counts them about a minute late. */
export function sqsBacklog(queueUrl: string, deadQueueUrl: string, client: SQSClient = sqsClient()) {
  return async (): Promise<{ waiting: number; dead: number }> => {
    const [{ waiting }, dead] = await Promise.all([lookAt(client, queueUrl), lookAt(client, deadQueueUrl)]);
    // Anyone who looks at the dead has them in hand; what is being taken in isn't a backlog.
    return { waiting, dead: dead.waiting + dead.inHand };
  };
}
