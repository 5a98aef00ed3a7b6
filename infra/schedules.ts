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
import type { Config, Deployment } from "./deployment.ts";
import { allowInvoke } from "./function.ts";
import { deadLetters } from "./queue.ts";

export type Woken = {
  assemble: LambdaFunction;
  ingest: LambdaFunction;
  requests: LambdaFunction;
  watch: LambdaFunction;
};

/** What the clock asked for in vain. */
export function makeMissed(scope: Construct, deployment: Deployment): { construct: Construct; dead: Queue } {
  const construct = new Construct(scope, "clock");
  const dead = deadLetters(construct, deployment, {
    name: "clock",
    deadMeans: "Something that was due was not done: an edition may not have been made.",
  });
  Validations.of(dead).acknowledge({
    id: "AwsSolutions-SQS3",
    reason:
      "It is itself a dead-letter queue: of the schedules and of Lambda's asynchronous calls, where the rule does not look.",
  });
  return { construct, dead };
}

/** The clock: one schedule a newsletter in its own time zone, and those of ingest and watch. */
export function makeSchedules(
  deployment: Deployment,
  { construct, dead }: ReturnType<typeof makeMissed>,
  woken: Woken,
): void {
  const role = new Role(construct, "Role", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  });
  dead.grantSendMessages(role);
  const clock = { construct, deployment, dead, role };
  everyFewMinutes(clock, woken.ingest, "ingest", everyIngest.every);
  everyFewMinutes(clock, woken.requests, "requests", everyRequests.every);
  everyFewMinutes(clock, woken.watch, "watch", everyWatch.every);
  allowInvoke(role, woken.assemble);
  keepWhatFails(woken.assemble, dead, { attempts: 2, maxAge: Duration.hours(1) });
  for (const [name, newsletter] of Object.entries(deployment.config.newsletters)) {
    newsletterSchedule(clock, woken.assemble, name, newsletter);
  }
}

type Clock = { construct: Construct; deployment: Deployment; dead: Queue; role: IRole };

/** The edition of a newsletter falls due each day at its local time, whatever the clocks there do. */
function newsletterSchedule(
  { construct, deployment, dead, role }: Clock,
  assemble: LambdaFunction,
  name: string,
  newsletter: Config["newsletters"][string],
): void {
  const [hour, minute] = newsletter.sendAt.split(":").map(Number);
  new CfnSchedule(construct, `Newsletter-${name}`, {
    name: `${deployment.config.name}-newsletter-${name}`,
    description: `The edition of ${newsletter.title} is due`,
    scheduleExpression: `cron(${minute} ${hour} * * ? *)`,
    scheduleExpressionTimezone: newsletter.timeZone,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: assemble.functionArn,
      roleArn: role.roleArn,
      // The time it was due, not the time it came: a late or repeated call makes the same edition.
      input: JSON.stringify({ do: "scheduled", newsletter: name, scheduledFor: "<aws.scheduler.scheduled-time>" }),
      deadLetterConfig: { arn: dead.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
    },
  });
}

/**
 * Not repeated when it fails, and not kept: the next one comes soon and does what this one left. One kept failure would
 * hold the dead-letter alarm for 14 days, and hide the next; the function's own alarms say what fails now.
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

/** Scheduler hands over and goes: what fails after that is Lambda's to repeat and to keep. */
function keepWhatFails(fn: LambdaFunction, dead: Queue, how: { attempts: number; maxAge: Duration }): void {
  fn.configureAsyncInvoke({
    onFailure: new SqsDestination(dead),
    retryAttempts: how.attempts,
    maxEventAge: how.maxAge,
  });
}
