import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App, Stack } from "aws-cdk-lib";
import { Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { contracts } from "#functions/index.ts";
import { bundleCode, bundleFeedWorker, bundleFunction } from "#infra/bundling/bundle.ts";
import { bundledCode } from "#infra/bundling/bundling.ts";
import { esbuildOptions, neverLoaded, root } from "#infra/bundling/esbuild-options.ts";
import { bundle } from "../../testing/aws/bundle.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bundles-"));
  // The only module that is deployed beside a function's code.
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "node_modules", "sharp"), join(folder, "node_modules", "sharp"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("each function starts, and each chunk that it may need later can be imported", { timeout: 120_000 }, () => {
  const files = contracts.flatMap(({ name }) => {
    const { metafile } = bundleCode(name, join(folder, name));
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    const modules = new Set(outside.map(({ path }) => path).filter((path) => !isBuiltin(path)));
    expect([name, [...modules].filter((path) => !neverLoaded.includes(path))]).toEqual([
      name,
      name === "pictures" ? ["sharp"] : [],
    ]);
    return readdirSync(join(folder, name)).map((file) => join(folder, name, file));
  });
  expect(files.length).toBeGreaterThan(contracts.length);
  const script = `
    const files = ${JSON.stringify(files.map((file) => pathToFileURL(file).href))};
    for (const file of files) {
      const { handler } = await import(file);
      if (file.endsWith("/index.mjs") && typeof handler !== "function") throw new Error(file + " has no handler");
    }
    process.stdout.write(String(files.length));
    process.exit();`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, timeout: 60_000 });
  expect(Number(out.toString())).toBe(files.length);
});

test("a deployed function finds the process that reads feeds beside its own file", () => {
  const output = join(folder, "feeds");
  const main = join(output, "index.mjs");
  buildSync({ ...esbuildOptions, entryPoints: [`${root}adapters/feed-parsing/worker/pool.ts`], outfile: main });
  bundleFeedWorker(output);
  const script = `
    const { openParsers } = await import(${JSON.stringify(pathToFileURL(main).href)});
    const bytes = Buffer.from("<rss><channel><item><title>Tide table</title></item></channel></rss>");
    const read = await openParsers().readFeed({ bytes, url: null, contentType: null, now: 0 });
    console.log(read.value.articles[0].title);`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: output, timeout: 30_000 });
  expect(out.toString().trim()).toBe("Tide table");
});

test.each(["ingest", "push"])("%s itself holds no parser: only its processes do", (name) => {
  const { inputs } = bundle(name);
  expect(inputs.filter((file) => /feedsmith|htmlparser2|feed-parsing\/(read|tidy|normalise)/.test(file))).toEqual([]);
});

test("the files that the config names lie beside the code under their paths", { timeout: 60_000 }, () => {
  const output = join(folder, "files");
  bundleFunction("notices", output, { files: ["docs/glossary.md"] });
  expect(readFileSync(join(output, "docs/glossary.md"), "utf8")).toBe(readFileSync(`${root}docs/glossary.md`, "utf8"));
  expect(readdirSync(output)).toContain("index.mjs");
});

test("what cdk deploys of a function is its own bundle, with the same hash at each synth", { timeout: 120_000 }, () => {
  const [first, second] = ["one", "two"].map((outdir) => {
    const app = new App({ outdir: join(folder, "synth", outdir) });
    const stack = new Stack(app, "bundles");
    for (const name of ["notices", "push"]) {
      const code = bundledCode(config)(name, { hasFeedWorker: name === "push" });
      new LambdaFunction(stack, name, { code, handler: "index.handler", runtime: Runtime.NODEJS_24_X });
    }
    app.synth();
    return readdirSync(app.outdir).filter((file) => file.startsWith("asset."));
  });
  expect(first).toHaveLength(2);
  expect(second).toEqual(first);
  const contents = (first ?? []).map((asset) => readdirSync(join(folder, "synth", "one", asset)));
  expect(contents.filter((files) => files.includes("index.mjs"))).toHaveLength(2);
  expect(contents.filter((files) => files.includes("feed-worker.mjs"))).toHaveLength(1);
});
