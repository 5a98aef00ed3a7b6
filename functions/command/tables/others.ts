// One chunk for rarely used commands, because each further chunk splits shared code into more small files.
export { operatingTable } from "./operating.ts";
export { sendingTable } from "./sending.ts";
export { sourceTable } from "./sources.ts";
