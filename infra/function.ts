import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  type Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import * as z from "zod";
import { bundling, bundlingWith, calendarFiles, withFeedWorker } from "./bundling/bundling.ts";
import { writeConfigData } from "./bundling/config-data.ts";
import { entryOf, root } from "./bundling/esbuild-options.ts";
import type { Deployment } from "./deployment.ts";

/** Seconds and megabytes; CPU comes with memory, a whole one at 1,769 MB. */
type Contract = { name: string; timeout: number; memory: number; Environment: z.ZodObject };

type FunctionSpec<C extends Contract> = {
  contract: C;
  /** Every variable the contract asks for. */
  environment: z.input<C["Environment"]>;
  /** Set where a function goes on by sending itself a message, which Lambda would cut off after 16 rounds. */
  maySendToItself?: boolean;
  /** Set where due times are computed: the config's calendar files lie beside the code. */
  readsCalendars?: boolean;
  /** Modules with machine code, which cannot be part of the one file: they lie beside it. */
  carries?: Carried;
  /** Set where it reads feeds or pushed articles: the process that does it starts from a file beside the function's file. */
  readsFeeds?: boolean;
};

type Carried = { modules: readonly string[]; architecture: Architecture };

/** One Lambda from `functions/<name>/handler.ts`, with a role and a log group of its own. */
export function makeFunction<C extends Contract>(
  scope: Construct,
  deployment: Deployment,
  spec: FunctionSpec<C>,
): LambdaFunction {
  const { name } = spec.contract;
  const functionName = `${deployment.config.name}-${name}`;
  const construct = new Construct(scope, name);
  // Three months: longer than point-in-time recovery reaches back, because each unsubscription is also a log line,
  // from which it is replayed after a restore.
  const logGroup = new LogGroup(construct, "Log", {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(construct, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  return new NodejsFunction(construct, "Function", {
    functionName,
    entry: entryOf(name),
    projectRoot: root,
    depsLockFilePath: `${root}package-lock.json`,
    bundling: bundlingOf(spec, deployment),
    runtime: Runtime.NODEJS_24_X,
    architecture: spec.carries?.architecture ?? Architecture.ARM_64,
    memorySize: spec.contract.memory,
    timeout: Duration.seconds(spec.contract.timeout),
    environment: { ...z.record(z.string(), z.string()).parse(spec.environment), POWERTOOLS_SERVICE_NAME: name },
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
    ...(spec.maySendToItself ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
  });
}

function bundlingOf<C extends Contract>(
  { carries, readsCalendars, readsFeeds }: FunctionSpec<C>,
  { config }: Deployment,
) {
  writeConfigData();
  if (readsFeeds) return withFeedWorker;
  const files = readsCalendars ? calendarFiles(config) : [];
  return carries === undefined && files.length === 0 ? bundling : bundlingWith({ ...carries, files });
}

/** Allows `who` to invoke exactly `fn`, not its versions. */
export function allowInvoke(who: IGrantable, fn: LambdaFunction): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [fn.functionArn] }),
  );
}
