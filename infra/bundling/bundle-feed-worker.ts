/** `node infra/bundling/bundle-feed-worker.ts OUTPUT`: puts the process that reads feeds beside a function's file. CDK runs it at synth. */
import { join } from "node:path";
import { build } from "esbuild";
import { esbuildOptions, feedWorker, root } from "./esbuild-options.ts";

const [output] = process.argv.slice(2);
if (output === undefined) throw new Error("Give the folder that holds the function's file.");
await build({
  ...esbuildOptions,
  entryPoints: [feedWorker.entry],
  outfile: join(output, feedWorker.file),
  absWorkingDir: root,
  logLevel: "error",
});
