import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { type Carried, carry } from "./carry.ts";
import { writeConfigData } from "./config-data.ts";
import { chunked, entryOf, esbuildOptions, feedWorker, root } from "./esbuild-options.ts";

/** What lies in a function's folder besides its own code. */
export type Beside = {
  /** Modules with machine code, which cannot be part of a bundle. */
  carries?: Carried;
  /** Files by their paths in the repository. */
  files?: readonly string[];
  /** The process that reads feeds, which starts from a file of its own. */
  hasFeedWorker?: boolean;
};

/** Fills a folder with what is deployed of a function. */
export function bundleFunction(name: string, output: string, { carries, files = [], hasFeedWorker }: Beside = {}) {
  const { metafile } = bundleCode(name, output);
  if (hasFeedWorker) bundleFeedWorker(output);
  if (carries !== undefined) carry(carries, output);
  for (const file of files) {
    mkdirSync(dirname(join(output, file)), { recursive: true });
    cpSync(join(root, file), join(output, file));
  }
  return metafile;
}

/** A function's own code: index.mjs, and a chunk for what it imports only when it needs it. */
export function bundleCode(name: string, output: string, { minify = true } = {}): { metafile: Metafile } {
  writeConfigData();
  return buildSync({ ...esbuildOptions, ...chunked, minify, entryPoints: { index: entryOf(name) }, outdir: output });
}

/** Puts the process that reads feeds beside a function's code. */
export function bundleFeedWorker(output: string): void {
  buildSync({ ...esbuildOptions, entryPoints: [feedWorker.entry], outfile: join(output, feedWorker.file) });
}

type Output = Metafile["outputs"][string];

/** The files that are read as the function starts: the entry, what it imports, what that imports in turn. */
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
