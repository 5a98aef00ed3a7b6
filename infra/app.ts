import { App, CliCredentialsStackSynthesizer, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { config } from "#broadsheet.config.ts";
import { BroadsheetStack } from "./stack.ts";

const app = new App();

/**
 * `-c emulator=true` leaves out what the AWS emulator of the end-to-end tests lacks. `-c
 * allowOrigins=http://127.0.0.1:8080` lets ingest fetch from that origin although its address is private.
 */
const emulator = app.node.tryGetContext("emulator") === "true";
const stack = new BroadsheetStack(app, config.name, {
  config,
  emulator,
  allowOrigins: app.node.tryGetContext("allowOrigins") ?? "",
  description: "Broadsheet: feeds in, one good daily digest out, to every subscriber once.",
  ...(config.region === undefined ? {} : { env: { region: config.region } }),
  // The emulator doesn't assume the bootstrap's deployment roles.
  ...(emulator ? { synthesizer: new CliCredentialsStackSynthesizer() } : {}),
});
// Checks are off for the emulator, because of what it lacks; the real template is checked at each synth.
if (!emulator) Validations.of(stack).addPlugins(new AwsSolutionsChecks(stack));
