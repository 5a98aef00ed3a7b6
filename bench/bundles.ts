import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { contracts } from "#functions/index.ts";
import { entryOf, esbuildOptions, root } from "#infra/esbuild-options.ts";

type BundleFigures = {
  name: string;
  bytes: number;
  /** Milliseconds to import the bundle, median of the runs. */
  importing: number;
  /** The same for the SDK's DynamoDB client alone, bundled alike, in the same run: what no function can be below. */
  baseline: number;
};

/** `times`: how often the baseline an import may take. A ratio, because milliseconds say more of the machine than of us. */
export const limits = { bytes: 1_000_000, times: 2.5 };

/** Bundles each function as it is deployed and imports it `runs` times, each in a process of its own. */
function bundleFigures(runs = 9): BundleFigures[] {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const plain = join(folder, "plain.mjs");
    bundleTo(plain, { stdin: { contents: 'export * from "@aws-sdk/client-dynamodb";', resolveDir: root } });
    const files = contracts.map(({ name }) => {
      const file = join(folder, `${name}.mjs`);
      bundleTo(file, { entryPoints: [entryOf(name)] });
      return { name, file };
    });
    const times = new Map([plain, ...files.map(({ file }) => file)].map((file) => [file, [] as number[]]));
    // In turns, so a slow minute of the machine falls on all alike.
    for (let run = 0; run < runs; run++) for (const [file, taken] of times) taken.push(timeToImport(folder, file));
    const baseline = median(times.get(plain) ?? []);
    return files.map(({ name, file }) => ({
      name,
      bytes: statSync(file).size,
      importing: median(times.get(file) ?? []),
      baseline,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type What = { entryPoints: string[] } | { stdin: { contents: string; resolveDir: string } };

function bundleTo(outfile: string, what: What): void {
  buildSync({ ...esbuildOptions, ...what, outfile, absWorkingDir: root, logLevel: "error" });
}

function timeToImport(folder: string, file: string): number {
  const script = join(folder, "import.mjs");
  writeFileSync(
    script,
    "const begun = performance.now(); await import(process.argv[2]); console.log(performance.now() - begun); process.exit();",
  );
  const answer = execFileSync(process.execPath, [script, pathToFileURL(file).href], { env: environment() });
  return Number(answer.toString().trim().split("\n").at(-1));
}

/** An environment that satisfies every contract: handlers may read theirs as they are imported. */
function environment(): Record<string, string> {
  // Only trials shorten the settings of delivery.
  const names = contracts
    .flatMap(({ Environment }) => Object.keys(Environment.shape))
    .filter((name) => name !== "DELIVERY_SETTINGS");
  return { AWS_REGION: "us-east-1", ...Object.fromEntries(names.map((name) => [name, "http://127.0.0.1:9/name"])) };
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Prints the table; false when a bundle is over a limit. */
export function reportBundles(): boolean {
  const figures = bundleFigures();
  const within = ({ bytes, importing, baseline }: BundleFigures) =>
    bytes <= limits.bytes && importing <= limits.times * baseline;
  console.log(`Bundles: at most ${limits.bytes / 1000} KB, and ${limits.times} × the DynamoDB client alone to import`);
  for (const figure of figures) {
    const { name, bytes, importing, baseline } = figure;
    const ratio = (importing / baseline).toFixed(1);
    console.log(
      `  ${name.padEnd(9)} ${(bytes / 1000).toFixed(0).padStart(5)} KB ${importing.toFixed(0).padStart(5)} ms, ` +
        `${ratio} × the DynamoDB client alone (${baseline.toFixed(0)} ms)${within(figure) ? "" : "  TOO MUCH"}`,
    );
  }
  return figures.every(within);
}

if (import.meta.main) process.exitCode = reportBundles() ? 0 : 1;
