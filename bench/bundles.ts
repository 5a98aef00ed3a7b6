import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync, type Metafile } from "esbuild";
import * as z from "zod";
import { contracts } from "#functions/index.ts";
import { bundleCode, loadedAtStart } from "#infra/bundling/bundle.ts";
import { esbuildOptions, root } from "#infra/bundling/esbuild-options.ts";

type BundleFigures = {
  name: string;
  /** All that is deployed of our code, and the part of it that is read as the function starts. */
  bytes: number;
  atStart: number;
  /** To import the bundle. */
  importing: Taken;
  /** The same for the SDK's DynamoDB client alone, bundled alike, in the same run: what no function can be below. */
  baseline: Taken;
  /** Bytes by package or folder of ours that are read as the function starts, the largest first. */
  parts: [name: string, bytes: number][];
};

/** Milliseconds, medians of the runs. Processor time says more where others use the machine, too. */
type Taken = { wall: number; processor: number };

/** `times`: how often the baseline's processor time an import may take. A ratio, because milliseconds say more of the machine than of us. */
export const limits = { bytes: 1_000_000, times: 2.5 };

/** Bundles each function as it is deployed and imports it `runs` times, each in a process of its own. */
function bundleFigures(runs = 9): BundleFigures[] {
  const folder = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const plain = join(folder, "plain.mjs");
    const contents = 'export * from "@aws-sdk/client-dynamodb";';
    buildSync({ ...esbuildOptions, stdin: { contents, resolveDir: root }, outfile: plain });
    const files = contracts.map(({ name }) => {
      const { metafile } = bundleCode(name, join(folder, name));
      const start = loadedAtStart(metafile);
      return { name, file: join(folder, name, "index.mjs"), bytes: sizeOf(Object.values(metafile.outputs)), start };
    });
    const times = new Map([plain, ...files.map(({ file }) => file)].map((file) => [file, [] as Taken[]]));
    // In turns, so a slow minute of the machine falls on all alike.
    for (let run = 0; run < runs; run++) for (const [file, taken] of times) taken.push(timeToImport(folder, file));
    const taken = (file: string): Taken => ({
      wall: median((times.get(file) ?? []).map(({ wall }) => wall)),
      processor: median((times.get(file) ?? []).map(({ processor }) => processor)),
    });
    const baseline = taken(plain);
    return files.map(({ name, file, bytes, start }) => {
      return { name, bytes, atStart: sizeOf(start), importing: taken(file), baseline, parts: partsOf(start) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Output = Metafile["outputs"][string];

const sizeOf = (outputs: readonly Output[]) => outputs.reduce((sum, { bytes }) => sum + bytes, 0);

function partsOf(outputs: readonly Output[]): [name: string, bytes: number][] {
  const parts = new Map<string, number>();
  for (const { inputs } of outputs) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, 2).join("/");
      parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
    }
  }
  return [...parts].toSorted(([, a], [, b]) => b - a);
}

const importScript = `
const before = process.cpuUsage();
const begun = performance.now();
await import(process.argv[2]);
const wall = performance.now() - begun;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wall, processor: (user + system) / 1000 }));
process.exit();
`;

function timeToImport(folder: string, file: string): Taken {
  const script = join(folder, "import.mjs");
  writeFileSync(script, importScript);
  const answer = execFileSync(process.execPath, [script, pathToFileURL(file).href], { env: environment() });
  return TakenLine.parse(JSON.parse(answer.toString().trim().split("\n").at(-1) ?? ""));
}

const TakenLine = z.object({ wall: z.number(), processor: z.number() });

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

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0).padStart(5);

/** What the kilobytes of each bundle are for: a row for each part that is large in any. */
function printParts(figures: readonly BundleFigures[]): void {
  const large = [...new Set(figures.flatMap(({ parts }) => parts.slice(0, 12).map(([part]) => part)))];
  console.log(`What the kilobytes are for\n  ${"".padEnd(32)}${figures.map(({ name }) => name.padStart(13)).join("")}`);
  const size = ({ parts }: BundleFigures, part: string) => parts.find(([name]) => name === part)?.[1] ?? 0;
  const most = (part: string) => Math.max(...figures.map((figure) => size(figure, part)));
  for (const part of large.toSorted((a, b) => most(b) - most(a))) {
    const row = figures.map((figure) => (size(figure, part) === 0 ? "" : kilobytes(size(figure, part))).padStart(13));
    console.log(`  ${part.padEnd(32)}${row.join("")}`.trimEnd());
  }
}

/** Prints the table; false when a bundle is over a limit. */
export function reportBundles(): boolean {
  const figures = bundleFigures();
  const within = ({ bytes, importing, baseline }: BundleFigures) =>
    bytes <= limits.bytes && importing.processor <= limits.times * baseline.processor;
  console.log(
    `Bundles: at most ${limits.bytes / 1000} KB, and ${limits.times} × the DynamoDB client alone to import, of processor`,
  );
  for (const figure of figures) {
    const { name, bytes, importing, baseline } = figure;
    const times = (of: keyof Taken) => `${(importing[of] / baseline[of]).toFixed(1)} ×`;
    console.log(
      `  ${name.padEnd(12)} ${kilobytes(bytes)} KB ${importing.wall.toFixed(0).padStart(5)} ms, ${times("wall")}; ` +
        `of processor ${importing.processor.toFixed(0).padStart(4)} ms, ${times("processor")}${within(figure) ? "" : "  TOO MUCH"}`,
    );
  }
  const [first] = figures;
  if (first !== undefined)
    console.log(
      `  the DynamoDB client alone: ${first.baseline.wall.toFixed(0)} ms, of processor ${first.baseline.processor.toFixed(0)} ms`,
    );
  printParts(figures);
  return figures.every(within);
}

if (import.meta.main) process.exitCode = reportBundles() ? 0 : 1;
