import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { config } from "#broadsheet.config.ts";

export type Config = typeof config;

/** What every construct of one deployment needs to know. */
export type Deployment = {
  config: Config;
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
