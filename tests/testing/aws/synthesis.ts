import { readFileSync } from "node:fs";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { config } from "#broadsheet.config.ts";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import { BroadsheetStack } from "#infra/stack.ts";

/** The context of cdk.json, so tests see what `cdk synth` makes. */
const { context } = JSON.parse(readFileSync(new URL("../../../cdk.json", import.meta.url), "utf8"));

/** The stack in its own app. Functions aren't bundled, because bundles have their own tests. */
export function makeStack(changes: Partial<ConfigInput> = {}, emulator = false) {
  return stackIn(unbundled(), changes, emulator);
}

/** Writes the template and the rest of the assembly into a folder. */
export function synthesise(outdir: string, changes: Partial<ConfigInput>): void {
  const app = unbundled(outdir);
  stackIn(app, changes, false);
  app.synth();
}

const unbundled = (outdir?: string) =>
  new App({ context: { ...context, "aws:cdk:bundling-stacks": [] }, ...(outdir === undefined ? {} : { outdir }) });

function stackIn(app: App, changes: Partial<ConfigInput>, emulator: boolean) {
  const changed = defineConfig({ ...config, ...changes });
  return new BroadsheetStack(app, changed.name, { config: changed, emulator, allowOrigins: "" });
}

export const templateOf = (stack: BroadsheetStack) => Template.fromStack(stack);

export type Resource = { Properties: Record<string, unknown>; DeletionPolicy?: string; UpdateReplacePolicy?: string };

/** The resources of a type by logical id. */
export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(template.findResources(type)).map(([id, { Properties, DeletionPolicy, UpdateReplacePolicy }]) => [
      id,
      { Properties, DeletionPolicy, UpdateReplacePolicy },
    ]),
  );
}

/** The config's newsletter with changes, for configs with several newsletters. */
export function newsletter(changes: object) {
  const [daily] = Object.values(config.newsletters);
  if (daily === undefined) throw new Error("The config has no newsletter.");
  return { ...daily, ...changes };
}

/** What an earlier stack left, by its outputs. */
export const existing = {
  table: "broadsheet-restored",
  keys: "arn:aws:secretsmanager:us-east-1:123456789012:secret:Keys-AbCdEf",
  picturesBucket: "broadsheet-pictures",
  userPool: "us-east-1_AbCdEf123",
};
