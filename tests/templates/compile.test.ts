import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { keptFile, toHandlebars } from "#templates/compile.ts";

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const helpers = (text: string) => [...text.matchAll(/\{\{\s*([#/]\w+|else\b)[^}]*\}\}/g)].map(([helper]) => helper);

describe("the compiled email", () => {
  test("has every block helper of its source, in the same order: mjml drops those outside mj-raw without a word", async () => {
    const { source, html } = await toHandlebars("digest");
    expect(helpers(source).length).toBeGreaterThan(30);
    expect(helpers(html)).toEqual(helpers(source));
  });

  test("notices a helper that mjml drops", async () => {
    const { source } = await toHandlebars("digest");
    const { default: mjml2html } = await import("mjml");
    const astray = source.replace("<mj-raw>{{#if also}}</mj-raw>", "{{#if also}}");
    const { html } = await mjml2html(astray, { validationLevel: "skip" });
    expect(helpers(html)).not.toEqual(helpers(astray));
  });

  test("runs without mjml and without Handlebars' compiler, and is small", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [file("templates/email/digest.ts")],
      bundle: true,
      write: false,
      minify: true,
      metafile: true,
      platform: "node",
      format: "esm",
      target: "node24",
      logLevel: "silent",
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.some((input) => input.endsWith("templates/compiled/digest.js"))).toBe(true);
    expect(inputs.filter((input) => /mjml|handlebars\/.*compiler|handlebars\/lib\/index/.test(input))).toEqual([]);
    expect(outputFiles[0]?.contents.length).toBeLessThan(120_000);
  });

  test("when it is missing, the error says what to run", async () => {
    const checkout = await mkdtemp(join(tmpdir(), "broadsheet-"));
    try {
      for (const part of ["package.json", "domain", "templates"]) {
        await cp(file(part), join(checkout, part), {
          recursive: true,
          filter: (source) => !source.includes(join("templates", "compiled")),
        });
      }
      await symlink(file("node_modules"), join(checkout, "node_modules"));
      const { promise, resolve } = Promise.withResolvers<string>();
      const script = "await import('./templates/email/digest.ts')";
      const options = ["--input-type=module", "--eval", script];
      execFile(process.execPath, options, { cwd: checkout }, (_, __, stderr) => resolve(stderr));
      expect(await promise).toContain("template is missing: run `npm ci`, or `npm run prepare`");
    } finally {
      await rm(checkout, { recursive: true });
    }
  });

  test("is kept in the repository as mjml makes it now, for installs without mjml", async () => {
    const { html } = await toHandlebars("digest");
    const kept = await readFile(keptFile("digest"), "utf8");
    expect(kept === html, "templates/email/digest.handlebars is stale: run `npm run prepare` and commit it").toBe(true);
  });

  test("is what the source makes now", async () => {
    const { default: handlebars } = await import("handlebars");
    const { html } = await toHandlebars("digest");
    const compiled = await readFile(file("templates/compiled/digest.js"), "utf8");
    // A stale file would have every other test judge an older email.
    expect(compiled).toContain(
      String(handlebars.precompile(html, { strict: false, knownHelpersOnly: true, noEscape: true })),
    );
  });
});
