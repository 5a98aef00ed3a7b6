import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { esbuildOptions, root } from "#infra/bundling/esbuild-options.ts";
import { bundle } from "../../testing/bundle.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "feed-worker-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a deployed function finds the process that reads feeds beside its own file", () => {
  const main = join(folder, "index.mjs");
  buildSync({
    ...esbuildOptions,
    entryPoints: [`${root}adapters/feed-parsing/pool.ts`],
    outfile: main,
    absWorkingDir: root,
  });
  execFileSync(process.execPath, [`${root}infra/bundling/bundle-feed-worker.ts`, folder]);
  const script = `
    const { openParsers } = await import(${JSON.stringify(pathToFileURL(main).href)});
    const bytes = Buffer.from("<rss><channel><item><title>Tide table</title></item></channel></rss>");
    const read = await openParsers().readFeed({ bytes, url: null, contentType: null, now: 0 });
    console.log(read.value.articles[0].title);`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, timeout: 30_000 });
  expect(out.toString().trim()).toBe("Tide table");
});

test.each(["ingest", "push"])("%s itself holds no parser: only its processes do", async (name) => {
  const { inputs } = await bundle(name);
  expect(inputs.filter((file) => /feedsmith|htmlparser2|feed-parsing\/(read|tidy|normalise)/.test(file))).toEqual([]);
});
