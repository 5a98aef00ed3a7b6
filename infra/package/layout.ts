/** Names shared by the package's build and its code. */

/** The placeholder for the config in a bundle. */
export const configName = "BROADSHEET_CONFIG";

/** The file of the process that reads feeds, next to a function's code. */
export const feedWorkerFile = "feed-worker.mjs";
