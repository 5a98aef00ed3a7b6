import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { IFunction, Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, type IFilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Config, Deployment } from "../deployment.ts";
import { makeTopic } from "../topic.ts";

type AlarmSpec = {
  /** The section of docs/runbook.md; with the deployment's name in front, the alarm's name. */
  paragraph: string;
  /** Its meaning for readers or editors, as a sentence. */
  means: string;
  metric: IMetric;
  /** The function whose log has the cause. Absent: see the dashboard. */
  log?: string;
  /** It goes off at this value or above; with `below`, under it. */
  threshold: number;
  below?: boolean;
  /** Number of consecutive periods; default: 1. */
  periods?: number;
  /** How many of these periods must match. Default: all. */
  atLeast?: number;
  /** Missing data is a fault too. */
  silenceIsFault?: boolean;
  /** False: worth a look, but not an alarm. */
  pages?: boolean;
};

export const metricNamespace = (name: string): string => `Broadsheet/${name}`;
export const dashboardName = ({ name }: Config): string => name;

/** A CloudWatch console link. Without a region in the config, the console uses the last one. */
const consolePage = ({ region }: Config, page: string): string =>
  `https://console.aws.amazon.com/cloudwatch/home${region === undefined ? "" : `?region=${region}`}#${page}`;

/** A function's log; the console escapes the slashes in its name twice. */
const logPage = (config: Config, name: string): string =>
  consolePage(config, `logsV2:log-groups/log-group/$252Faws$252Flambda$252F${config.name}-${name}`);

/** An alarm whose description has its meaning, what to look at first, and its section of the runbook. */
export function alarm(scope: Construct, id: string, deployment: Deployment, spec: AlarmSpec): Alarm {
  const { config } = deployment;
  const first =
    spec.log === undefined
      ? consolePage(config, `dashboards/dashboard/${dashboardName(config)}`)
      : logPage(config, spec.log);
  const made = new Alarm(scope, id, {
    alarmName: `${deployment.config.name}-${spec.paragraph}`,
    alarmDescription: `${spec.means} Look at ${first}. See docs/runbook.md#${spec.paragraph}`,
    metric: spec.metric,
    threshold: spec.threshold,
    evaluationPeriods: spec.periods ?? 1,
    ...(spec.atLeast === undefined ? {} : { datapointsToAlarm: spec.atLeast }),
    comparisonOperator: spec.below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: spec.silenceIsFault ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  if (deployment.operator && spec.pages !== false) made.addAlarmAction(new SnsAction(deployment.operator));
  return made;
}

/** Goes off if `fn` fails within five minutes, or in this many consecutive periods of five minutes. */
export function errorAlarm(
  fn: IFunction,
  deployment: Deployment,
  spec: { name: string; means: string; periods?: number },
): Alarm {
  return alarm(fn, "Errors", deployment, {
    paragraph: `${spec.name}-errors`,
    log: spec.name,
    means: spec.means,
    metric: fn.metricErrors({ period: Duration.minutes(5), statistic: "sum" }),
    threshold: 1,
    periods: spec.periods ?? 1,
  });
}

/**
 * Goes off if one of the functions logs an error: a line of level ERROR means that a person is needed, for example
 * because an edition is held.
 */
export function askingAlarm(scope: Construct, deployment: Deployment, functions: readonly LambdaFunction[]): Alarm {
  const filter = { id: "Asks", name: "AsksForSomeone", pattern: FilterPattern.stringValue("$.level", "=", "ERROR") };
  return alarm(scope, "Asks", deployment, {
    paragraph: "delivery-asks",
    means: "Delivery needs a person: an edition is held, or something was seen that must not happen.",
    metric: logMetric(functions, deployment, filter).with({ period: Duration.minutes(1), statistic: "sum" }),
    threshold: 1,
  });
}

/** A metric of the lines that match a pattern in the logs of these functions. */
export function logMetric(
  functions: readonly LambdaFunction[],
  { config }: Deployment,
  filter: { id: string; name: string; pattern: IFilterPattern; value?: (fn: LambdaFunction) => string },
): Metric {
  const metric = { metricNamespace: metricNamespace(config.name), metricName: filter.name };
  for (const fn of functions) {
    new MetricFilter(fn, filter.id, {
      ...metric,
      logGroup: fn.logGroup,
      filterPattern: filter.pattern,
      metricValue: filter.value?.(fn) ?? "1",
    });
  }
  return new Metric({ namespace: metric.metricNamespace, metricName: metric.metricName });
}

/** Number of failed sign-ins within five minutes that count as one event; every other event counts by itself. */
const SIGN_INS = 10;

/**
 * Goes off at security events: many failed sign-ins, many test mails, a new key, a moved source. The functions log
 * these with `security` and details.
 */
export function securityAlarm(
  scope: Construct,
  deployment: Deployment,
  { desk, others }: { desk: LambdaFunction; others: readonly LambdaFunction[] },
): Alarm {
  const events = logMetric([desk, ...others], deployment, {
    ...{ id: "Security", name: "SecurityEvents", pattern: FilterPattern.stringValue("$.security", "=", "*") },
    value: (fn) => (fn === desk ? "1" : String(SIGN_INS)),
  });
  return alarm(scope, "Security", deployment, {
    paragraph: "security-events",
    means:
      "Someone may be trying to get in, or changed what is trusted: failed sign-ins, test mails, keys or a source.",
    metric: events.with({ period: Duration.minutes(5), statistic: "sum" }),
    threshold: SIGN_INS,
  });
}

/**
 * Goes off if Lambda throttles invocations for ten minutes. The limit is shared by all functions of the account in the
 * region.
 */
export function throttleAlarm(scope: Construct, deployment: Deployment): Alarm {
  return alarm(scope, "Throttles", deployment, {
    paragraph: "throttles",
    means:
      "Lambda turns work away: the account's limit of functions running at once is reached, so editions may be late.",
    metric: new Metric({
      namespace: "AWS/Lambda",
      metricName: "Throttles",
      period: Duration.minutes(5),
      statistic: "sum",
    }),
    threshold: 1,
    periods: 2,
  });
}

/** The topic that mails the operator; undefined: the config has none. */
export function operatorTopic(scope: Construct, config: Config): ITopic | undefined {
  if (config.operator === undefined) return undefined;
  // A topic with its own policy loses the default one, which allows the account's alarms to publish.
  const topic = makeTopic(scope, "Operator", {
    displayName: `Alarms of ${config.name}`,
    publisher: "cloudwatch.amazonaws.com",
    unencryptedBecause:
      "It carries alarm names, nothing personal; the key SNS manages itself would keep CloudWatch from publishing.",
  });
  topic.addSubscription(new EmailSubscription(config.operator));
  return topic;
}
