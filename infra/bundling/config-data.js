/**
 * What bundles have in place of broadsheet.config.ts: the checked config as data, defaults filled in, put in for this name.
 * A function would check the same file at each cold start, with all the schemas for it: as long as to import the
 * DynamoDB client.
 */
// @ts-expect-error: the bundler defines it.
export const config = BROADSHEET_CONFIG;
