import { startData } from "#local/data/start.ts";

/** A table for a bench, in a process of its own. Prints its address, and ends with its parent. */
const { url } = await startData({ port: 0, table: "broadsheet" });
console.log(url);
process.on("disconnect", () => process.exit());
