import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import * as z from "zod";
import { calendarFiles } from "./calendar-files.ts";
import type { Deployment } from "./deployment.ts";

/** Seconds and megabytes; CPU comes with memory, a whole one at 1,769 MB. */
type Contract = {
  name: string;
  timeout: number;
  memory: number;
  /** Node's own options. */
  nodeOptions?: readonly string[];
  Environment: z.ZodObject;
};

type FunctionSpec<C extends Contract> = {
  contract: C;
  /** Every variable the contract asks for. */
  environment: z.input<C["Environment"]>;
  /** Set if a function continues by sending itself messages, which Lambda would otherwise stop after 16 rounds. */
  maySendToItself?: boolean;
  /** Set if it computes due times; the config's calendar files are then next to the code. */
  readsCalendars?: boolean;
  /** Native modules, which are next to the bundle. */
  carries?: { modules: readonly string[]; architecture: Architecture };
  /** Set if it fetches from others' servers. */
  fetches?: boolean;
  /** Set if it reads feeds or pushed articles; the process for that has a file next to the function's code. */
  readsFeeds?: boolean;
};

/**
 * A name whose server doesn't answer keeps a thread for up to 20 seconds, and half of the threads look names up: of
 * Node's usual four, two such names would keep all others from being fetched. Now as many as a poll has sources at once.
 */
const THREADS = "64";

/** One Lambda from `functions/<name>/handler.ts`, with a role and a log group of its own. */
export function makeFunction<C extends Contract>(
  scope: Construct,
  deployment: Deployment,
  spec: FunctionSpec<C>,
): LambdaFunction {
  const { name, nodeOptions = [] } = spec.contract;
  const functionName = `${deployment.config.name}-${name}`;
  const reserved = new Map(Object.entries(deployment.config.reserved)).get(name);
  const construct = new Construct(scope, name);
  // Three months, longer than point-in-time recovery, because unsubscriptions are replayed from the log after a
  // restore.
  const logGroup = new LogGroup(construct, "Log", {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(construct, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  return new LambdaFunction(construct, "Function", {
    functionName,
    handler: "index.handler",
    code: deployment.codeOf(name, {
      ...(spec.carries === undefined ? {} : { carries: spec.carries }),
      files: spec.readsCalendars ? calendarFiles(deployment.config) : [],
      hasFeedWorker: spec.readsFeeds === true,
    }),
    runtime: Runtime.NODEJS_24_X,
    architecture: spec.carries?.architecture ?? Architecture.ARM_64,
    memorySize: spec.contract.memory,
    timeout: Duration.seconds(spec.contract.timeout),
    environment: {
      ...z.record(z.string(), z.string()).parse(spec.environment),
      ...(nodeOptions.length > 0 && { NODE_OPTIONS: nodeOptions.join(" ") }),
      ...(spec.fetches && { UV_THREADPOOL_SIZE: THREADS }),
      POWERTOOLS_SERVICE_NAME: name,
    },
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
    ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    ...(spec.maySendToItself ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
  });
}

/** Allows `who` to invoke exactly `fn`, not its versions. */
export function allowInvoke(who: IGrantable, fn: IFunction): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [fn.functionArn] }),
  );
}

/** Allows an action that only the whole account can be given for. `because`: why, after "the statement's only action,". */
export function allowOnAccount(fn: LambdaFunction, action: string, because: string): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: ["*"] }));
  if (fn.role === undefined) return;
  Validations.of(fn.role).acknowledge({
    id: "AwsSolutions-IAM5[Resource::*]",
    reason: `${action}, the statement's only action, ${because}.`,
  });
}
