#!/usr/bin/env node
import { createHash } from "node:crypto";
import { glob, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { base } from "./contract.ts";

/**
 * Makes the desk's style sheet, script and fonts, each one file whose name has the hash of its content, so a browser may
 * keep it forever. Runs once, at `npm ci` (npm's `prepare`); the result is part of the function's code.
 */

const here = new URL("./", import.meta.url);
const hashOf = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex").slice(0, 12);

/** Only Latin letters; other scripts use the system's fonts. */
const fonts = {
  headingFont: "@fontsource/gelasio/files/gelasio-latin-600-normal.woff2",
  textFont: "@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff2",
  textFontBold: "@fontsource/source-sans-3/files/source-sans-3-latin-600-normal.woff2",
} as const;

async function fontFile(path: string) {
  const bytes = await readFile(new URL(import.meta.resolve(path)));
  return { name: `font.${hashOf(bytes)}.woff2`, type: "font/woff2", base64: bytes.toString("base64") };
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, here))],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome120", "firefox120", "safari17"],
    legalComments: "none",
    external: ["face:*"],
  });
  return outputFiles[0]?.text ?? "";
}

const asFile = (kind: "css" | "js", type: string, body: string) => ({
  name: `desk.${hashOf(body)}.${kind}`,
  type,
  body,
});

/** A hash of everything that the desk's pages are made of. */
async function buildHash(): Promise<string> {
  const own: string[] = [];
  for await (const file of glob("**/*.{ts,css}", { cwd: fileURLToPath(here) })) {
    if (!file.startsWith("compiled")) own.push(file);
  }
  own.sort();
  return hashOf((await Promise.all(own.map((file) => readFile(new URL(file, here), "utf8")))).join("\0"));
}

async function compile(): Promise<void> {
  const [headingFont, textFont, textFontBold] = await Promise.all(Object.values(fonts).map(fontFile));
  const [css, js] = await Promise.all([bundled("styles/desk.css"), bundled("browser/desk.ts")]);
  const made = { headingFont, textFont, textFontBold };
  const style = css.replaceAll(/face:(\w+)/g, (_, name: string) => {
    const font = Object.entries(made).find(([one]) => one === name)?.[1];
    if (font === undefined) throw new Error(`The style sheet names a font that isn't bundled: ${name}.`);
    return `${base}/assets/${font.name}`;
  });
  const all = {
    style: asFile("css", "text/css; charset=utf-8", style),
    script: asFile("js", "text/javascript; charset=utf-8", js),
    ...made,
    built: await buildHash(),
  };
  const module = Object.entries(all).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
  await mkdir(new URL("compiled/", here), { recursive: true });
  await replace("assets.js", `// Made by functions/desk/compile.ts (npm run prepare).\n${module.join("")}`);
  await replace("assets.d.ts", types);
}

const types = `type Text = { name: string; type: string; body: string };
type Font = { name: string; type: string; base64: string };
export declare const style: Text;
export declare const script: Text;
export declare const headingFont: Font;
export declare const textFont: Font;
export declare const textFontBold: Font;
export declare const built: string;
`;

/** Written completely, then renamed, because a process may be using the old file. */
async function replace(name: string, content: string): Promise<void> {
  const unfinished = new URL(`compiled/${name}.${process.pid}`, here);
  await writeFile(unfinished, content);
  await rename(unfinished, new URL(`compiled/${name}`, here));
}

const isMain = process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url;
if (isMain) await compile();
