import { config } from "#broadsheet.config.ts";

/**
 * The region of the deployed system: --region, else the config's, else the shell's. AWS_DEFAULT_REGION is what the AWS
 * CLI reads and the SDK for JavaScript doesn't.
 */
export const regionOf = (given: string | undefined, environment = process.env): string | undefined =>
  given ?? config.region ?? regionOfShell(environment);

/** The region that the AWS CLI takes by itself. */
export const regionOfShell = (environment = process.env): string | undefined =>
  environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined;
