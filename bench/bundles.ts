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
  /** Bytes of the deployed code, and of the part that is loaded when the function starts. */
  bytes: number;
  atStart: number;
  /** The time to import the bundle. */
  importing: Taken;
  /** The same for the SDK's DynamoDB client alone, bundled alike, in the same run. No function can be below it. */
  baseline: Taken;
  /** Bytes that are loaded at the start, by package or by our own folder, largest first. */
  parts: [name: string, bytes: number][];
};

/** Milliseconds, medians of the runs. Processor time says more where others use the machine, too. */
type Taken = { wall: number; processor: number };

/**
 * `times`: how many times the baseline's processor time an import may take. A ratio, because milliseconds depend on the
 * machine.
 */
const limits = { bytes: 1_000_000, times: 2.5 };

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
    // In turns, so a slow minute of the machine affects all equally.
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
      const slim = /^infra\/compiled\/zod\//.test(path) ? "zod" : undefined;
      const part =
        slim ?? /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, 2).join("/");
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

/** An environment that fits every contract, because handlers may read it when they are imported. */
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

/** The purpose of each of the largest parts. */
const purposes: Record<string, string> = {
  "@smithy/core": "SDK: protocols, retries, endpoints",
  zod: "schemas of all that comes in",
  "infra/compiled": "SDK: the operations that are called, and the config",
  "@aws-sdk/client-s3": "SDK: S3",
  "@aws-sdk/core": "SDK: signing, time-outs",
  "@aws-sdk/lib-dynamodb": "SDK: DynamoDB's values as JavaScript's",
  "@smithy/signature-v4": "SDK: signing",
  "@aws-lambda-powertools/logger": "logs as JSON",
  "@smithy/node-http-handler": "SDK: HTTP",
  mnemonist: "SDK: the cache of endpoints",
  "@aws-sdk/client-eventbridge": "SDK: EventBridge",
  "@aws-sdk/checksums": "SDK: checksums of S3's files",
  "@aws-sdk/middleware-sdk-s3": "SDK: S3's own headers and errors",
  "@aws-sdk/xml-builder": "SDK: S3's answers",
  "@aws-lambda-powertools/commons": "logs as JSON",
  hono: "routes of web pages",
};

const sizeIn = ({ parts }: BundleFigures, part: string) => parts.find(([name]) => name === part)?.[1] ?? 0;

/** The parts that are among the largest of any bundle, with their most bytes in one. */
function largeParts(figures: readonly BundleFigures[]): string[] {
  const large = [...new Set(figures.flatMap(({ parts }) => parts.slice(0, 12).map(([part]) => part)))];
  const most = (part: string) => Math.max(...figures.map((figure) => sizeIn(figure, part)));
  return large.toSorted((a, b) => most(b) - most(a));
}

/** Prints what each function loads when it starts: one row for each part that is large in any of them. */
function printParts(figures: readonly BundleFigures[]): void {
  console.log(
    `What a start's kilobytes are for\n  ${"".padEnd(32)}${figures.map(({ name }) => name.padStart(13)).join("")}`,
  );
  for (const part of largeParts(figures)) {
    const cell = (size: number) => (size === 0 ? "" : kilobytes(size)).padStart(13);
    console.log(`  ${part.padEnd(32)}${figures.map((figure) => cell(sizeIn(figure, part))).join("")}`.trimEnd());
  }
}

/** The same for docs/bundles.md, which has only sizes, because they don't depend on the machine. */
function markdownParts(figures: readonly BundleFigures[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cell = (bytes: number) => (bytes < 500 ? "" : kilobytes(bytes).trim());
  return [
    row(["KB", ...figures.map(({ name }) => name)]),
    row(["---", ...figures.map(() => "---:")]),
    row(["deployed", ...figures.map(({ bytes }) => cell(bytes))]),
    row(["read at a start", ...figures.map(({ atStart }) => cell(atStart))]),
    ...largeParts(figures).map((part) => {
      const purpose = purposes[part];
      const named = purpose === undefined ? `\`${part}\`` : `\`${part}\`: ${purpose}`;
      return row([named, ...figures.map((figure) => cell(sizeIn(figure, part)))]);
    }),
  ].join("\n");
}

/** Prints the table; false when a bundle is over a limit. */
export function reportBundles(): boolean {
  const figures = bundleFigures();
  return printBundles(figures);
}

function printBundles(figures: readonly BundleFigures[]): boolean {
  const within = ({ bytes, importing, baseline }: BundleFigures) =>
    bytes <= limits.bytes && importing.processor <= limits.times * baseline.processor;
  console.log(
    `Bundles: at most ${limits.bytes / 1000} KB, and ${limits.times} × the DynamoDB client alone to import, of processor`,
  );
  for (const figure of figures) {
    const { name, bytes, atStart, importing, baseline } = figure;
    const times = (of: keyof Taken) => `${(importing[of] / baseline[of]).toFixed(1)} ×`;
    console.log(
      `  ${name.padEnd(12)} ${kilobytes(bytes)} KB, ${kilobytes(atStart)} at a start ${importing.wall.toFixed(0).padStart(5)} ms, ${times("wall")}; ` +
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

if (import.meta.main) {
  if (process.argv.includes("--markdown")) console.log(markdownParts(bundleFigures(1)));
  else process.exitCode = reportBundles() ? 0 : 1;
}
