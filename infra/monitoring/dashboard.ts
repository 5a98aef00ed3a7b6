import { Duration } from "aws-cdk-lib";
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  Metric,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { expectedLine } from "#functions/watch/contract.ts";
import type { Deployment } from "../deployment.ts";
import { dashboardName, metricNamespace } from "./alarm.ts";

type Parts = {
  ingest: LambdaFunction;
  assemble: LambdaFunction;
  send: LambdaFunction;
  feedback: LambdaFunction;
  watch: LambdaFunction;
  events: Queue;
};

/** Gmail requires senders to stay below the first, and filters those above the second. */
const GMAIL = { requested: 0.001, filtered: 0.003 };
/** SES reviews an account at the first, and may pause it at the second. */
const SES_BOUNCES = { review: 0.05, stop: 0.1 };
const WIDE = 24;
const HALF = 12;

/** One page that follows an edition from sources to inboxes. */
export function makeDashboard(scope: Construct, deployment: Deployment, parts: Parts): void {
  const { config } = deployment;
  new Dashboard(scope, "Dashboard", {
    dashboardName: dashboardName(config),
    defaultInterval: Duration.days(3),
    widgets: [
      [heading("1. Sources", "What came in. `broadsheet source list` says how each one is.")],
      [
        lines(
          "Sources that failed",
          parts.ingest,
          `filter message = "source failed" | stats count(*) as times by source | sort times desc | limit 20`,
        ),
        runs("Polls", parts.ingest),
      ],
      [heading("2. The edition", "Drafted, completed, and due. 0 missing editions is a good day.")],
      [
        runs("Making editions", parts.assemble),
        graph("Missing editions", [own(config.name, "MissingEditions", "max")]),
      ],
      [heading("3. Sending", "What SES took. Each run of the sender says why it ended.")],
      [
        graph(
          "Mails a minute, of the whole account",
          ["Send", "Delivery"].map((name) => ses(name, "sum", 1)),
        ),
        runs("The sender", parts.send),
      ],
      [heading("4. Inboxes", "What receivers and readers made of it.")],
      [
        lines(
          "Bounces and complaints, by receiver and cause",
          parts.feedback,
          `filter message = "a delivery met trouble" | stats count(*) as mails by receiver, cause, newsletter, date | sort mails desc | limit 50`,
        ),
        lines(
          "Deliveries that need a person",
          parts.watch,
          `filter level = "ERROR" or message = "${expectedLine}" and missing > 0 | sort @timestamp desc | limit 20`,
        ),
      ],
      [
        graph(
          "Complaints: Gmail asks for less than 0.1 %, and filters above 0.3 %",
          [ses("Reputation.ComplaintRate", "max", 60)],
          [GMAIL.requested, GMAIL.filtered],
        ),
        graph(
          "Bounces: SES reviews at 5 %, and may stop at 10 %",
          [ses("Reputation.BounceRate", "max", 60)],
          [SES_BOUNCES.review, SES_BOUNCES.stop],
        ),
      ],
      [
        graph("Age of SES's oldest event that waits, in seconds", [parts.events.metricApproximateAgeOfOldestMessage()]),
        runs("Taking in events", parts.feedback),
      ],
      [
        heading(
          "5. Finished",
          "What each edition left: readers, minutes after it was due, cost, and what was unusual.",
        ),
      ],
      [
        lines(
          "Finished editions",
          parts.watch,
          `filter message = "an edition is finished" | fields newsletter, date, accepted, audience, bounced, complained, minutesAfterDue, dollars | sort @timestamp desc | limit 20`,
          WIDE,
        ),
      ],
      [
        graph(
          "Readers reached",
          [...Object.keys(config.newsletters)].map((name) => of(config.name, "accepted", name)),
        ),
        graph(
          "Minutes after it was due",
          Object.keys(config.newsletters).map((name) => of(config.name, "minutesAfterDue", name)),
        ),
      ],
    ],
  });
}

const heading = (title: string, text: string): IWidget =>
  new TextWidget({ markdown: `## ${title}\n${text}`, width: WIDE, height: 2 });

const graph = (title: string, left: IMetric[], limits: readonly number[] = []): IWidget =>
  new GraphWidget({
    ...{ title, left, width: HALF, leftYAxis: { min: 0, showUnits: false } },
    leftAnnotations: limits.map((value) => ({ value, label: `${value * 100} %` })),
  });

const runs = (title: string, fn: LambdaFunction): IWidget =>
  new GraphWidget({
    ...{ title, width: HALF, leftYAxis: { min: 0, showUnits: false } },
    left: [fn.metricInvocations({ statistic: "sum" }), fn.metricErrors({ statistic: "sum" })],
    right: [fn.metricDuration({ statistic: "p99" })],
  });

const lines = (title: string, fn: LambdaFunction, query: string, width = HALF): IWidget =>
  new LogQueryWidget({ title, width, logGroupNames: [fn.logGroup.logGroupName], queryString: query });

const ses = (metricName: string, statistic: string, minutes: number): IMetric =>
  new Metric({ namespace: "AWS/SES", metricName, statistic, period: Duration.minutes(minutes) });

const own = (name: string, metricName: string, statistic: string): IMetric =>
  new Metric({ namespace: metricNamespace(name), metricName, statistic, period: Duration.minutes(5) });

const of = (name: string, metricName: string, newsletter: string): IMetric =>
  new Metric({
    ...{ namespace: metricNamespace(name), metricName, statistic: "max", period: Duration.hours(1) },
    dimensionsMap: { newsletter },
  });
