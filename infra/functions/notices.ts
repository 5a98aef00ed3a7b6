import { Aws, CfnOutput, RemovalPolicy, SecretValue, Validations } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import * as contract from "#functions/notices/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowSending, type QueuePair, queueWithDeadLetters } from "../queue.ts";
import { allowTable } from "../table.ts";

/** The queue of notices; undefined: the config has no notices. */
export function makeNoticeQueue(scope: Construct, deployment: Deployment): QueuePair | undefined {
  const { eventBridge, webhooks } = deployment.config.notices;
  if (!eventBridge && !webhooks) return undefined;
  const { queue, visibility, attempts } = contract.trigger;
  return queueWithDeadLetters(new Construct(scope, "news"), deployment, {
    name: queue,
    deadMeans: "A webhook, a chat or the event bus did not take a notice of an edition for two hours.",
    visibility,
    attempts,
    pages: false,
  });
}

/** notices: sends notices about editions to webhooks, chats and the event bus. */
export function makeNotices(
  scope: Construct,
  deployment: Deployment,
  needs: { table: ITableV2; siteUrl: string; allowOrigins: string; queue: QueuePair },
): LambdaFunction {
  const { config } = deployment;
  const { batchSize, maxConcurrency } = contract.trigger;
  const secret = config.notices.webhooks ? makeSecret(scope) : undefined;
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: {
      TABLE_NAME: needs.table.tableName,
      SITE_URL: needs.siteUrl,
      NOTICES_QUEUE_URL: needs.queue.queue.queueUrl,
      WEBHOOKS_SECRET: secret?.secretArn ?? "",
      PUTS_EVENTS: config.notices.eventBridge ? "true" : "false",
      ALLOW_ORIGINS: needs.allowOrigins,
    },
    fetches: true,
  });
  fn.addEventSource(
    new SqsEventSource(needs.queue.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }),
  );
  allowTable(fn, needs.table, ["GetItem", "Query"], ["E#*"]);
  allowSending(fn, needs.queue.queue);
  if (secret !== undefined) {
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] }),
    );
  }
  if (config.notices.eventBridge) allowEvents(fn, config.name);
  return fn;
}

/** It starts empty; an operator fills it in, and deployments don't change it. */
function makeSecret(scope: Construct): Secret {
  const secret = new Secret(scope, "Webhooks", {
    description: "Addresses and keys of webhooks and chats: docs/guides/notices.md",
    // Not a secret yet; an operator adds the addresses.
    secretStringValue: SecretValue.unsafePlainText("{}"),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "It holds addresses that other services gave out; only they can change them.",
  });
  new CfnOutput(scope, "WebhooksSecret", {
    description: "Holds the addresses of webhooks and chats: docs/guides/notices.md says how to fill it in",
    value: secret.secretArn,
  });
  return secret;
}

function allowEvents(fn: LambdaFunction, name: string): void {
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ["events:PutEvents"],
      resources: [`arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`],
      conditions: { StringEquals: { "events:source": `broadsheet.${name}` } },
    }),
  );
}
