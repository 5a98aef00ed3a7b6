import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { defineConfig } from "#domain/config.ts";
import { bundleCode } from "#infra/bundling/bundle.ts";
import { esbuildOptions } from "#infra/bundling/esbuild-options.ts";
import { configName } from "#infra/package/layout.ts";
import { bundle } from "../../testing/aws/bundle.ts";

test("the config that is deployed is the one that was checked, with its defaults", async () => {
  const { outputFiles } = buildSync({
    ...esbuildOptions,
    stdin: { contents: 'export { config } from "#broadsheet.config.ts"', resolveDir: "." },
    define: { ...esbuildOptions.define, [configName]: JSON.stringify(config) },
    write: false,
  });
  const written = await import(
    `data:text/javascript,${encodeURIComponent((outputFiles[0]?.text ?? "").replace(/^import[^;]*;const[^;]*;/, ""))}`
  );
  // toEqual leaves out what is undefined, as JSON does; a Date, Map or RegExp in the config would differ.
  expect(written.config).toEqual(config);
});

test("a construct's config is in its functions, and not the checkout's", () => {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  try {
    bundleCode("feedback", folder, { config: defineConfig({ ...config, name: "a-config-of-its-own" }) });
    const text = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
    expect(text).toContain("a-config-of-its-own");
    expect(text).not.toContain(configName);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("no function checks the config again", async () => {
  const { inputs } = bundle("watch");
  expect(inputs).toContain("infra/bundling/config-data.js");
  expect(inputs.filter((file) => /^broadsheet\.config\.ts$|^domain\/config\.ts$|theme-config/.test(file))).toEqual([]);
});
