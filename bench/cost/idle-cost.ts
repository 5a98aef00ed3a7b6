import { editionMetrics } from "#adapters/aws/embedded-metrics.ts";
import * as ingest from "#functions/ingest/contract.ts";
import * as requests from "#functions/requests/contract.ts";
import * as watch from "#functions/watch/contract.ts";
import type { Units } from "../meter.ts";

/** The parts of a synthesised template that determine the cost. */
type Template = { readonly Resources: Readonly<Record<string, Resource>> };
type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };

/** US dollars a month in us-east-1, before and after AWS's always-free allowances. */
type IdleItem = {
  readonly what: string;
  readonly units: number;
  /** The price of one unit, and the number of free ones. */
  readonly price: number;
  readonly free: number;
  readonly gross: number;
  readonly net: number;
};

const MINUTES = 30 * 24 * 60;
const MILLION = 1_000_000;
const GIGABYTE = 1_000_000_000;

/** Resources with a monthly price, whether they are used or not. */
const pieces: Readonly<Record<string, { what: string; price: number; free: number }>> = {
  "AWS::CloudWatch::Alarm": { what: "alarms", price: 0.1, free: 10 },
  "AWS::CloudWatch::Dashboard": { what: "dashboards", price: 3, free: 3 },
  "AWS::SecretsManager::Secret": { what: "secrets", price: 0.4, free: 0 },
};

/** Resources that cost nothing without use, or whose use is charged below. */
const withoutFee: readonly RegExp[] = [
  /^AWS::IAM::/,
  /^AWS::Lambda::(Function|Permission|EventInvokeConfig|EventSourceMapping)$/,
  /^AWS::Logs::(LogGroup|MetricFilter)$/,
  /^AWS::SES::(ConfigurationSet|ConfigurationSetEventDestination|EmailIdentity)$/,
  /^AWS::SQS::(Queue|QueuePolicy)$/,
  /^AWS::SNS::(Topic|TopicPolicy|Subscription)$/,
  /^AWS::Events::Rule$/,
  /^AWS::Scheduler::Schedule$/,
  /^AWS::ApiGatewayV2::(Api|Integration|Route|Stage|Authorizer)$/,
  /^AWS::S3::(Bucket|BucketPolicy)$/,
  // Without a minimum fee: the first terabyte of a month is free.
  /^AWS::CloudFront::(Distribution|OriginAccessControl|ResponseHeadersPolicy|CachePolicy|OriginRequestPolicy|Function)$/,
  // The plan Essentials is free for 10,000 people who sign in.
  /^AWS::Cognito::/,
  /^AWS::DynamoDB::GlobalTable$/,
  // Two budgets of an account are free.
  /^AWS::Budgets::Budget$/,
  /^AWS::Route53::RecordSet$/,
];

/**
 * What the table's requests consume without readers. `npm run bench -- idle` counts it again, and fails if it counts
 * more.
 */
export const tableUsage = {
  watch: { writes: 0, reads: 9 },
  ingest: { writes: 0, reads: 6 },
  requests: { writes: 0, reads: 1 },
  poll: { writes: 1, reads: 0 },
  article: { writes: 7.1, reads: 5 },
} satisfies Record<string, Units>;

/** One newsletter with 50 sources, each polled once an hour, and ten articles of each a day. */
const POLLS = 50 * 24 * 30;
const ARTICLES = 50 * 10 * 30;
/** Seconds of one run, more than measured on a local machine; gigabytes stored; bytes that a run logs. */
const SECONDS = { watch: 0.5, ingest: 5, requests: 0.2 };
const STORED = { table: 0.2, pictures: 0.5 };
const LOGGED = 1_000;
/** Long polls end after 20 s, and Lambda keeps five of them open for each queue whose concurrency is limited. */
const POLLS_A_MINUTE = 5 * 3;

/** @throws Error for a resource of a type that has no price here: whether it costs something must be looked up once. */
export function idleCost(template: Template): IdleItem[] {
  const resources = Object.values(template.Resources);
  return [...piecesOf(resources), metricsOf(resources), ...usageOf(resources)].filter(({ units }) => units > 0);
}

const item = (what: string, units: number, price: number, free = 0): IdleItem => ({
  ...{ what, units, price, free, gross: units * price, net: Math.max(0, units - free) * price },
});

function piecesOf(resources: readonly Resource[]): IdleItem[] {
  for (const { Type } of resources) {
    if (pieces[Type] === undefined && !withoutFee.some((known) => known.test(Type))) {
      throw new Error(`${Type} has no price in bench/cost/idle-cost.ts. Look up what it costs a month, and add it.`);
    }
  }
  return Object.entries(pieces).map(([type, { what, price, free }]) =>
    item(what, resources.filter(({ Type }) => Type === type).length, price, free),
  );
}

/**
 * Metrics that CloudWatch charges as custom metrics: from log lines, for one newsletter's editions, and SES's for a
 * configuration set.
 */
function metricsOf(resources: readonly Resource[]): IdleItem {
  const names = resources.flatMap(({ Type, Properties = {} }) => {
    if (Type === "AWS::Logs::MetricFilter")
      return JSON.stringify(Object(Properties.MetricTransformations)[0]?.MetricName);
    return [];
  });
  const reputation = resources.filter(
    ({ Type, Properties = {} }) =>
      Type === "AWS::SES::ConfigurationSet" && Object(Properties.ReputationOptions).ReputationMetricsEnabled === true,
  );
  return item(
    "custom metrics",
    new Set(names).size + reputation.length * 2 + Object.keys(editionMetrics).length,
    0.3,
    10,
  );
}

/** What schedules run, and what that consumes of the table. */
function usageOf(resources: readonly Resource[]): IdleItem[] {
  const scheduled = resources.filter(({ Type }) => Type === "AWS::Scheduler::Schedule");
  const runs = sum(scheduled.map(({ Properties = {} }) => runsOf(String(Properties.ScheduleExpression))));
  const queues = resources.filter(({ Type }) => Type === "AWS::Lambda::EventSourceMapping").length;
  const clocks = [watch, ingest, requests];
  const timesOf = ({ trigger }: (typeof clocks)[number]) => runsOf(`rate(${trigger.every})`);
  const gigabyteSeconds = sum(clocks.map((one) => (timesOf(one) * SECONDS[one.name] * one.memory) / 1024));
  const units = (kind: keyof Units) =>
    sum(clocks.map((one) => timesOf(one) * tableUsage[one.name][kind])) +
    POLLS * tableUsage.poll[kind] +
    ARTICLES * tableUsage.article[kind];
  return [
    item("scheduled calls", runs, 1 / MILLION, 14 * MILLION),
    item("function calls", runs, 0.2 / MILLION, MILLION),
    item("gigabyte-seconds of functions", gigabyteSeconds, 0.0000133334, 400_000),
    item("queue calls (long polling)", queues * POLLS_A_MINUTE * MINUTES, 0.4 / MILLION, MILLION),
    item("table reads", units("reads"), 0.125 / MILLION),
    item("table writes", units("writes"), 0.625 / MILLION),
    item("gigabytes in the table", STORED.table, 0.25, 25),
    item("gigabytes of the table's backup", STORED.table, 0.2),
    item("gigabytes of pictures", STORED.pictures, 0.023),
    item("gigabytes of logs", (runs * LOGGED) / GIGABYTE, 0.5, 5),
  ];
}

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

/** How often a month `rate(5 minutes)` runs. */
function runsOf(expression: string): number {
  const [, every] = /^rate\((\d+) minutes?\)$/.exec(expression) ?? [];
  if (every === undefined) throw new Error(`How often a month is ${expression}?`);
  return MINUTES / Number(every);
}

export const total = (items: readonly IdleItem[], which: "gross" | "net"): number =>
  sum(items.map((one) => one[which]));
