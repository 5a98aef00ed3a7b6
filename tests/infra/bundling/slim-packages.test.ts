import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { slimZod } from "#infra/bundling/esbuild-options.ts";
import { writeSlimPackages } from "#infra/bundling/slim-packages.ts";
import { bundle } from "../../testing/bundle.ts";

test("zod without JSON schemas checks as the published one does", async () => {
  writeSlimPackages();
  const slim: typeof import("zod") = await import(join(slimZod.zod, "index.js"));
  const schema = slim.strictObject({ name: slim.string().min(2), at: slim.iso.date().optional() });
  expect(schema.parse({ name: "Ada" })).toEqual({ name: "Ada" });
  expect(schema.safeParse({ name: "A", colour: 1 }).error?.issues.map(({ code }) => code)).toEqual([
    "too_small",
    "unrecognized_keys",
  ]);
  const text = readFileSync(join(slimZod.zod, "v4/classic/schemas.js"), "utf8");
  expect(text).not.toMatch(/processJSONSchema|createToJSONSchemaMethod\(|createStandardJSONSchemaMethod\(/);
});

test("only push, which describes its API, carries what makes JSON schemas", { timeout: 60_000 }, () => {
  const makers = (name: string) => bundle(name).inputs.filter((file) => file.endsWith("/core/to-json-schema.js"));
  expect(makers("push")).not.toEqual([]);
  expect(bundle("notices").inputs.filter((file) => file.startsWith("node_modules/zod/"))).toEqual([]);
});
