import { Aws, Duration, Validations } from "aws-cdk-lib";
import { type IRole, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { trigger as everyIngest } from "#functions/ingest/contract.ts";
import { trigger as everyRequests } from "#functions/requests/contract.ts";
import { trigger as everyWatch } from "#functions/watch/contract.ts";
import type { Deployment } from "./deployment.ts";
import { allowInvoke } from "./function.ts";
import { deadLetters } from "./queue.ts";

type ScheduledFunctions = {
  assemble: LambdaFunction;
  ingest: LambdaFunction;
  requests: LambdaFunction;
  watch: LambdaFunction;
};

/** Dead-letter queue for failed scheduled invocations. */
export function makeMissed(scope: Construct, deployment: Deployment): { construct: Construct; dead: Queue } {
  const construct = new Construct(scope, "clock");
  const dead = deadLetters(construct, deployment, {
    name: "clock",
    deadMeans: "Something that was due was not done: an edition may not have been made.",
  });
  Validations.of(dead).acknowledge({
    id: "AwsSolutions-SQS3",
    reason: "It is itself a dead-letter queue: of Lambda's asynchronous calls, where the rule does not look.",
  });
  return { construct, dead };
}

/**
 * Schedules: ingest and watch run every few minutes. watch computes when editions are due, because EventBridge
 * Scheduler skips local times that don't exist on a day.
 */
export function makeSchedules(
  deployment: Deployment,
  { construct, dead }: ReturnType<typeof makeMissed>,
  woken: ScheduledFunctions,
): void {
  const role = new Role(construct, "Role", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  });
  const clock = { construct, deployment, role };
  everyFewMinutes(clock, woken.ingest, "ingest", everyIngest.every);
  everyFewMinutes(clock, woken.requests, "requests", everyRequests.every);
  everyFewMinutes(clock, woken.watch, "watch", everyWatch.every);
  // watch starts assemble without waiting; Lambda retries failures, then moves them to the dead-letter queue.
  woken.assemble.configureAsyncInvoke({
    onFailure: new SqsDestination(dead),
    retryAttempts: 2,
    maxEventAge: Duration.hours(1),
  });
}

type Clock = { construct: Construct; deployment: Deployment; role: IRole };

/**
 * Failures aren't retried or kept, because the next run comes soon and continues. A kept failure would hold the
 * dead-letter alarm for 14 days and hide later ones; the function's own alarms show current failures.
 */
function everyFewMinutes(
  { construct, deployment, role }: Clock,
  fn: LambdaFunction,
  name: string,
  every: string,
): void {
  allowInvoke(role, fn);
  fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  new CfnSchedule(construct, `Every-${name}`, {
    name: `${deployment.config.name}-${name}`,
    scheduleExpression: `rate(${every})`,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: fn.functionArn,
      roleArn: role.roleArn,
      input: "{}",
      retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 },
    },
  });
}
