import type { Code } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Config } from "#domain/config.ts";
import type { Beside } from "./bundling/beside.ts";

export type { Config };

/** The source of functions' code: a checkout bundles its sources; the package contains finished bundles. */
export type CodeOf = (config: Config) => (name: string, beside: Beside) => Code;

/** Context of all constructs of a deployment. */
export type Deployment = {
  config: Config;
  codeOf: ReturnType<CodeOf>;
  /**
   * True in the end-to-end tests' AWS emulator, which uses plain HTTP, makes no DKIM keys and can't deploy alarms with
   * several metrics.
   */
  emulator: boolean;
  /** The topic of alarms; undefined: the config has no operator. */
  operator: ITopic | undefined;
};
