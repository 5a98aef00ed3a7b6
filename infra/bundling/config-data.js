/**
 * Replaces broadsheet.config.ts in bundles: the checked config as data, with defaults, is put in for this name.
 * Checking the file at each cold start, with all its schemas, would take as long as importing the DynamoDB client.
 */
// @ts-expect-error: the bundler defines it.
export const config = BROADSHEET_CONFIG;
