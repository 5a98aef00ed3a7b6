import { build } from "esbuild";
import { writeConfigData } from "#infra/bundling/config-data.ts";
import { entryOf, esbuildOptions, root } from "#infra/bundling/esbuild-options.ts";

export type Bundle = {
  /** Bytes of the file that is deployed. */
  bytes: number;
  /** The files it is made of, from the repository's root. */
  inputs: string[];
  /** The part of it that is ours, readable: what is left of our rooms when all that is unused is gone. */
  ours: string;
};

/** Bundles a function as CDK does. */
export async function bundle(functionName: string): Promise<Bundle> {
  writeConfigData();
  const options = { ...esbuildOptions, entryPoints: [entryOf(functionName)], absWorkingDir: root };
  const [deployed, readable] = await Promise.all([
    build({ ...options, write: false, metafile: true }),
    build({ ...options, write: false, minify: false }),
  ]);
  return {
    bytes: deployed.outputFiles[0]?.contents.byteLength ?? 0,
    inputs: Object.keys(deployed.metafile.inputs),
    ours: ourSections(readable.outputFiles[0]?.text ?? ""),
  };
}

/** esbuild heads each file's part with its path in a comment. */
function ourSections(text: string): string {
  return text
    .split(/^\/\/ (?=[\w@.-]+\/.*\.[a-z]+$)/m)
    .filter((section) => /^(adapters|functions|domain|templates)\//.test(section))
    .join("\n");
}
