import { setTimeout as sleep } from "node:timers/promises";
import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  paginateListStackResources,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { type BootstrapFacts, isLeftOver, type StackFacts } from "#domain/doctor/diagnose-stack.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** Short, because a person is waiting. Milliseconds. */
const LIMITS: TimeLimits = { attempt: 8_000, call: 20_000 };
/** CloudFormation compares about two hundred resources, which takes a minute or two. Milliseconds. */
const DRIFT_MS = 240_000;

export type Where = { region?: string | undefined; endpoint?: string | undefined };

const settingsOf = ({ region, endpoint }: Where) => ({
  ...attemptLimit(LIMITS),
  maxAttempts: 2,
  ...(region === undefined ? {} : { region }),
  ...(endpoint === undefined ? {} : { endpoint }),
});

/** Runs something with a client, and closes it. */
async function withCloudFormation<T>(where: Where, run: (client: CloudFormationClient) => Promise<T>): Promise<T> {
  const client = withTimeLimit(new CloudFormationClient(settingsOf(where)), LIMITS.call);
  try {
    return await run(client);
  } finally {
    client.destroy();
  }
}

async function describe(client: CloudFormationClient, name: string) {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stack;
  } catch (error) {
    if (error instanceof Error && error.name === "ValidationError" && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

/** Whether a first deployment has what it needs, and no conflicting resources. */
export const readBootstrap = (stack: string, where: Where = {}): Promise<BootstrapFacts> =>
  withCloudFormation(where, async (client) => {
    const [toolkit, own] = await Promise.all([describe(client, "CDKToolkit"), describe(client, stack)]);
    const status = own?.StackStatus ?? "";
    return {
      bootstrapped: toolkit !== undefined,
      leftOver: isLeftOver(status) ? status : null,
    };
  });

const outputsOf = ({ Outputs = [] }: Pick<Stack, "Outputs">): ReadonlyMap<string, string> =>
  new Map(Outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));

/** The outputs of a stack by name; undefined: there is no such stack. */
export const readOutputs = (stack: string, where: Where = {}): Promise<ReadonlyMap<string, string> | undefined> =>
  withCloudFormation(where, async (client) => {
    const own = await describe(client, stack);
    return own && outputsOf(own);
  });

/**
 * Reads the state of a deployed stack. Changes nothing.
 * @param findDrift whether to look for resources that were changed by hand, which takes a minute or two
 * @returns undefined: there is no such stack
 */
export const readStack = (
  stack: string,
  { findDrift, ...where }: Where & { findDrift: boolean },
): Promise<StackFacts | undefined> =>
  withCloudFormation(where, async (client) => {
    const own = await describe(client, stack);
    if (own === undefined) return undefined;
    const outputs = outputsOf(own);
    const [alarms, subscriptions, table, drift] = await Promise.all([
      readAlarms(`${stack}-`, where),
      readSubscriptions(client, stack, where),
      readTable(outputs.get("TableName"), where),
      findDrift ? readDrift(client, stack) : null,
    ]);
    return { name: stack, status: own.StackStatus ?? "", outputs, alarms, subscriptions, table, drift };
  });

async function readAlarms(prefix: string, where: Where): Promise<StackFacts["alarms"]> {
  const client = withTimeLimit(new CloudWatchClient(settingsOf(where)), LIMITS.call);
  try {
    const alarms = [];
    for await (const page of paginateDescribeAlarms({ client }, { AlarmNamePrefix: prefix }))
      alarms.push(...(page.MetricAlarms ?? []));
    return alarms.map(({ AlarmName = "", StateValue = "", ActionsEnabled = true }) => ({
      ...{ name: AlarmName, state: StateValue, armed: ActionsEnabled },
    }));
  } finally {
    client.destroy();
  }
}

async function readTable(TableName: string | undefined, where: Where): Promise<StackFacts["table"]> {
  if (TableName === undefined) return null;
  const client = withTimeLimit(new DynamoDBClient(settingsOf(where)), LIMITS.call);
  try {
    const [{ Table }, { ContinuousBackupsDescription: backups }, { TimeToLiveDescription: ttl }] = await Promise.all([
      client.send(new DescribeTableCommand({ TableName })),
      client.send(new DescribeContinuousBackupsCommand({ TableName })),
      client.send(new DescribeTimeToLiveCommand({ TableName })),
    ]);
    return {
      name: TableName,
      recovery: backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === "ENABLED",
      forgets: /^ENABL/.test(ttl?.TimeToLiveStatus ?? ""),
      protected: Table?.DeletionProtectionEnabled === true,
    };
  } catch (error) {
    // Then the system can't answer either, and says so.
    if (error instanceof Error && error.name === "ResourceNotFoundException") return null;
    throw error;
  } finally {
    client.destroy();
  }
}

async function readSubscriptions(
  cloudFormation: CloudFormationClient,
  stack: string,
  where: Where,
): Promise<StackFacts["subscriptions"]> {
  const topic = await topicOf(cloudFormation, stack);
  if (topic === undefined) return null;
  const client = withTimeLimit(new SNSClient(settingsOf(where)), LIMITS.call);
  try {
    const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: topic }));
    const { SubscriptionsConfirmed, SubscriptionsPending } = Attributes;
    return { confirmed: Number(SubscriptionsConfirmed ?? 0), pending: Number(SubscriptionsPending ?? 0) };
  } finally {
    client.destroy();
  }
}

async function topicOf(client: CloudFormationClient, stack: string): Promise<string | undefined> {
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: stack })) {
    const topic = StackResourceSummaries.find(({ ResourceType }) => ResourceType === "AWS::SNS::Topic");
    if (topic !== undefined) return topic.PhysicalResourceId;
  }
  return undefined;
}

async function readDrift(client: CloudFormationClient, stack: string): Promise<StackFacts["drift"]> {
  const begun = Date.now();
  const { StackDriftDetectionId: id } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
  for (;;) {
    const { DetectionStatus } = await client.send(
      new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }),
    );
    if (DetectionStatus !== "DETECTION_IN_PROGRESS") break;
    if (Date.now() - begun > DRIFT_MS) return null;
    await sleep(3_000);
  }
  const { StackResourceDrifts = [] } = await client.send(
    new DescribeStackResourceDriftsCommand({
      StackName: stack,
      StackResourceDriftStatusFilters: ["MODIFIED", "DELETED"],
      MaxResults: 100,
    }),
  );
  return StackResourceDrifts.map(({ LogicalResourceId = "", ResourceType = "", StackResourceDriftStatus }) => ({
    ...{ resource: LogicalResourceId, type: ResourceType, deleted: StackResourceDriftStatus === "DELETED" },
  }));
}
