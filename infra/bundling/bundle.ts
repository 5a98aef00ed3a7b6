import { join } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { config as checkoutConfig } from "#broadsheet.config.ts";
import type { Config } from "../deployment.ts";
import { configName } from "../package/layout.ts";
import { type Beside, putBeside } from "./beside.ts";
import { aliasesOf, chunked, entryOf, esbuildOptions, feedWorker, root } from "./esbuild-options.ts";
import { writeSlimPackages } from "./slim-packages.ts";

/** Fills a folder with a function's deployed files. */
export function bundleFunction(name: string, output: string, beside: Beside = {}, config: Config = checkoutConfig) {
  const { metafile } = bundleCode(name, output, { config });
  if (beside.hasFeedWorker) bundleFeedWorker(output);
  putBeside(output, beside, { files: root, modules: root });
  return metafile;
}

type CodeOptions = {
  minify?: boolean;
  /** Default: the checkout's. `later`: it is put in for its name when the function is deployed. */
  config?: Config | "later";
};

/** A function's code: index.mjs, and chunks for what it imports only when needed. */
export function bundleCode(
  name: string,
  output: string,
  { minify = true, config = checkoutConfig }: CodeOptions = {},
): { metafile: Metafile } {
  writeSlimPackages();
  const { define } = esbuildOptions;
  return buildSync({
    ...esbuildOptions,
    ...chunked,
    minify,
    alias: aliasesOf(name),
    define: config === "later" ? define : { ...define, [configName]: JSON.stringify(config) },
    entryPoints: { index: entryOf(name) },
    outdir: output,
  });
}

/** Adds the process that reads feeds to a function's code. */
export function bundleFeedWorker(output: string): { metafile: Metafile } {
  return buildSync({ ...esbuildOptions, entryPoints: [feedWorker.entry], outfile: join(output, feedWorker.file) });
}

type Output = Metafile["outputs"][string];

/** The files read at the function's start: the entry and all its static imports. */
export function loadedAtStart({ outputs }: Metafile): Output[] {
  const entry = Object.keys(outputs).find((path) => path.endsWith("/index.mjs"));
  const paths = new Set(entry === undefined ? [] : [entry]);
  for (const path of paths) {
    for (const { kind, path: imported } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && imported in outputs) paths.add(imported);
    }
  }
  return [...paths].flatMap((path) => outputs[path] ?? []);
}
