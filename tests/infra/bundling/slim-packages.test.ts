import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { esbuildOptions, root, slimClients, slimZod } from "#infra/bundling/esbuild-options.ts";
import { writeSlimPackages } from "#infra/bundling/slim-packages.ts";
import { bundle } from "../../testing/aws/bundle.ts";

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

test("the SDK's errors are still of their own class, of their client's and of every error's", async () => {
  writeSlimPackages();
  const folder = mkdtempSync(join(tmpdir(), "slim-"));
  try {
    const outfile = join(folder, "errors.mjs");
    const models = join(slimClients["@aws-sdk/client-dynamodb"] ?? "", "dist-es/models");
    const contents = `export * from "${models}/errors"; export * from "${models}/DynamoDBServiceException";`;
    buildSync({ ...esbuildOptions, stdin: { contents, resolveDir: root }, outfile });
    const errors: typeof import("@aws-sdk/client-dynamodb") = await import(outfile);
    const error = new errors.ConditionalCheckFailedException({ message: "Not as expected", $metadata: {} });
    expect(Object.getPrototypeOf(error)).toBe(errors.ConditionalCheckFailedException.prototype);
    expect(error).toBeInstanceOf(errors.DynamoDBServiceException);
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(["ConditionalCheckFailedException", "Not as expected"]);
    expect(error).not.toBeInstanceOf(errors.ResourceNotFoundException);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

type ErrorClass = { new (options: object): Error; shapeId: string };

/** A client's errors, by name. */
async function errorsOf(models: string, outfile: string): Promise<[string, ErrorClass][]> {
  const contents = `export * from "${models}/errors";`;
  buildSync({ ...esbuildOptions, alias: {}, stdin: { contents, resolveDir: root }, outfile });
  const errors: Record<string, ErrorClass> = await import(outfile);
  return Object.entries(errors);
}

test.each(Object.entries(slimClients))("%s has the errors that it is published with", async (client, slim) => {
  writeSlimPackages();
  const folder = mkdtempSync(join(tmpdir(), "slim-"));
  try {
    const all = [await errorsOf(join(slim, "dist-es/models"), join(folder, "slim.mjs"))];
    all.push(await errorsOf(join(root, "node_modules", client, "dist-es/models"), join(folder, "published.mjs")));
    const options = { message: "Not as expected", Type: "User", Item: {}, $metadata: { attempts: 1 } };
    const [ours = [], published = []] = all.map((errors) =>
      errors.map(([name, Own]) => {
        const [full, empty] = [new Own(options), new Own({})];
        return { name, shapeId: Own.shapeId, message: full.message, full: { ...full }, empty: { ...empty } };
      }),
    );
    expect(ours.length).toBeGreaterThan(10);
    expect(ours).toEqual(published);
    expect(
      readFileSync(join(slim, "dist-es/models/errors.js"), "utf8").match(/^export class/gm)?.length ?? 0,
    ).toBeLessThan(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
