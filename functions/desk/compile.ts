#!/usr/bin/env node
import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * Makes the desk's style sheet and its script, each one small file whose name holds the hash of what is in it, so that a
 * browser may keep it for ever. Runs once, at `npm ci` (npm's `prepare`); what comes of it is part of the function's code.
 */

const folder = (name: string) => new URL(`./${name}/`, import.meta.url);

const types = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" };

async function made(entry: "desk.css" | "desk.js") {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, folder("assets")))],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome120", "firefox120", "safari17"],
    legalComments: "none",
  });
  const text = outputFiles[0]?.text ?? "";
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const kind = entry === "desk.css" ? "css" : "js";
  return { name: `desk.${hash}.${kind}`, type: types[kind], body: text };
}

async function compile(): Promise<void> {
  const [style, script] = await Promise.all([made("desk.css"), made("desk.js")]);
  const module = `// Made from functions/desk/assets by functions/desk/compile.ts (npm run prepare).
export const style = ${JSON.stringify(style)};
export const script = ${JSON.stringify(script)};
`;
  const type = `type Made = { name: string; type: string; body: string };
export declare const style: Made;
export declare const script: Made;
`;
  await mkdir(folder("compiled"), { recursive: true });
  await replace("assets.js", module);
  await replace("assets.d.ts", type);
}

/** Whole or not at all: something may be running on the old file. */
async function replace(name: string, content: string): Promise<void> {
  const unfinished = new URL(`${name}.${process.pid}`, folder("compiled"));
  await writeFile(unfinished, content);
  await rename(unfinished, new URL(name, folder("compiled")));
}

const isMain = process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url;
if (isMain) await compile();
