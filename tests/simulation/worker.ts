import { parentPort } from "node:worker_threads";
import { runSeed } from "./tally.ts";

/** Runs the stories of the seeds it is given. */
parentPort?.on("message", async ({ seeds, several }: { seeds: readonly number[]; several: boolean }) => {
  const results = [];
  for (const seed of seeds) results.push(await runSeed(seed, several));
  parentPort?.postMessage(results);
});
