import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as feedback from "#functions/feedback/contract.ts";
import * as notices from "#functions/notices/contract.ts";
import * as requests from "#functions/requests/contract.ts";
import * as send from "#functions/send/contract.ts";
import { localAws } from "../aws.ts";

/** The queues' addresses. */
export type Queues = {
  kicks: string;
  kicksDead: string;
  feedback: string;
  feedbackDead: string;
  clockDead: string;
  requests: string;
  notices: string;
};

const fourteenDays = String(14 * 24 * 3600);

/** Makes the queues and their dead-letter queues like infra/, if they don't exist. */
export async function ensureQueues(endpoint: string): Promise<Queues> {
  const client = new SQSClient({ ...localAws, endpoint });
  const make = async (name: string, attributes: Record<string, string>) => {
    const made = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    return reachable(endpoint, made.QueueUrl ?? `${endpoint}/000000000000/${name}`);
  };
  const withDeadLetters = async ({
    queue,
    visibility,
    attempts,
  }: {
    queue: string;
    visibility: number;
    attempts: number;
  }) => {
    const dead = await make(`${queue}-dead`, { MessageRetentionPeriod: fourteenDays });
    const answer = await client.send(new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ["QueueArn"] }));
    const redrive = JSON.stringify({ deadLetterTargetArn: answer.Attributes?.QueueArn, maxReceiveCount: attempts });
    return [await make(queue, { VisibilityTimeout: String(visibility), RedrivePolicy: redrive }), dead] as const;
  };
  try {
    const [[kicks, kicksDead], [events, feedbackDead], clockDead, [readers], [news]] = await Promise.all([
      withDeadLetters(send.trigger),
      withDeadLetters(feedback.trigger),
      make("clock-dead", { MessageRetentionPeriod: fourteenDays }),
      withDeadLetters(requests.trigger),
      withDeadLetters(notices.trigger),
    ]);
    return { kicks, kicksDead, feedback: events, feedbackDead, clockDead, requests: readers, notices: news };
  } finally {
    client.destroy();
  }
}

/** The queue's path at the endpoint, because some servers answer with host names that don't resolve. */
const reachable = (endpoint: string, queueUrl: string) => new URL(new URL(queueUrl).pathname, endpoint).href;
