import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleCode, loadedAtStart } from "#infra/bundling/bundle.ts";

export type Bundle = {
  /** Bytes of all the files that are deployed. */
  bytes: number;
  /** The files it is made of, from the repository's root. */
  inputs: string[];
  /** Those of them that are loaded as the function starts; the others wait for an `import()`. */
  atStart: string[];
  /** The part of it that is ours, readable: what is left of our rooms when all that is unused is gone. */
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

/** esbuild heads each file's part with its path in a comment. */
function ourSections(text: string): string {
  return text
    .split(/^\/\/ (?=[\w@.-]+\/.*\.[a-z]+$)/m)
    .filter((section) => /^(adapters|functions|domain|templates)\//.test(section))
    .join("\n");
}
