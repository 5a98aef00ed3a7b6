import { type BundlingOptions, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { esbuildOptions, root } from "./esbuild-options.ts";

/** The same for CDK, which runs esbuild at synth. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: esbuildOptions.target,
  mainFields: esbuildOptions.mainFields,
  minify: esbuildOptions.minify,
  banner: esbuildOptions.banner.js,
  externalModules: esbuildOptions.external,
  sourceMap: false,
};

/** The same where modules with machine code lie beside the file. Their architecture is that of the function. */
export const carrying = ({
  modules,
  architecture,
}: {
  modules: readonly string[];
  architecture: { name: string };
}) => ({
  ...bundling,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_: string, output: string) => [
      `node "${root}infra/carry.js" "${output}" ${architecture.name} ${modules.join(" ")}`,
    ],
  },
});

/** The same with the process that reads feeds as a file beside the function's. */
export const withFeedWorker: BundlingOptions = {
  ...bundling,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_: string, output: string) => [
      `"${process.execPath}" "${root}infra/bundle-feed-worker.ts" "${output}"`,
    ],
  },
};
