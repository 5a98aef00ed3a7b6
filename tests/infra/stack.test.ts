import { Annotations, Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { defineConfig } from "#domain/config.ts";
import * as assemble from "#functions/assemble/contract.ts";
import * as command from "#functions/command/contract.ts";
import * as dispatch from "#functions/dispatch/contract.ts";
import * as feedback from "#functions/feedback/contract.ts";
import { contracts } from "#functions/index.ts";
import * as ingest from "#functions/ingest/contract.ts";
import * as notices from "#functions/notices/contract.ts";
import * as pictures from "#functions/pictures/contract.ts";
import * as push from "#functions/push/contract.ts";
import * as requests from "#functions/requests/contract.ts";
import * as send from "#functions/send/contract.ts";
import * as watch from "#functions/watch/contract.ts";
import { calendarFiles } from "#infra/calendar-files.ts";
import { makeStack, newsletter, resourcesOf, templateOf } from "../testing/aws/synthesis.ts";

/** With everything that a config can ask for. */
const withNotices = { notices: { eventBridge: true, webhooks: true } };

let template: Template;
beforeAll(() => {
  template = templateOf(makeStack(withNotices));
});

describe("data that can't be recreated outlives the stack", () => {
  test.each([
    // Protected against deletion, so a failed first deployment could not delete it anyway.
    ["AWS::DynamoDB::GlobalTable", "Retain"],
    ["AWS::SecretsManager::Secret", "RetainExceptOnCreate"],
    ["AWS::S3::Bucket", "RetainExceptOnCreate"],
  ])("%s, except for what a failed first deployment made", (type, policy) => {
    const kept = Object.values(resourcesOf(template, type)).filter(({ DeletionPolicy }) => DeletionPolicy !== "Delete");
    expect(kept.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([policy]);
    expect(kept[0]?.UpdateReplacePolicy).toBe("Retain");
  });

  test("the table is on demand, can be restored to a point in time, and forgets by ttl", () => {
    template.hasResourceProperties("AWS::DynamoDB::GlobalTable", {
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      GlobalSecondaryIndexes: Match.absent(),
      Replicas: [
        Match.objectLike({
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          DeletionProtectionEnabled: true,
        }),
      ],
    });
  });

  test("the keys are generated once: the resource that generates them doesn't change", () => {
    template.hasResourceProperties("AWS::SecretsManager::Secret", {
      GenerateSecretString: {
        SecretStringTemplate: '{"id":"k1"}',
        GenerateStringKey: "key",
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    });
  });
});

describe("functions", () => {
  test("there is one for each contract, named after it", () => {
    const names = Object.values(resourcesOf(template, "AWS::Lambda::Function")).map((f) => f.Properties.FunctionName);
    expect(names.sort()).toEqual(contracts.map(({ name }) => `${config.name}-${name}`).sort());
  });

  test.each(contracts)("$name has every variable its contract asks for, and none it does not", (contract) => {
    const { Environment } = functionNamed(contract.name);
    const ofRuntime = /^(POWERTOOLS_|NODE_OPTIONS$|UV_THREADPOOL_SIZE$)/;
    const given = Object.keys(Environment.Variables).filter((name) => !ofRuntime.test(name));
    // Only trials shorten the settings.
    const names = Object.keys(contract.Environment.shape).filter((name) => name !== "DELIVERY_SETTINGS");
    expect(given.sort()).toEqual(names.sort());
  });

  test("ingest alone has options of Node, which leave half of its memory to the processes that read feeds", () => {
    const given = contracts.flatMap(({ name }) => {
      const { NODE_OPTIONS: options } = functionNamed(name).Environment.Variables;
      return options === undefined ? [] : [[name, options]];
    });
    expect(given).toEqual([[ingest.name, "--max-semi-space-size=4 --max-old-space-size=384"]]);
  });

  test("those that fetch from others' servers look up as many names at once as a poll has sources, if none answers", () => {
    const threads = contracts.flatMap(({ name }) => {
      const { UV_THREADPOOL_SIZE: size } = functionNamed(name).Environment.Variables;
      return size === undefined ? [] : [[name, Number(size)] as const];
    });
    expect(threads.map(([name]) => name).sort()).toEqual(["assemble", "command", "desk-command", "ingest", "notices"]);
    // libuv lets half of its threads look names up.
    for (const [, size] of threads) expect(size / 2).toBeGreaterThanOrEqual(32);
  });

  test.each(contracts)("$name runs on Node 24 and its own machine, without reserved concurrency", ({ name }) => {
    const machine = name === pictures.name ? "x86_64" : "arm64";
    expect(functionNamed(name)).toMatchObject({ Architectures: [machine], Runtime: "nodejs24.x" });
    expect(functionNamed(name).ReservedConcurrentExecutions).toBeUndefined();
  });

  test("a function keeps executions of the account for itself only where the config asks for it", () => {
    const reserved = Object.fromEntries(contracts.map(({ name }, at) => [name, at + 1]));
    const asked = resourcesOf(templateOf(makeStack({ ...withNotices, reserved })), "AWS::Lambda::Function");
    const given = Object.values(asked).flatMap(
      ({ Properties: { FunctionName, ReservedConcurrentExecutions: kept } }) =>
        kept === undefined ? [] : [[String(FunctionName).slice(`${config.name}-`.length), kept]],
    );
    expect(Object.fromEntries(given)).toEqual(reserved);
  });

  test("none has an address of its own besides the API", () => {
    template.resourceCountIs("AWS::Lambda::Url", 0);
  });

  test("each may run as long as its contract says", () => {
    const times = contracts.map(({ name, timeout }) => [name, timeout]);
    expect(contracts.map(({ name }) => [name, functionNamed(name).Timeout])).toEqual(times);
  });

  test("a function that waits for another may run longer", () => {
    expect(assemble.timeout).toBeGreaterThan(dispatch.timeout);
    expect(watch.timeout).toBeGreaterThan(dispatch.timeout);
    expect(command.timeout).toBeGreaterThan(Math.max(assemble.timeout, dispatch.timeout, ingest.timeout));
  });

  test("only send goes on by waking itself", () => {
    const loops = contracts.filter(({ name }) => functionNamed(name).RecursiveLoop === "Allow");
    expect(loops.map(({ name }) => name)).toEqual(["send"]);
  });

  test("every log is kept for a limited time", () => {
    for (const log of Object.values(resourcesOf(template, "AWS::Logs::LogGroup"))) {
      expect(log.Properties.RetentionInDays).toBeGreaterThanOrEqual(30);
    }
    for (const { name } of contracts) {
      const group = String(functionNamed(name).LoggingConfig.LogGroup.Ref);
      expect(resourcesOf(template, "AWS::Logs::LogGroup")).toHaveProperty(group);
    }
  });
});

test.each([send, feedback, requests, notices])(
  "at most so many $name run at once as its contract says",
  ({ name, trigger }) => {
    const functions = Object.entries(resourcesOf(template, "AWS::Lambda::Function"));
    const [id] = functions.find(([, { Properties }]) => Properties.FunctionName === `${config.name}-${name}`) ?? [];
    const all = Object.values(resourcesOf(template, "AWS::Lambda::EventSourceMapping"));
    const own = all.filter(({ Properties }) => JSON.stringify(Properties.FunctionName) === JSON.stringify({ Ref: id }));
    expect(own).toHaveLength(1);
    expect(own[0]?.Properties).toMatchObject({
      BatchSize: trigger.batchSize,
      ScalingConfig: { MaximumConcurrency: trigger.maxConcurrency },
    });
  },
);

describe("the sender is woken", () => {
  test("with several senders, by two kicks for each at once, and with a whole processor each", () => {
    const { memory, maxConcurrency } = send.sizeFor({ senders: 4 });
    expect([memory, maxConcurrency]).toEqual([1769, 8]);
    expect(send.sizeFor({ senders: 1 })).toEqual({ memory: send.memory, maxConcurrency: 2 });
  });

  test("by a queue that hides a kick for longer than a run", () => {
    template.hasResourceProperties("AWS::SQS::Queue", {
      QueueName: `${config.name}-kicks`,
      VisibilityTimeout: send.trigger.visibility,
    });
    expect(send.trigger.visibility).toBeGreaterThan(send.timeout);
  });
});

describe("SES's events", () => {
  test("are processed by the thousand, and only failed ones are retried", () => {
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      BatchSize: 1_000,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  test("is hidden for as long as AWS advises, and a dead letter before an unanswered call is resolved", () => {
    const { timeout } = feedback;
    const { visibility, attempts } = feedback.trigger;
    template.hasResourceProperties("AWS::SQS::Queue", {
      QueueName: `${config.name}-feedback`,
      VisibilityTimeout: visibility,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: attempts }),
    });
    expect(visibility).toBeGreaterThanOrEqual(6 * timeout);
    expect(visibility * attempts).toBeLessThan(config.delivery.settleSeconds);
  });
});

describe("the clock", () => {
  test("has no schedule in a local zone: watch computes when an edition is due", () => {
    const stack = makeStack({ newsletters: { daily: newsletter({ timeZone: "America/New_York", sendAt: "06:05" }) } });
    const found = Object.values(templateOf(stack).findResources("AWS::Scheduler::Schedule"));
    expect(found).toHaveLength(3);
    for (const { Properties } of found) {
      expect(Properties.ScheduleExpression).toMatch(/^rate\(/);
      expect(Properties).not.toHaveProperty("ScheduleExpressionTimezone");
    }
  });

  test("wakes every function whose contract says how often, ingest, requests and watch among them", () => {
    const woken = contracts.flatMap(({ name, trigger }) => ("every" in trigger ? [{ name, trigger }] : []));
    expect(woken.map(({ name }) => name)).toEqual(["ingest", "requests", "watch"]);
    for (const { name, trigger } of woken) {
      template.hasResourceProperties("AWS::Scheduler::Schedule", {
        Name: `${config.name}-${name}`,
        ScheduleExpression: `rate(${trigger.every})`,
      });
    }
  });
});

describe("calendar files of the config", () => {
  test("are those that its newsletters skip", () => {
    const changed = defineConfig({
      ...config,
      newsletters: { daily: newsletter({ skip: ["2026-12-25", "calendars/uk.ics"] }) },
    });
    expect(calendarFiles(changed)).toEqual(["calendars/uk.ics"]);
  });
});

describe("failed asynchronous work is never lost without a trace", () => {
  test("a step of an edition that failed is kept", () => {
    const kept = asynchronous().filter((properties) => properties.DestinationConfig !== undefined);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept[0]?.FunctionName)).toContain("assemble");
  });

  test("what runs every few minutes keeps no failure: one would hide later ones for 14 days", () => {
    const often = schedules().filter(({ Target }) => Target.Input === "{}");
    expect(often).toHaveLength(3);
    for (const { Target } of often) expect(Target.DeadLetterConfig).toBeUndefined();
    const unkept = asynchronous().filter((properties) => properties.DestinationConfig === undefined);
    expect(unkept.map((properties) => properties.MaximumRetryAttempts)).toEqual([0, 0, 0]);
  });

  test("every queue has a dead-letter queue or is one, and every dead-letter queue has an alarm, except for lost kicks", () => {
    const queues = Object.entries(resourcesOf(template, "AWS::SQS::Queue"));
    const dead = queues.filter(([, queue]) => queue.Properties.RedrivePolicy === undefined).map(([id]) => id);
    expect(dead.map((id) => resourcesOf(template, "AWS::SQS::Queue")[id]?.Properties.QueueName).sort()).toEqual([
      `${config.name}-clock-dead`,
      `${config.name}-feedback-dead`,
      `${config.name}-kicks-dead`,
      `${config.name}-notices-dead`,
      `${config.name}-requests-dead`,
    ]);
    const withAlarm = dead.filter((id) => {
      const of = { Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": [id, "QueueName"] } }] };
      return Object.keys(template.findResources("AWS::CloudWatch::Alarm", { Properties: of })).length > 0;
    });
    expect(dead.filter((id) => !withAlarm.includes(id))).toEqual([expect.stringContaining("kicks")]);
  });
});

describe("the operator", () => {
  test("is mailed if the config names one, except for alarms that are only worth a look", () => {
    const alarms = Object.values(
      resourcesOf(templateOf(makeStack({ operator: "op@example.org", ...withNotices })), "AWS::CloudWatch::Alarm"),
    );
    const silent = alarms.filter(({ Properties }) => Properties.AlarmActions === undefined);
    expect(silent.map(({ Properties }) => Properties.AlarmName)).toEqual([`${config.name}-notices-dead-letters`]);
  });

  test("is no one by default, and the synthesis says that alarms then reach no one", () => {
    template.resourceCountIs("AWS::SNS::Topic", 0);
    const warned = (changes: object) =>
      Annotations.fromStack(makeStack(changes)).findWarning("*", Match.stringLikeRegexp("names no operator"));
    expect(warned({})).toHaveLength(1);
    expect(warned({ operator: "op@example.org" })).toEqual([]);
  });

  test("is mailed when the bill nears a sum, if the config says so", () => {
    template.resourceCountIs("AWS::Budgets::Budget", 0);
    const changes = { operator: "op@example.org", budget: { dollarsPerMonth: 20 } };
    templateOf(makeStack(changes)).hasResourceProperties("AWS::Budgets::Budget", {
      Budget: { BudgetLimit: { Amount: 20, Unit: "USD" }, BudgetType: "COST", TimeUnit: "MONTHLY" },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: "ACTUAL", Threshold: 80 },
          Subscribers: [{ Address: "op@example.org", SubscriptionType: "EMAIL" }],
        },
        { Notification: { NotificationType: "FORECASTED", Threshold: 100 } },
      ],
    });
  });

  test("gets an alarm when Lambda throttles", () => {
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: `${config.name}-throttles`,
      Namespace: "AWS/Lambda",
      MetricName: "Throttles",
      Dimensions: Match.absent(),
    });
  });

  test("gets an alarm when readers don't have an edition, or when that isn't known", () => {
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: `${config.name}-no-edition`,
      MetricName: "MissingEditions",
      TreatMissingData: "breaching",
    });
    template.hasResourceProperties("AWS::Logs::MetricFilter", {
      FilterPattern: `{ $.message = "${watch.expectedLine}" }`,
      MetricTransformations: [Match.objectLike({ MetricName: "MissingEditions", MetricValue: "$.missing" })],
    });
  });

  test("gets an alarm for a website that fails for its few visitors", () => {
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: `${config.name}-site-failures`,
      EvaluationPeriods: 12,
      DatapointsToAlarm: 2,
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: "IF(failures > 0 AND failures * 20 >= visits, 1, 0)" }),
      ]),
    });
  });
});

describe("the website", () => {
  test("logs neither paths nor clients, because a path can contain a reader's token", () => {
    const [stage] = Object.values(resourcesOf(template, "AWS::ApiGatewayV2::Stage"));
    const format = JSON.stringify(stage?.Properties.AccessLogSettings);
    expect(format).toContain("$context.routeKey");
    expect(format).not.toMatch(/\$context\.(path|identity)/);
  });

  test("has a domain of its own at API Gateway where the config leaves CloudFront out", () => {
    const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const own = templateOf(makeStack({ site: { domain: "news.example.org", certificate, cloudFront: false } }));
    own.hasResourceProperties("AWS::ApiGatewayV2::DomainName", { DomainName: "news.example.org" });
    own.hasOutput("SiteUrl", { Value: "https://news.example.org" });
    expect(Object.keys(own.findOutputs("*")).filter((name) => name.includes("DnsSite"))).toHaveLength(1);
    own.hasResourceProperties("AWS::Lambda::Function", {
      Environment: { Variables: { SITE_URL: "https://news.example.org" } },
    });
  });
});

describe("pushing articles", () => {
  const routes = push.trigger.routes.map(({ method, path }) => `${method} ${path}`);

  test("has routes of its own on the website's address, and they lead to push", () => {
    const integrations = resourcesOf(template, "AWS::ApiGatewayV2::Integration");
    const [pushId] = Object.entries(resourcesOf(template, "AWS::Lambda::Function")).find(
      ([, { Properties }]) => Properties.FunctionName === `${config.name}-push`,
    ) ?? [""];
    for (const key of routes) {
      const [route] = Object.values(
        template.findResources("AWS::ApiGatewayV2::Route", { Properties: { RouteKey: key } }),
      );
      const target = JSON.stringify(route?.Properties.Target);
      const [, integration] = Object.entries(integrations).find(([id]) => target.includes(`"${id}"`)) ?? [];
      expect(JSON.stringify(integration?.Properties)).toContain(`"${pushId}"`);
    }
  });

  test("the website is limited in rate for all clients together", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
  });

  test("is limited in rate, once the routes are there", () => {
    const limit = { ThrottlingRateLimit: push.trigger.rate, ThrottlingBurstLimit: push.trigger.burst };
    const [stage] = Object.values(
      template.findResources("AWS::ApiGatewayV2::Stage", {
        Properties: { RouteSettings: Object.fromEntries(routes.map((key) => [key, limit])) },
      }),
    );
    const ids = Object.entries(template.findResources("AWS::ApiGatewayV2::Route")).flatMap(([id, { Properties }]) =>
      routes.includes(Properties.RouteKey) ? [id] : [],
    );
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(ids));
    expect(ids).toHaveLength(routes.length);
  });
});

test("the emulator gets all but what it lacks", () => {
  const emulated = templateOf(makeStack(withNotices, true)).toJSON().Resources;
  const { Resources } = template.toJSON();
  expect(Object.keys(emulated).filter((id) => !(id in Resources))).toEqual([]);
  const missing = Object.keys(Resources).filter((id) => !(id in emulated));
  // An alarm on a share, made of two metrics; how sign-in pages look; seven policies that ask for TLS and nothing else;
  // what is in front of the website, whose name would not resolve.
  expect(missing.map((id) => Resources[id].Type).sort()).toEqual([
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::OriginRequestPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::Cognito::ManagedLoginBranding",
    ...Array.from({ length: 7 }, () => "AWS::SQS::QueuePolicy"),
    "AWS::SecretsManager::Secret",
  ]);
});

type FunctionProperties = {
  FunctionName: string;
  Timeout: number;
  RecursiveLoop?: string;
  ReservedConcurrentExecutions?: number;
  Environment: { Variables: Record<string, unknown> };
  LoggingConfig: { LogGroup: { Ref: string } };
};

function functionNamed(name: string): FunctionProperties {
  const found = Object.values(
    template.findResources("AWS::Lambda::Function", { Properties: { FunctionName: `${config.name}-${name}` } }),
  );
  if (found.length !== 1) throw new Error(`There are ${found.length} functions called ${name}.`);
  return found[0]?.Properties;
}

const asynchronous = () =>
  Object.values(resourcesOf(template, "AWS::Lambda::EventInvokeConfig")).map(({ Properties }) => Properties);

const schedules = (): { Target: { Input: string; DeadLetterConfig?: { Arn: unknown } } }[] =>
  Object.values(template.findResources("AWS::Scheduler::Schedule")).map(({ Properties }) => Properties);
