/** Names that the build of the package and the code in it agree on. */

/** What a bundle has where the config goes. */
export const configName = "BROADSHEET_CONFIG";

/** The process that reads feeds, as it lies beside a function's code. */
export const feedWorkerFile = "feed-worker.mjs";
