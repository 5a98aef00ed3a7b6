import { parentPort } from "node:worker_threads";
import { tellSeed } from "./tally.ts";

/** Tells the stories of the seeds it is given. */
parentPort?.on("message", async (seeds: readonly number[]) => {
  const told = [];
  for (const seed of seeds) told.push(await tellSeed(seed));
  parentPort?.postMessage(told);
});
