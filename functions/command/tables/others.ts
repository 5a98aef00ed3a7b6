// One chunk for commands that are seldom given: each further one splits what it shares into small files.
export { operatingTable } from "./operating.ts";
export { sendingTable } from "./sending.ts";
export { sourceTable } from "./sources.ts";
