import { Aws, Validations } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

type TopicSpec = { displayName: string; publisher: string; unencryptedBecause: string };

/** A topic to which one service publishes, for this account only. */
export function makeTopic(scope: Construct, id: string, { displayName, publisher, unencryptedBecause }: TopicSpec) {
  const topic = new Topic(scope, id, { displayName, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(publisher)],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  Validations.of(topic).acknowledge({ id: "AwsSolutions-SNS2", reason: unencryptedBecause });
  return topic;
}
