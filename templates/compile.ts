#!/usr/bin/env node
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Compiles templates/email/*.mjml into templates/compiled/*.js: Handlebars templates that need Handlebars' runtime only.
 * Runs once, at `npm ci` (npm's `prepare`), so no Lambda carries mjml or a compiler.
 *
 * MJML's output is also in the repository, as *.handlebars, because an install without test tools (`npm ci --omit=dev`)
 * has no mjml, which needs 94 MB. If mjml is installed, the file is made again.
 */

const sourceFolder = new URL("./email/", import.meta.url);
const compiledFolder = new URL("./compiled/", import.meta.url);

/**
 * Figure space, zero-width no-break space, grapheme joiner, space: they keep the body's text out of the inbox's preview
 * line. One kind alone was filtered by Yahoo (2022) and Apple Mail (16.4).
 */
const fillers = "\u2007\uFEFF\u034F ".repeat(70);

/** The Handlebars source of one email: MJML's output without white space. */
export async function toHandlebars(name: string): Promise<{ source: string; html: string }> {
  const { default: mjml2html } = await import("mjml");
  const source = await readFile(new URL(`${name}.mjml`, sourceFolder), "utf8");
  // mjml can't check attributes such as direction="{{dir}}", which are filled in when an edition is rendered.
  const { html } = await mjml2html(source, { validationLevel: "skip" });
  return { source, html: compact(withMargins(withDirection(html))).replace("<!-- fillers -->", fillers) };
}

/** mjml always writes these two as constants, but an Arabic edition needs the opposite. */
function withDirection(html: string): string {
  return html
    .replaceAll(/direction:\s*ltr/g, "direction:{{dir}}")
    .replaceAll(/text-align:\s*left/g, "text-align:{{start}}");
}

/** Removes a browser's margin around the email; mjml does this only in the style sheet, which may be lost. */
const withMargins = (html: string): string =>
  // bounded: our own templates, when they are built
  html.replace(/<body([^>]*?) style="/, '<body$1 style="margin:0;padding:0;');

/** SES's placeholders look like `{{x}}`, so nested CSS blocks must not end with `}}`. */
function compact(html: string): string {
  return (
    html
      // bounded: our own templates, when they are built
      .replaceAll(/>\s*\n\s*</g, "><")
      // bounded: our own templates, when they are built
      .replaceAll(/\s*\n\s*/g, "\n")
      // bounded: our own templates, when they are built
      .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, (style) =>
        style.replaceAll(/\n/g, "").replaceAll(/(\{\{[\w.]+\}\})|\}\}/g, (_, ours?: string) => ours ?? "} }"),
      )
  );
}

/** The path of MJML's output in the repository. */
export const keptFile = (name: string): URL => new URL(`${name}.handlebars`, sourceFolder);

const hasMjml = (): boolean => {
  try {
    return import.meta.resolve("mjml") !== "";
  } catch {
    return false;
  }
};

/** The Handlebars source: made again if mjml is installed, otherwise the one in the repository. */
async function handlebarsOf(name: string): Promise<string> {
  const kept = await readFile(keptFile(name), "utf8").catch(() => undefined);
  if (kept !== undefined && !hasMjml()) return kept;
  const { html } = await toHandlebars(name);
  if (html !== kept) await replace(keptFile(name), html);
  return html;
}

async function compile(name: string): Promise<void> {
  const { default: handlebars } = await import("handlebars");
  const html = await handlebarsOf(name);
  // All strings of the view are already escaped (digest-html.ts); Handlebars would also escape ' = and `.
  const spec = handlebars.precompile(html, { strict: false, knownHelpersOnly: true, noEscape: true });
  const script = [
    `// Made from ${name}.mjml by templates/compile.ts (npm run prepare).`,
    'import handlebars from "handlebars/runtime.js";',
    "",
    `export const render = handlebars.template(${spec});`,
    "",
  ].join("\n");
  await mkdir(compiledFolder, { recursive: true });
  await replace(new URL(`${name}.js`, compiledFolder), script);
  await replace(new URL(`${name}.d.ts`, compiledFolder), "export declare const render: (view: object) => string;\n");
}

/** Written completely, then renamed, because a process may be using the old file. */
async function replace(place: URL, content: string): Promise<void> {
  const unfinished = new URL(`${place}.${process.pid}`);
  await writeFile(unfinished, content);
  await rename(unfinished, place);
}

const isMain = process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url;
if (isMain) {
  await compile("digest");
  console.log(`templates: compiled into ${fileURLToPath(compiledFolder)}`);
}
