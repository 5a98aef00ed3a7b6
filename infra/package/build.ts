/**
 * `npm run pack [-- FOLDER]`: makes broadsheet-VERSION.tgz in FOLDER, the package for other CDK apps. It contains
 * JavaScript, types and the functions' bundles, because Node doesn't run TypeScript in node_modules.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { contracts } from "#functions/index.ts";
import { bundleCode, bundleFeedWorker } from "../bundling/bundle.ts";
import { root } from "../bundling/esbuild-options.ts";
import { licencesOf } from "./licences.ts";
import { manifest } from "./manifest.ts";
import { writeTypes } from "./types.ts";

/** Fills `folder` with the package's content. */
function buildPackage(folder: string): void {
  const inputs = new Set<string>();
  const note = ({ metafile }: { metafile: { inputs: object } }) => {
    for (const file of Object.keys(metafile.inputs)) inputs.add(file);
  };
  for (const { name } of contracts) note(bundleCode(name, join(folder, "functions", name), { config: "later" }));
  note(bundleFeedWorker(folder));
  note(buildConstructs(join(folder, "index.js")));
  writeTypes(join(folder, "types"));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
  writeFileSync(join(folder, "THIRD-PARTY-LICENCES.txt"), licencesOf(inputs));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(join(folder, "README.md"), readme());
}

/** The constructs in one file: CommonJS, like aws-cdk-lib, because all apps can load that. */
const buildConstructs = (outfile: string) =>
  buildSync({
    absWorkingDir: root,
    entryPoints: [`${root}infra/package/index.ts`],
    outfile,
    bundle: true,
    metafile: true,
    logLevel: "warning",
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["aws-cdk-lib", "constructs", "zod"],
    define: { "import.meta.dirname": "__dirname" },
  });

/** The guide, without links to other guides, which aren't in the package. */
const readme = (): string =>
  readFileSync(join(root, "docs/guides/constructs.md"), "utf8").replaceAll(
    // bounded: our own guide
    /\[([^\]\n]+)\]\((?!https?:)[^)\n]+\)/g,
    (_, text) => text,
  );

const target = resolve(process.argv[2] ?? ".");
const folder = mkdtempSync(join(tmpdir(), "broadsheet-package-"));
try {
  buildPackage(folder);
  mkdirSync(target, { recursive: true });
  const options = ["--pack-destination", target, "--silent", "--ignore-scripts"];
  const name = execFileSync("npm", ["pack", ...options], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  console.log(join(target, name.trim()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
