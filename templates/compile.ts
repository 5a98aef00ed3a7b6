#!/usr/bin/env node
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Compiles templates/*.mjml into templates/compiled/*.js: Handlebars templates that need Handlebars' runtime only.
 * Runs once, at `npm ci` (npm's `prepare`), so no Lambda carries mjml or a compiler.
 *
 * What MJML makes of a template is kept beside it in the repository, as *.handlebars: an install without the tools of
 * the tests (`npm ci --omit=dev`) has no mjml, which is 94 MB with what it needs. Where mjml is, the file is made again.
 */

const sourceFolder = new URL("./", import.meta.url);
const compiledFolder = new URL("./compiled/", sourceFolder);

/**
 * Figure space, zero-width no-break space, grapheme joiner, space: they keep the body's text out of the inbox's preview
 * line. One kind alone was filtered by Yahoo (2022) and Apple Mail (16.4).
 */
const fillers = "\u2007\uFEFF\u034F ".repeat(70);

/** The Handlebars source of one email: what MJML makes of the template, without the white space. */
export async function toHandlebars(name: string): Promise<{ source: string; html: string }> {
  const { default: mjml2html } = await import("mjml");
  const source = await readFile(new URL(`${name}.mjml`, sourceFolder), "utf8");
  // Attributes such as direction="{{dir}}" are known only when an edition is rendered: mjml cannot check them.
  const { html } = await mjml2html(source, { validationLevel: "skip" });
  return { source, html: compact(withMargins(withDirection(html))).replace("<!-- fillers -->", fillers) };
}

/** mjml writes these two as constants whatever the attributes say; an Arabic edition needs them the other way. */
function withDirection(html: string): string {
  return html
    .replaceAll(/direction:\s*ltr/g, "direction:{{dir}}")
    .replaceAll(/text-align:\s*left/g, "text-align:{{start}}");
}

/** A browser's own margin around the email: mjml takes it away in the style sheet only, which may be lost. */
const withMargins = (html: string): string =>
  // bounded: our own templates, when they are built
  html.replace(/<body([^>]*?) style="/, '<body$1 style="margin:0;padding:0;');

/** A placeholder of SES looks like `{{x}}`: nested blocks of CSS must not end in one of its marks. */
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

/** Where the repository keeps what MJML made of a template. */
export const keptFile = (name: string): URL => new URL(`${name}.handlebars`, sourceFolder);

const hasMjml = (): boolean => {
  try {
    return import.meta.resolve("mjml") !== "";
  } catch {
    return false;
  }
};

/** The Handlebars source: made again where mjml is installed, else as it is kept. */
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
  // Every string of the view is escaped before it gets here (digest-html.ts); Handlebars would also escape ' = and `.
  const spec = handlebars.precompile(html, { strict: false, knownHelpersOnly: true, noEscape: true });
  const script = `// Made from ${name}.mjml by templates/compile.ts (npm run prepare).
import handlebars from "handlebars/runtime.js";

const render = handlebars.template(${spec});
`;
  await mkdir(compiledFolder, { recursive: true });
  await replace(new URL(`${name}.js`, compiledFolder), script);
  await replace(new URL(`${name}.d.ts`, compiledFolder), "export declare const render: (view: object) => string;\n");
}

/** Whole or not at all: something may be running on the old file. */
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
