import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { writeConfigData } from "#infra/bundling/config-data.ts";
import { configData } from "#infra/bundling/esbuild-options.ts";
import { bundle } from "../../testing/bundle.ts";

test("the config that is deployed is the one that was checked, with its defaults", async () => {
  writeConfigData();
  const written = await import(pathToFileURL(configData).href);
  // toEqual leaves out what is undefined, as JSON does; a Date, Map or RegExp in the config would differ.
  expect(written.config).toEqual(config);
});

test("no function checks the config again", async () => {
  const { inputs } = bundle("watch");
  expect(inputs).toContain("infra/compiled/config.js");
  expect(inputs.filter((file) => /^broadsheet\.config\.ts$|^domain\/config\.ts$|theme-config/.test(file))).toEqual([]);
});
