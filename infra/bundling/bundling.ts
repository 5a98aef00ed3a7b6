import { type BundlingOptions, Charset, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import type { Config } from "../deployment.ts";
import { aliases, esbuildOptions, root } from "./esbuild-options.ts";

/** The same for CDK, which runs esbuild at synth. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: esbuildOptions.target,
  mainFields: esbuildOptions.mainFields,
  define: esbuildOptions.define,
  minify: esbuildOptions.minify,
  charset: Charset.UTF8,
  banner: esbuildOptions.banner.js,
  loader: esbuildOptions.loader,
  esbuildArgs: Object.fromEntries(Object.entries(aliases).map(([name, path]) => [`--alias:${name}`, path])),
  externalModules: esbuildOptions.external,
  sourceMap: false,
};

type Beside = {
  /** Modules with machine code, for one architecture. */
  modules?: readonly string[];
  architecture?: { name: string };
  /** Files by their paths in the repository. */
  files?: readonly string[];
};

/** The same with modules or files beside the one file. */
export const bundlingWith = ({ modules = [], architecture, files = [] }: Beside): BundlingOptions => ({
  ...bundling,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_: string, output: string) => [
      ...(architecture === undefined || modules.length === 0
        ? []
        : [`node "${root}infra/bundling/carry.js" "${output}" ${architecture.name} ${modules.join(" ")}`]),
      ...(files.length === 0
        ? []
        : [
            `node "${root}infra/bundling/copy-files.js" "${root}" "${output}" ${files.map((file) => `"${file}"`).join(" ")}`,
          ]),
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
      `"${process.execPath}" "${root}infra/bundling/bundle-feed-worker.ts" "${output}"`,
    ],
  },
};

/** The calendar files that the config names: what computes due times reads them. */
export const calendarFiles = ({ newsletters }: Config): string[] => [
  ...new Set(
    Object.values(newsletters).flatMap(({ skip }) =>
      skip.filter((one) => typeof one === "string").filter((one) => one.toLowerCase().endsWith(".ics")),
    ),
  ),
];
