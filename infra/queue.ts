import { Duration } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";
import { alarm } from "./monitoring/alarm.ts";

export type QueuePair = { queue: Queue; dead: Queue };

type QueueSpec = {
  name: string;
  /** The meaning of a dead letter for readers or editors, as a sentence. Absent: no alarm. */
  deadMeans?: string;
  pages?: boolean;
};

/** A dead-letter queue, with an alarm if its messages matter. Fourteen days is SQS's longest retention. */
export function deadLetters(scope: Construct, deployment: Deployment, spec: QueueSpec): Queue {
  const queue = new Queue(scope, "DeadLetters", {
    queueName: `${deployment.config.name}-${spec.name}-dead`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: !deployment.emulator,
    retentionPeriod: Duration.days(14),
  });
  if (spec.deadMeans === undefined) return queue;
  alarm(scope, "DeadLettersAlarm", deployment, {
    paragraph: `${spec.name}-dead-letters`,
    means: spec.deadMeans,
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: "max" }),
    threshold: 1,
    ...(spec.pages === undefined ? {} : { pages: spec.pages }),
  });
  return queue;
}

/**
 * A queue, its dead-letter queue and that one's alarm, if any. `visibility` in seconds must be longer than the
 * consumer's timeout; after `attempts` receives, a message becomes a dead letter.
 */
export function queueWithDeadLetters(
  scope: Construct,
  deployment: Deployment,
  spec: QueueSpec & { visibility: number; attempts: number },
): QueuePair {
  const construct = new Construct(scope, spec.name);
  const dead = deadLetters(construct, deployment, spec);
  const queue = new Queue(construct, "Queue", {
    queueName: `${deployment.config.name}-${spec.name}`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: !deployment.emulator,
    visibilityTimeout: Duration.seconds(spec.visibility),
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: dead, maxReceiveCount: spec.attempts },
  });
  return { queue, dead };
}

/** Allows `who` to put messages into the queue, and nothing else with it. */
export function allowSending(who: IGrantable, queue: IQueue): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }),
  );
}

/** Allows `who` to read the queues' numbers of messages. */
export function allowCounting(who: IGrantable, queues: readonly IQueue[]): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["sqs:GetQueueAttributes"], resources: queues.map(({ queueArn }) => queueArn) }),
  );
}

/** Allows `who` to read and delete a queue's messages. */
export function allowEmptying(who: IGrantable, queue: IQueue): void {
  const actions = ["ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes"];
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: actions.map((action) => `sqs:${action}`), resources: [queue.queueArn] }),
  );
}
