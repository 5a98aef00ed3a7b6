import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleCode, loadedAtStart } from "#infra/bundling/bundle.ts";

export type Bundle = {
  /** Bytes of all the files that are deployed. */
  bytes: number;
  /** Its source files, relative to the repository. */
  inputs: string[];
  /** Those that are loaded when the function starts; the others wait for an `import()`. */
  atStart: string[];
  /** The readable part from our own folders, without unused code. */
  ours: string;
};

/** Bundles a function as it is deployed. */
export function bundle(functionName: string): Bundle {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    const { metafile } = bundleCode(functionName, join(folder, "deployed"));
    const readable = join(folder, "readable");
    bundleCode(functionName, readable, { minify: false });
    return {
      bytes: Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0),
      inputs: Object.keys(metafile.inputs),
      atStart: loadedAtStart(metafile).flatMap(({ inputs }) => Object.keys(inputs)),
      ours: readdirSync(readable)
        .map((file) => ourSections(readFileSync(join(readable, file), "utf8")))
        .join("\n"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** esbuild starts each file's part with a comment that has its path. */
function ourSections(text: string): string {
  return text
    .split(/^\/\/ (?=[\w@.-]+\/.*\.[a-z]+$)/m)
    .filter((section) => /^(adapters|functions|domain|templates)\//.test(section))
    .join("\n");
}
