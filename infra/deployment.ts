import type { Code } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Config } from "#domain/config.ts";
import type { Beside } from "./bundling/beside.ts";

export type { Config };

/** Where functions' code comes from: a checkout bundles its sources, the package for others has bundles that are made. */
export type CodeOf = (config: Config) => (name: string, beside: Beside) => Code;

/** What every construct of one deployment needs to know. */
export type Deployment = {
  config: Config;
  codeOf: ReturnType<CodeOf>;
  /**
   * True in the AWS emulator of the end-to-end tests, which speaks plain HTTP, makes no DKIM keys and cannot deploy
   * alarms made of several metrics.
   */
  emulator: boolean;
  /** Where alarms go; undefined when the config names no operator. */
  operator: ITopic | undefined;
};

/** Seconds and megabytes of a function. */
export type Size = { timeout: number; memory: number };
